using System.Collections.Concurrent;
using System.Text.Json;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>The hidden verb <c>worker</c>: a child process that opens untrusted files on behalf of the service, under limits, one page at a time.</summary>
/// <remarks>
/// It takes orders as frames from its standard input and answers on its standard output. It ends, with its tools, as soon as its input closes,
/// which it does when the service ends, however it ends.
/// </remarks>
public static class WorkerProcess
{
    /// <summary>The verb on the command line.</summary>
    public const string Verb = "worker";

    /// <summary>Works until the input closes.</summary>
    /// <param name="args">The command line; not used.</param>
    /// <param name="ct">Ends the work between two pages.</param>
    /// <returns>The exit code: 0.</returns>
    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        // Everything happens on this thread: tools that it starts die with the thread that started them.
        Run(ct);
        return Task.FromResult(0);
    }

    private static void Run(CancellationToken ct)
    {
        ProcessControl.LeadOwnGroup();
        var (input, output) = ProcessControl.TakeStandardStreams();
        using var orders = new BlockingCollection<byte[]>();
        var reader = new Thread(() => ReadOrders(input, orders)) { IsBackground = true, Name = "orders" };
        reader.Start();

        var settings = JsonSerializer.Deserialize(orders.Take(ct), WorkerJson.Default.WorkerSettings)
            ?? throw new InvalidDataException("The first frame holds the settings.");
        NativeLibraries.Register();
        ProcessControl.LimitAddressSpaceTo(settings.MemoryBytes);
        using var desk = new WorkerDesk(settings);
        output.Write(Frames.Wrap(new WorkerReply(), WorkerJson.Default.WorkerReply));
        while (!ct.IsCancellationRequested)
        {
            var request = JsonSerializer.Deserialize(orders.Take(ct), WorkerJson.Default.WorkerRequest)
                ?? throw new InvalidDataException("A frame holds a request.");
            if (desk.Answer(request) is not { } answer)
            {
                continue;
            }

            output.Write(Frames.Wrap(answer.Reply, WorkerJson.Default.WorkerReply));
            if (answer.Bytes is { } bytes)
            {
                output.Write(Frames.Wrap(bytes));
            }
        }
    }

    private static void ReadOrders(FileStream input, BlockingCollection<byte[]> orders)
    {
        try
        {
            while (Frames.Read(input) is { } frame)
            {
                orders.Add(frame, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            Console.Error.WriteLine("The input broke off.");
        }
        finally
        {
            // Nobody is left to hear an answer, even if one is being worked on.
            ProcessControl.KillOwnGroup();
        }
    }
}
