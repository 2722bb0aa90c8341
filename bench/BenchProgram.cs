using Idp.Bench.Batches;
using Idp.Bench.Cancel;
using Idp.Bench.Gate;
using Idp.Bench.Listeners;
using Idp.Bench.Overhead;
using Idp.Bench.Packing;
using Idp.Bench.Reporting;
using Idp.Bench.Research;
using Idp.Bench.Retrieval;
using Idp.Bench.Serial;
using Idp.Bench.Workers;

namespace Idp.Bench;

/// <summary>Measures what the project publishes: <c>dotnet run -c Release --project bench -- NAME [--setting value]…</c>.</summary>
internal static class BenchProgram
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench -- NAME [--setting value]...
          packing   [--repeats 3] [--seconds-per-call 5]    a ten-page packet: one page a call, fixed batches, and the default
          gate      [--repeats 3] [--only TEXT]             the adaptive gate against fixed numbers of workers, by scenarios whose name holds TEXT
          overhead  [--repeats 3] [--calls 2000]            CPU of a model call beyond that of its HTTP request
          cancel    [--repeats 3] [--documents 50]          from cancelling documents to their end, with their calls under way
          batches   [--repeats 3] [--only TEXT]             ten documents against one after the other, and batches of 50, 200 and 500 files: time and memory
          listeners [--repeats 3]                           what listeners of the event log cost while a batch is read
          workers   [--repeats 3]                           forty scanned pages on a cluster with one worker and with two
          research  [--repeats 3] [--only TEXT]             10, 50, 100 and 1,000 companies at providers that refuse and fail, and 10 one after the other
          retrieval [--repeats 3] [--only TEXT]             search by words, by vectors in memory and by pgvector in 100,000 chunks, and how fast they get into the index
          serial    [--repeats 3]                           documents at recognition services that work on one and on five at a time
        """;

    private static async Task<int> Main(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            var settings = BenchSettings.Read(arguments);
            Func<BenchSettings, CancellationToken, Task>? bench = settings.Name switch
            {
                "packing" => PackingBench.RunAsync,
                "gate" => GateBench.RunAsync,
                "overhead" => OverheadBench.RunAsync,
                "cancel" => CancelBench.RunAsync,
                "batches" => BatchBench.RunAsync,
                "listeners" => ListenersBench.RunAsync,
                "workers" => WorkersBench.RunAsync,
                "research" => ResearchBench.RunAsync,
                "retrieval" => RetrievalBench.RunAsync,
                "serial" => SerialBench.RunAsync,
                _ => null,
            };
            if (bench is null)
            {
                Console.WriteLine(Usage);
                return 1;
            }

            Console.WriteLine(Machine.Describe());
            await bench(settings, stop.Token);
            return 0;
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Usage}");
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
    }
}
