using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Idp.Application.Kernel;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>The service's end of one worker process.</summary>
internal sealed class WorkerClient : IDisposable
{
    private const int ErrorTextLimit = 4096;

    private readonly Process _process;
    private readonly System.Text.StringBuilder _errorText = new();

    private WorkerClient(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>The worker's process id, which is also its group's.</summary>
    public int ProcessId => _process.Id;

    /// <summary>True until the process has ended.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>True when the last thing it said was that there is no memory.</summary>
    public bool RanOutOfMemory
    {
        get
        {
            lock (_errorText)
            {
                var text = _errorText.ToString();
                return text.Contains("Out of memory", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("OutOfMemoryException", StringComparison.Ordinal)
                    || text.Contains("bad_alloc", StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="WorkerStartException">It cannot be started, or does not come up in time.</exception>
    public static async Task<WorkerClient> StartAsync(
        WorkerOptions options, WorkerSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var client = new WorkerClient(StartProcess(options));
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.StartTimeoutSeconds), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            await using (either.Token.Register(client.Kill))
            {
                await client.WriteAsync(Frames.Wrap(settings, WorkerJson.Default.WorkerSettings), ct);
                _ = await client.ReceiveAsync(ct);
                return client;
            }
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            client.Dispose();
            ct.ThrowIfCancellationRequested();
            throw new WorkerStartException("It ended, or stayed silent, while it started.");
        }
        catch (OperationCanceledException)
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>True for what reading and writing throw when the other end is gone or talks nonsense; a store that is away in the middle of a conversation is something else.</summary>
    public static bool IsLoss(Exception exception) =>
        exception is (IOException and not StoreUnavailableException) or InvalidDataException or JsonException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Sends a request.</summary>
    public Task SendAsync(WorkerRequest request, CancellationToken ct) => WriteAsync(Frames.Wrap(request, WorkerJson.Default.WorkerRequest), ct);

    /// <summary>Waits for an answer.</summary>
    /// <exception cref="EndOfStreamException">The worker ended first.</exception>
    public async Task<WorkerReply> ReceiveAsync(CancellationToken ct) =>
        JsonSerializer.Deserialize(await ReceiveBytesAsync(ct), WorkerJson.Default.WorkerReply) ?? throw new InvalidDataException("An answer is missing.");

    /// <summary>Waits for a frame of raw bytes.</summary>
    /// <exception cref="EndOfStreamException">The worker ended first.</exception>
    public async Task<byte[]> ReceiveBytesAsync(CancellationToken ct) =>
        await Frames.ReadAsync(_process.StandardOutput.BaseStream, ct) ?? throw new EndOfStreamException("The worker ended.");

    /// <summary>Ends the worker and its tools, now. Whoever waits for an answer sees it end.</summary>
    public void Kill()
    {
        try
        {
            if (!_process.HasExited)
            {
                ProcessControl.KillGroup(_process.Id);
            }
        }
        catch (InvalidOperationException)
        {
            // Disposed in the meantime: it has been killed already.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>Waits until a dying worker has ended and its last words are in.</summary>
    public async Task WaitForEndAsync(TimeProvider clock)
    {
        Kill();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Stuck in the kernel: it is left behind and counts as ended.
        }
    }

    private async Task WriteAsync(byte[] frame, CancellationToken ct)
    {
        var stream = _process.StandardInput.BaseStream;
        await stream.WriteAsync(frame, ct);
        await stream.FlushAsync(ct);
    }

    private void Keep(string? line)
    {
        lock (_errorText)
        {
            if (line is not null && _errorText.Length + line.Length < ErrorTextLimit)
            {
                _errorText.AppendLine(line);
            }
        }
    }

    private static Process StartProcess(WorkerOptions options)
    {
        var command = WorkerCommand.Of(options);
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        WorkerCommand.SetEnvironment(start.Environment);
        try
        {
            return Process.Start(start) ?? throw new WorkerStartException("The system started nothing.");
        }
        catch (Win32Exception exception)
        {
            throw new WorkerStartException(exception.Message);
        }
    }
}

/// <summary>A worker process that does not come up.</summary>
internal sealed class WorkerStartException(string message) : Exception(message);
