using Idp.Application.Batches;
using Idp.Application.Documents;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Work;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Batches;

/// <summary>Settling, stopping and retrying batches.</summary>
public sealed class BatchControlTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryDocuments _documents;
    private readonly InMemoryBatches _batches = new();
    private readonly BatchDocuments _members;
    private readonly BatchSettlement _settlement;
    private readonly BatchOverviews _overviews;

    public BatchControlTests()
    {
        _documents = new InMemoryDocuments(_clock);
        _members = new BatchDocuments(_documents, new DocumentRuns(_documents, _clock), new RunningWork(), _clock);
        _settlement = new BatchSettlement(_batches, _members, _clock, NullLogger<BatchSettlement>.Instance);
        var ledger = Substitute.For<ICostLedger>();
        ledger.CostOfAsync(null!, default).ReturnsForAnyArgs(CostSummary.Nothing);
        ledger.OwnCapsAsync(null!, default).ReturnsForAnyArgs(new Dictionary<BudgetScope, Money?>());
        _overviews = new BatchOverviews(_batches, _members, ledger);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_a_document_is_told_once()
    {
        var batch = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Queued);

        await _settlement.SettleAsync(batch, Ct);
        await _settlement.SettleAsync(batch, Ct);

        _batches.Events.Select(static told => told.Name).ShouldBe(["batch_update"]);
    }

    [Fact]
    public async Task The_last_document_ends_the_batch()
    {
        var batch = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Failed);

        (await _settlement.SettleAsync(batch, Ct)).ShouldNotBeNull().Status.ShouldBe(BatchStatus.Partial);
        _batches.Events.ShouldHaveSingleItem().Name.ShouldBe("batch_completed");
    }

    [Fact]
    public async Task A_failed_document_stops_the_others_where_one_fails_all()
    {
        var batch = await GivenAsync(ErrorStrategy.FailAll, DocumentStatus.Failed, DocumentStatus.Processing, DocumentStatus.Queued, DocumentStatus.Completed);

        (await _settlement.SettleAsync(batch, Ct)).ShouldNotBeNull().Status.ShouldBe(BatchStatus.Failed);
        (await StatusesAsync(batch)).ShouldBe([DocumentStatus.Failed, DocumentStatus.Cancelled, DocumentStatus.Cancelled, DocumentStatus.Completed]);
        _documents.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_stops_every_document_and_ends_the_batch()
    {
        var batch = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Processing, DocumentStatus.Queued);

        var cancelled = await CancelAsync(batch);

        cancelled.Value.ShouldNotBeNull().Batch.Status.ShouldBe(BatchStatus.Cancelled);
        (await StatusesAsync(batch)).ShouldBe([DocumentStatus.Completed, DocumentStatus.Cancelled, DocumentStatus.Cancelled]);
        _documents.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_twice_is_one_wish_and_cancelling_what_has_ended_is_refused()
    {
        var open = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Queued);
        var ended = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Completed);
        await _settlement.SettleAsync(ended, Ct);

        await CancelAsync(open);
        (await CancelAsync(open)).IsSuccess.ShouldBeTrue();
        (await CancelAsync(ended)).Error.ShouldNotBeNull().Code.ShouldBe("batch.already-ended");
    }

    [Fact]
    public async Task Retrying_runs_the_failed_documents_again_and_no_others()
    {
        var batch = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Failed, DocumentStatus.Cancelled);
        await _settlement.SettleAsync(batch, Ct);

        (await RetryAsync(batch)).Value.ShouldNotBeNull().Batch.Status.ShouldBe(BatchStatus.Processing);
        (await StatusesAsync(batch)).ShouldBe([DocumentStatus.Completed, DocumentStatus.Queued, DocumentStatus.Cancelled]);
        _documents.Work.ShouldHaveSingleItem().Lane.ShouldBe(batch.ToString());
    }

    [Fact]
    public async Task Retrying_a_batch_that_a_failure_stopped_also_runs_what_it_stopped()
    {
        var batch = await GivenAsync(ErrorStrategy.FailAll, DocumentStatus.Failed, DocumentStatus.Queued);
        await _settlement.SettleAsync(batch, Ct);

        await RetryAsync(batch);

        (await StatusesAsync(batch)).ShouldBe([DocumentStatus.Queued, DocumentStatus.Queued]);
    }

    [Fact]
    public async Task A_cancellation_that_a_crash_cut_off_is_finished_by_the_next_settlement()
    {
        var batch = await GivenAsync(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Queued);
        await _batches.SaveAsync((await _batches.FindAsync(batch, Ct))! with { IsCancelRequested = true }, [], Ct);

        (await _settlement.SettleAsync(batch, Ct)).ShouldNotBeNull().Status.ShouldBe(BatchStatus.Cancelled);
        (await StatusesAsync(batch)).ShouldBe([DocumentStatus.Completed, DocumentStatus.Cancelled]);
    }

    [Fact]
    public async Task One_document_of_a_batch_that_failed_as_a_whole_can_be_run_again()
    {
        var batch = await GivenAsync(ErrorStrategy.FailAll, DocumentStatus.Failed, DocumentStatus.Failed, DocumentStatus.Queued);
        await _settlement.SettleAsync(batch, Ct);
        var documents = await _members.ListAsync(batch, Ct);

        await new DocumentRuns(_documents, _clock).StartRunAsync(documents[0].Id, documents[0].Stages[0].Name, fresh: false, Ct);
        await _settlement.SettleAsync(batch, Ct);

        (await StatusesAsync(batch)).ShouldBe([DocumentStatus.Queued, DocumentStatus.Failed, DocumentStatus.Cancelled]);
    }

    [Fact]
    public async Task An_unknown_batch_is_not_found()
    {
        var unknown = StrongId.New<BatchId>(_clock);

        (await CancelAsync(unknown)).Error.ShouldNotBeNull().Kind.ShouldBe(ErrorKind.NotFound);
        (await RetryAsync(unknown)).Error.ShouldNotBeNull().Kind.ShouldBe(ErrorKind.NotFound);
        (await _settlement.SettleAsync(unknown, Ct)).ShouldBeNull();
    }

    private async Task<BatchId> GivenAsync(ErrorStrategy strategy, params DocumentStatus[] statuses)
    {
        var id = StrongId.New<BatchId>(_clock);
        var documents = statuses.Select(status => SampleDocuments.Queued(_clock) with { Status = status, BatchId = id }).ToList();
        var files = documents.Select(static document => BatchFile.Of(document.FileName, document)).ToValueList();
        await _batches.AddAsync(Batch.Received(id, strategy, Priority.Low, null, files, _clock.GetUtcNow()), files, Ct);
        foreach (var document in documents)
        {
            var work = new WorkItem(
                StrongId.New<WorkItemId>(_clock), document.Id.ToString(), document.CurrentStage, Priority.Low, document.CreatedAt, document.CreatedAt, 0);
            await _documents.AddAsync(document, work, [], Ct);
        }

        // What has ended has no work.
        var claimed = new List<WorkItem>();
        while (await _documents.ClaimAsync(TimeSpan.FromMinutes(1), Ct) is { } item)
        {
            claimed.Add(item);
        }

        foreach (var item in claimed)
        {
            var hasEnded = documents.Any(document => document.Id.ToString() == item.Subject && document.IsTerminal);
            await (hasEnded ? _documents.CompleteAsync(item.Id, Ct) : _documents.ReleaseAsync(item.Id, Ct));
        }

        return id;
    }

    private async Task<List<DocumentStatus>> StatusesAsync(BatchId batch) =>
        [.. (await _members.ListAsync(batch, Ct)).Select(static document => document.Status)];

    private Task<Result<BatchOverview>> CancelAsync(BatchId id) =>
        new CancelBatchHandler(_batches, _settlement, _overviews, NullLogger<CancelBatchHandler>.Instance).Handle(new CancelBatch(id), Ct);

    private Task<Result<BatchOverview>> RetryAsync(BatchId id) =>
        new RetryFailedDocumentsHandler(_batches, _members, _settlement, _overviews).Handle(new RetryFailedDocuments(id), Ct);
}
