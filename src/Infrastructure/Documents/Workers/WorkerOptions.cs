using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>How pages are worked on in child processes; section <c>WORKERS</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>Child processes, each with one page at a time.</summary>
    /// <value>Default: one for each core.</value>
    [Range(1, 256)]
    public int PixmapParallelWorkers { get; init; } = Environment.ProcessorCount;

    /// <summary>Program and arguments that start a child; null or empty for this executable with the verb <c>worker</c>.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Longest time for a child to come up, in seconds.</summary>
    /// <value>Default 30.</value>
    [Range(1, 600)]
    public int StartTimeoutSeconds { get; init; } = 30;
}
