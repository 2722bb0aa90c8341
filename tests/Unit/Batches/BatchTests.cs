using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;

namespace Idp.Unit.Batches;

public sealed class BatchTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_batch_of_which_all_documents_completed_is_completed() =>
        After(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Completed).Status.ShouldBe(BatchStatus.Completed);

    [Fact]
    public void A_batch_with_a_document_at_work_is_at_work() =>
        After(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Queued).Status.ShouldBe(BatchStatus.Processing);

    [Theory]
    [InlineData(DocumentStatus.Partial)]
    [InlineData(DocumentStatus.Failed)]
    [InlineData(DocumentStatus.Cancelled)]
    public void A_batch_of_which_one_document_gave_less_is_partial(DocumentStatus other) =>
        After(ErrorStrategy.Continue, DocumentStatus.Completed, other).Status.ShouldBe(BatchStatus.Partial);

    [Fact]
    public void A_batch_without_any_result_has_failed() =>
        After(ErrorStrategy.Continue, DocumentStatus.Failed, DocumentStatus.Cancelled).Status.ShouldBe(BatchStatus.Failed);

    [Fact]
    public void A_failed_document_fails_the_batch_where_one_fails_all() =>
        After(ErrorStrategy.FailAll, DocumentStatus.Completed, DocumentStatus.Failed, DocumentStatus.Cancelled).Status.ShouldBe(BatchStatus.Failed);

    [Theory]
    [InlineData(ErrorStrategy.FailAll, DocumentStatus.Failed, DocumentStatus.Queued, true)]
    [InlineData(ErrorStrategy.FailAll, DocumentStatus.Partial, DocumentStatus.Queued, false)]
    [InlineData(ErrorStrategy.FailAll, DocumentStatus.Failed, DocumentStatus.Completed, false)]
    [InlineData(ErrorStrategy.Continue, DocumentStatus.Failed, DocumentStatus.Queued, false)]
    public void A_failed_document_stops_those_at_work_where_one_fails_all(ErrorStrategy strategy, DocumentStatus one, DocumentStatus other, bool mustStop)
    {
        var before = Received(strategy, 2);

        before.With(Documents(one, other), _clock.GetUtcNow()).MustStopDocuments(before).ShouldBe(mustStop);
    }

    [Fact]
    public void A_failure_of_before_does_not_stop_what_is_run_again()
    {
        var failed = After(ErrorStrategy.FailAll, DocumentStatus.Failed, DocumentStatus.Failed, DocumentStatus.Cancelled);

        var retried = failed.With(Documents(DocumentStatus.Failed, DocumentStatus.Queued, DocumentStatus.Cancelled), _clock.GetUtcNow());
        retried.MustStopDocuments(failed).ShouldBeFalse();
        retried.With(Documents(DocumentStatus.Failed, DocumentStatus.Failed, DocumentStatus.Queued), _clock.GetUtcNow()).MustStopDocuments(retried).ShouldBeTrue();
    }

    [Fact]
    public void A_wish_to_stop_that_a_crash_left_half_done_still_stops_what_is_at_work()
    {
        var stopped = Received(ErrorStrategy.Continue, 2) with { IsCancelRequested = true };

        stopped.With(Documents(DocumentStatus.Cancelled, DocumentStatus.Processing), _clock.GetUtcNow()).MustStopDocuments(stopped).ShouldBeTrue();
    }

    [Fact]
    public void A_document_that_is_run_again_after_the_batch_was_stopped_is_let_be()
    {
        var stopped = (Received(ErrorStrategy.Continue, 2) with { IsCancelRequested = true })
            .With(Documents(DocumentStatus.Completed, DocumentStatus.Cancelled), _clock.GetUtcNow());

        var reopened = stopped.With(Documents(DocumentStatus.Completed, DocumentStatus.Queued), _clock.GetUtcNow());

        reopened.MustStopDocuments(stopped).ShouldBeFalse();
        reopened.With(Documents(DocumentStatus.Completed, DocumentStatus.Completed), _clock.GetUtcNow()).Status.ShouldBe(BatchStatus.Completed);
    }

    [Fact]
    public void A_batch_that_someone_stopped_is_cancelled_although_some_documents_were_done() =>
        (Received(ErrorStrategy.Continue, 2) with { IsCancelRequested = true })
            .With(Documents(DocumentStatus.Completed, DocumentStatus.Cancelled), _clock.GetUtcNow()).Status.ShouldBe(BatchStatus.Cancelled);

    [Fact]
    public void A_deleted_document_counts_as_cancelled() =>
        Received(ErrorStrategy.Continue, 3).With(Documents(DocumentStatus.Completed, DocumentStatus.Completed), _clock.GetUtcNow()).Counts.Cancelled.ShouldBe(1);

    [Fact]
    public void A_batch_of_rejected_files_alone_has_failed_from_the_start()
    {
        var batch = Batch.Received(
            StrongId.New<BatchId>(_clock), ErrorStrategy.Continue, Priority.Low, null, [BatchFile.Refused("a.txt", DocumentErrors.UnsupportedType())], _clock.GetUtcNow());

        batch.Status.ShouldBe(BatchStatus.Failed);
        batch.Counts.ShouldBe(new BatchCounts(1, 0, 0, 0, 0, 1));
    }

    [Fact]
    public void A_document_that_runs_again_opens_the_batch_again()
    {
        var ended = After(ErrorStrategy.Continue, DocumentStatus.Completed, DocumentStatus.Failed);

        var open = ended.With(Documents(DocumentStatus.Completed, DocumentStatus.Queued), _clock.GetUtcNow());

        ended.EndedAt.ShouldNotBeNull();
        open.Status.ShouldBe(BatchStatus.Processing);
        open.EndedAt.ShouldBeNull();
    }

    [Fact]
    public void What_changed_nothing_gives_the_same_value()
    {
        var batch = Received(ErrorStrategy.Continue, 2).With(Documents(DocumentStatus.Completed, DocumentStatus.Queued), _clock.GetUtcNow());

        batch.With(Documents(DocumentStatus.Completed, DocumentStatus.Queued), _clock.GetUtcNow() + TimeSpan.FromMinutes(1)).ShouldBeSameAs(batch);
    }

    [Fact]
    public void Every_file_is_counted_once_and_the_batch_ends_exactly_when_all_documents_have() => Prop.ForAll(
        ArbMap.Default.ArbFor<DocumentStatus>().Generator.NonEmptyListOf().ToArbitrary(), ArbMap.Default.ArbFor<bool>(), ArbMap.Default.ArbFor<bool>(),
        (statuses, failAll, isStopped) =>
        {
            var documents = Documents([.. statuses]);
            var batch = (Received(failAll ? ErrorStrategy.FailAll : ErrorStrategy.Continue, documents.Count) with { IsCancelRequested = isStopped })
                .With(documents, _clock.GetUtcNow());

            var counts = batch.Counts;
            (counts.Completed + counts.Partial + counts.Failed + counts.Cancelled + counts.Rejected + counts.Open).ShouldBe(counts.Total);
            batch.HasEnded.ShouldBe(documents.All(document => document.IsTerminal));
            (batch.Percent == 100).ShouldBe(batch.HasEnded);
        }).QuickCheckThrowOnFailure();

    private Batch After(ErrorStrategy strategy, params DocumentStatus[] statuses) => Received(strategy, statuses.Length).With(Documents(statuses), _clock.GetUtcNow());

    private Batch Received(ErrorStrategy strategy, int files) => Batch.Received(
        StrongId.New<BatchId>(_clock), strategy, Priority.Low, null,
        [.. Enumerable.Range(0, files).Select(index => BatchFile.Of($"{index}.pdf", SampleDocuments.Queued(_clock)))], _clock.GetUtcNow());

    private List<Document> Documents(params DocumentStatus[] statuses) => [.. statuses.Select(status => SampleDocuments.Queued(_clock) with { Status = status })];
}
