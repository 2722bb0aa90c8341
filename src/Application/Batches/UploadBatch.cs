using FluentValidation;
using Idp.Application.Batches.Ports;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Behaviors;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Batches;

/// <summary>One file of an upload.</summary>
/// <param name="FileName">The name that the sender gave.</param>
/// <param name="Content">Its bytes; readable once, until the next file is asked for.</param>
public sealed record IncomingFile(string FileName, Stream Content);

/// <summary>How a batch is to be processed.</summary>
/// <param name="ErrorStrategy">What a failed document does to the others.</param>
/// <param name="Priority">Who goes first.</param>
/// <param name="BudgetUsd">The most that all documents together may cost, in US dollars; null for no limit.</param>
/// <param name="Kind">What the sender says the files are.</param>
/// <param name="SchemaName">A schema other than the kind's own.</param>
/// <param name="Tags">The sender's own marks, for each document.</param>
public sealed record BatchTerms(ErrorStrategy ErrorStrategy, Priority Priority, decimal? BudgetUsd, DocumentKind Kind, string? SchemaName, ValueList<string> Tags);

/// <summary>Takes many files in: streams each to the store, and makes all that can be used documents of one batch, together or not at all.</summary>
/// <param name="Files">The files as they arrive; archives are opened.</param>
/// <param name="Terms">Asked when the last file is read, because a form may say how to process them after the files.</param>
public sealed record UploadBatch(IAsyncEnumerable<IncomingFile> Files, Func<Result<BatchTerms>> Terms) : IRequest<Result<BatchOverview>>;

internal sealed class UploadBatchValidator : AbstractValidator<UploadBatch>
{
    public UploadBatchValidator() => RuleFor(request => request.Files).NotNull();
}

internal sealed class BatchTermsValidator : AbstractValidator<BatchTerms>
{
    public BatchTermsValidator()
    {
        RuleFor(terms => terms.ErrorStrategy).IsInEnum();
        RuleFor(terms => terms.Priority).IsInEnum();
        RuleFor(terms => terms.Kind).IsInEnum();
        RuleFor(terms => terms.BudgetUsd).InclusiveBetween(0, BudgetOptions.LargestUsd);
        RuleFor(terms => terms.Tags).Must(tags => tags.Count <= 50).WithMessage("At most 50 tags.");
        RuleForEach(terms => terms.Tags).NotEmpty().MaximumLength(100);
    }
}

internal sealed class UploadBatchHandler(
    IBatchRepository batches, BatchReception reception, IDocumentIntake intake, BatchSettlement settlement, ICostLedger ledger, IEnumerable<IValidator<BatchTerms>> rules, TimeProvider clock,
    ILogger<UploadBatchHandler> logger)
    : IRequestHandler<UploadBatch, Result<BatchOverview>>
{
    public async Task<Result<BatchOverview>> Handle(UploadBatch request, CancellationToken cancellationToken)
    {
        var files = new List<ReceivedBatchFile>();
        var queued = false;
        try
        {
            await foreach (var file in reception.ReceiveAsync(request.Files, cancellationToken))
            {
                files.Add(file);
            }

            if (files.Count == 0)
            {
                return BatchErrors.NoFiles();
            }

            var terms = request.Terms();
            if (!terms.IsSuccess)
            {
                return terms.Error;
            }

            if (await FindErrorAsync(terms.Value, cancellationToken) is { } error)
            {
                return error;
            }

            var overview = await QueueAsync(files, terms.Value, cancellationToken);
            queued = true;
            return overview;
        }
        finally
        {
            if (!queued)
            {
                await intake.DiscardAsync(files.Select(static file => file.Received).OfType<ReceivedFile>());
            }
        }
    }

    private async Task<BatchOverview> QueueAsync(List<ReceivedBatchFile> files, BatchTerms terms, CancellationToken ct)
    {
        var id = StrongId.New<BatchId>(clock);
        var drafts = await intake.DraftAsync(
            files.Select(static file => file.Received).OfType<ReceivedFile>().ToValueList(),
            new IntakeTerms(terms.Kind, terms.Priority, BudgetUsd: null, terms.SchemaName, terms.Tags) { BatchId = id },
            ct);
        var documents = drafts.ToDictionary(static draft => draft.Id);
        var verdicts = files.Select(file => file.Received is { } received
            ? BatchFile.Of(file.FileName, documents[received.Id])
            : BatchFile.Refused(file.FileName, file.Problem!)).ToValueList();
        var batch = Batch.Received(id, terms.ErrorStrategy, terms.Priority, terms.BudgetUsd, verdicts, clock.GetUtcNow());
        var cap = Money.CapOf(terms.BudgetUsd);
        if (cap is not null)
        {
            await ledger.EnsureCapAsync(BudgetScope.Of(id.ToString()), cap.Value, ct);
        }

        // The batch first: a document never belongs to a batch that nobody knows.
        await batches.AddAsync(batch, verdicts, ct);
        await QueueAsync(id, drafts, ct);

        logger.BatchReceived(id, drafts.Count, batch.Counts.Rejected);
        return new BatchOverview(batch, verdicts, CostSummary.Nothing, cap, null);
    }

    /// <summary>Queues the documents; where that fails, the batch is one whose documents are all gone, as it is after a crash.</summary>
    private async Task QueueAsync(BatchId id, ValueList<Document> drafts, CancellationToken ct)
    {
        if (drafts.Count == 0)
        {
            return;
        }

        var isQueued = false;
        try
        {
            await intake.QueueAsync(drafts, ct);
            isQueued = true;
        }
        finally
        {
            if (!isQueued)
            {
                await settlement.SettleAsync(id, CancellationToken.None);
            }
        }
    }

    private async Task<Error?> FindErrorAsync(BatchTerms terms, CancellationToken ct) =>
        await RequestValidation.FindErrorAsync(rules, terms, ct)
        ?? (terms.SchemaName is { } schema && !await intake.KnowsSchemaAsync(schema, ct) ? DocumentErrors.UnknownSchema(schema) : null);
}
