using Idp.Application.Documents;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Work;

namespace Idp.Api.Documents;

/// <summary>What this node is doing and what waits.</summary>
/// <param name="Running">True while this node takes work.</param>
/// <param name="MaxConcurrentDocuments">Documents at work at most.</param>
/// <param name="RunningDocuments">Ids of the documents at work here.</param>
/// <param name="Queue">Depth by priority.</param>
/// <param name="Workers">The processes that read pages.</param>
/// <param name="ProviderGates">One entry a paid provider; none in this version.</param>
internal sealed record ProcessorBody(
    bool Running, int MaxConcurrentDocuments, IReadOnlyList<string> RunningDocuments, IReadOnlyList<QueueDepthBody> Queue, WorkersBody Workers,
    IReadOnlyList<string> ProviderGates)
{
    public static ProcessorBody From(ProcessorStatus status) => new(
        status.IsRunning,
        status.MaxConcurrentDocuments,
        status.RunningSubjects,
        [.. status.Queues.Select(QueueDepthBody.From)],
        WorkersBody.From(status.PageWorkers),
        []);
}

/// <summary>How much work waits or runs at one priority, 0 (first) to 2.</summary>
internal sealed record QueueDepthBody(int Priority, int Waiting, int Running)
{
    public static QueueDepthBody From(QueueDepth depth) => new((int)depth.Priority, depth.Waiting, depth.Running);
}

/// <summary>The processes that read pages: at most, alive, with a page in hand, replaced after a crash.</summary>
internal sealed record WorkersBody(int Configured, int Alive, int Busy, int Replaced)
{
    public static WorkersBody From(PageWorkerStatus status) => new(status.Configured, status.Alive, status.Busy, status.Replaced);
}
