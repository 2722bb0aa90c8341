using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Lists the runs of a document that have a result, and the present one, newest first.</summary>
/// <param name="Id">The document.</param>
public sealed record ListRuns(DocumentId Id) : IRequest<Result<ValueList<RunSummary>>>;

/// <summary>One run of a document.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Where the document stands, for the present run; null for earlier ones, which have ended.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="EndedAt">When its result was stored; null while there is none.</param>
/// <param name="Origin">How the result was made; null where that was not recorded.</param>
/// <param name="Result">What it read; empty while there is nothing.</param>
public sealed record RunSummary(
    RunId RunId, DocumentStatus? Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ResultOrigin? Origin, ExtractionResult Result)
{
    /// <summary>What its calls cost; null where that cannot be told from other runs.</summary>
    public CostSummary? Cost { get; init; }
}

internal sealed class ListRunsValidator : AbstractValidator<ListRuns>
{
    public ListRunsValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class ListRunsHandler(IDocumentRuns documents, IExtractionRepository extraction, ICostLedger ledger)
    : IRequestHandler<ListRuns, Result<ValueList<RunSummary>>>
{
    public async Task<Result<ValueList<RunSummary>>> Handle(ListRuns request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is not { } document)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        var stored = await extraction.ListResultsAsync(document.Id, cancellationToken);
        var runs = stored.Select(run => new RunSummary(
            run.RunId, run.RunId == document.RunId ? document.Status : null, StrongId.MadeAt(run.RunId), run.CreatedAt, run.Origin, run.Result)).ToList();
        if (runs.TrueForAll(run => run.RunId != document.RunId))
        {
            runs.Insert(0, new RunSummary(document.RunId, document.Status, StrongId.MadeAt(document.RunId), null, null, new ExtractionResult([])));
        }

        // Costs are kept by document: with one run they are that run's.
        return runs.Count == 1 ? [runs[0] with { Cost = await ledger.CostOfAsync(document.Id.ToString(), cancellationToken) }] : runs.ToValueList();
    }
}
