using Idp.Api.Kernel;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Work;

namespace Idp.Api.Documents;

/// <summary>What this node is doing and what waits.</summary>
/// <param name="Version">The version of the program on this node.</param>
/// <param name="Running">True while this node takes work.</param>
/// <param name="MaxConcurrentDocuments">Documents at work at most.</param>
/// <param name="RunningDocuments">Ids of the documents at work here.</param>
/// <param name="Queue">Depth by priority.</param>
/// <param name="Workers">The processes that read pages.</param>
/// <param name="ProviderGates">One entry a paid provider that was called.</param>
internal sealed record ProcessorBody(
    string Version, bool Running, int MaxConcurrentDocuments, IReadOnlyList<string> RunningDocuments, IReadOnlyList<QueueDepthBody> Queue,
    WorkersBody Workers, IReadOnlyList<ProviderGateBody> ProviderGates)
{
    public static ProcessorBody From(ProcessorStatus status) => new(
        ProgramVersion.Current,
        status.IsRunning,
        status.MaxConcurrentDocuments,
        status.RunningSubjects,
        [.. status.Queues.Select(QueueDepthBody.From)],
        WorkersBody.From(status.PageWorkers),
        [.. status.Gates.Select(ProviderGateBody.From)]);
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

/// <summary>How the gate of a paid provider stands.</summary>
/// <param name="Endpoint">The provider.</param>
/// <param name="Model">The model.</param>
/// <param name="Limit">Calls allowed at once at present, on all nodes together.</param>
/// <param name="InFlight">Calls of this node under way.</param>
/// <param name="Waiting">Calls of this node that wait to begin.</param>
/// <param name="Calls">Calls that began since the start.</param>
/// <param name="RateLimited">Of these, how many were rejected with 429.</param>
/// <param name="TimedOut">Of these, how many got no answer in time.</param>
/// <param name="LatencySeconds">Smoothed latency; null before the first answer.</param>
/// <param name="RequestsPerMinute">What the provider allows, as far as known.</param>
/// <param name="TokensPerMinute">What the provider allows, as far as known.</param>
/// <param name="PausedUntil">No call begins before; null without a pause.</param>
/// <param name="Elsewhere">What other nodes have of the same limits; null for one node by itself.</param>
internal sealed record ProviderGateBody(
    string Endpoint, string Model, int Limit, int InFlight, int Waiting, long Calls, long RateLimited, long TimedOut, double? LatencySeconds,
    double? RequestsPerMinute, double? TokensPerMinute, string? PausedUntil, ElsewhereBody? Elsewhere)
{
    public static ProviderGateBody From(ProviderGateStatus gate) => new(
        gate.Key.Endpoint, gate.Key.Model, gate.Status.Limit, gate.Status.InFlight, gate.Status.Waiting, gate.Status.Started, gate.Status.RateLimited,
        gate.Status.TimedOut, gate.Status.SmoothedLatency is { } latency ? Math.Round(latency.TotalSeconds, 3) : null, gate.Status.RequestsPerMinute,
        gate.Status.TokensPerMinute, gate.Status.PausedUntil?.Print(), ElsewhereBody.From(gate.Status.Elsewhere));
}

/// <summary>Other nodes with calls at the same provider: how many, their calls under way, and those that wait to begin.</summary>
internal sealed record ElsewhereBody(int Nodes, int InFlight, int Waiting)
{
    public static ElsewhereBody? From(GateElsewhere? elsewhere) => elsewhere is null ? null : new(elsewhere.Nodes, elsewhere.InFlight, elsewhere.Waiting);
}
