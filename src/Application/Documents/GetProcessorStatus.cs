using FluentValidation;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Tells what this node is doing and what waits.</summary>
public sealed record GetProcessorStatus : IRequest<Result<ProcessorStatus>>;

/// <summary>What this node is doing and what waits.</summary>
/// <param name="IsRunning">True while this node takes work.</param>
/// <param name="MaxConcurrentDocuments">Documents at work at most.</param>
/// <param name="RunningSubjects">Printed ids of the documents that are at work here.</param>
/// <param name="Queues">Waiting and running items by priority.</param>
/// <param name="PageWorkers">The processes that read pages.</param>
/// <param name="Gates">One entry a paid provider, key and model that was called.</param>
public sealed record ProcessorStatus(
    bool IsRunning, int MaxConcurrentDocuments, ValueList<string> RunningSubjects, ValueList<QueueDepth> Queues, PageWorkerStatus PageWorkers,
    ValueList<ProviderGateStatus> Gates);

/// <summary>How the gate of a paid provider stands.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Status">How it stands.</param>
public sealed record ProviderGateStatus(ProviderGateKey Key, GateStatus Status);

internal sealed class GetProcessorStatusValidator : AbstractValidator<GetProcessorStatus>;

internal sealed class GetProcessorStatusHandler(
    IWorkQueue queue, RunningWork running, WorkerLoop loop, IPageWorkers pageWorkers, ProcessingOptions options, ProviderGates gates)
    : IRequestHandler<GetProcessorStatus, Result<ProcessorStatus>>
{
    public async Task<Result<ProcessorStatus>> Handle(GetProcessorStatus request, CancellationToken cancellationToken) => new ProcessorStatus(
        loop.IsRunning,
        options.MaxConcurrentDocuments,
        running.Subjects.Where(static subject => StrongId.TryParse<DocumentId>(subject, out _)).ToValueList(),
        await queue.DepthsAsync(cancellationToken),
        pageWorkers.Status,
        gates.All.Select(gate => new ProviderGateStatus(gate.Key, gate.Status)).ToValueList());
}
