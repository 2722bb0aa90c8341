namespace Idp.Application.Documents.Ports;

/// <summary>How the processes that read pages are doing.</summary>
/// <param name="Configured">Processes at most.</param>
/// <param name="Alive">Processes started and alive.</param>
/// <param name="Busy">Processes with a page in hand.</param>
/// <param name="Replaced">Processes that crashed, hung or grew too large and were replaced, since the start of the service.</param>
public sealed record PageWorkerStatus(int Configured, int Alive, int Busy, int Replaced);

/// <summary>The processes that read pages.</summary>
public interface IPageWorkers
{
    /// <summary>How they are doing now.</summary>
    PageWorkerStatus Status { get; }

    /// <summary>Replaces every process, idle ones at once and busy ones when their page is done.</summary>
    Task RestartAsync(CancellationToken ct);
}
