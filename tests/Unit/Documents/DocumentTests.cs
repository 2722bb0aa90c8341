using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Kernel;

namespace Idp.Unit.Documents;

public sealed class DocumentTests
{
    private static readonly string[] StagesInOrder =
        [StageNames.OcrExtraction, StageNames.AccountSplitting, StageNames.PageAnalysis, StageNames.LlmExtraction];

    private static readonly DateTimeOffset Received = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Later = Received + TimeSpan.FromMinutes(5);

    private static readonly Problem PageProblem = new(DocumentErrors.PageDamaged("cut off"), 3);

    private static readonly Problem AccountProblem = new(DocumentErrors.PageDamaged("cut off"), 3, "7009885");

    private static readonly Document New = NewDocument();

    [Fact]
    public void A_new_document_waits_for_its_first_stage()
    {
        New.CurrentStage.ShouldBe(StageNames.OcrExtraction);
        New.Percent.ShouldBe(0);
        New.IsTerminal.ShouldBeFalse();
    }

    [Fact]
    public void A_stage_begins_when_it_is_its_turn()
    {
        var started = New.WithStageStarted(StageNames.OcrExtraction, Later).Value.ShouldNotBeNull();

        started.Status.ShouldBe(DocumentStatus.Processing);
        started.StageOf(StageNames.OcrExtraction).ShouldBe(new StageProgress(StageNames.OcrExtraction, StageStatus.Processing, 0, Later, null));
        started.UpdatedAt.ShouldBe(Later);
    }

    [Fact]
    public void A_stage_that_begins_again_keeps_its_first_start()
    {
        var started = Started(New, StageNames.OcrExtraction, Received);

        Started(started, StageNames.OcrExtraction, Later).StageOf(StageNames.OcrExtraction).StartedAt.ShouldBe(Received);
    }

    [Fact]
    public void A_stage_does_not_begin_out_of_turn() =>
        New.WithStageStarted(StageNames.LlmExtraction, Later).Error.ShouldNotBeNull().Code.ShouldBe("document.wrong-stage");

    [Fact]
    public void A_finished_stage_does_not_begin_again() =>
        Completed(New, StageNames.OcrExtraction).WithStageStarted(StageNames.OcrExtraction, Later).IsSuccess.ShouldBeFalse();

    [Fact]
    public void A_cancelled_document_begins_no_stage() =>
        Cancelled(New).WithStageStarted(StageNames.OcrExtraction, Later).IsSuccess.ShouldBeFalse();

    [Theory]
    [InlineData(0, 20, 0)]
    [InlineData(5, 20, 25)]
    [InlineData(20, 20, 99)]
    [InlineData(0, 0, 0)]
    public void Pages_move_the_running_stage_but_never_to_its_end(int processed, int total, int percent)
    {
        var moved = Started(New, StageNames.OcrExtraction).WithPagesProcessed(processed, total, Later);

        moved.StageOf(StageNames.OcrExtraction).Percent.ShouldBe(percent);
        moved.PagesProcessed.ShouldBe(processed);
        moved.TotalPages.ShouldBe(total);
    }

    [Fact]
    public void A_finished_stage_makes_way_for_the_next()
    {
        var next = New.WithStageCompleted(StageNames.OcrExtraction, [], Later);

        next.CurrentStage.ShouldBe(StageNames.AccountSplitting);
        next.StageOf(StageNames.OcrExtraction).EndedAt.ShouldBe(Later);
        next.IsTerminal.ShouldBeFalse();
    }

    [Fact]
    public void The_last_stage_completes_the_document()
    {
        var done = AllCompleted(New.WithPagesProcessed(4, 20, Later));

        done.Status.ShouldBe(DocumentStatus.Completed);
        done.CurrentStage.ShouldBe(StageNames.Completed);
        done.Percent.ShouldBe(100);
        done.PagesProcessed.ShouldBe(20);
        done.IsTerminal.ShouldBeTrue();
    }

    [Fact]
    public void A_document_with_problems_ends_partial()
    {
        var done = AllCompleted(New.WithStageCompleted(StageNames.OcrExtraction, [PageProblem], Later));

        done.Status.ShouldBe(DocumentStatus.Partial);
        done.Problems.ShouldBe([PageProblem with { Stage = StageNames.OcrExtraction }]);
    }

    [Fact]
    public void Progress_never_goes_back_from_stage_to_stage()
    {
        var percents = new List<int>();
        var document = New;
        foreach (var stage in StagesInOrder)
        {
            document = Started(document, stage);
            percents.Add(document.Percent);
            document = document.WithPagesProcessed(10, 20, Later);
            percents.Add(document.Percent);
            document = Completed(document, stage);
            percents.Add(document.Percent);
        }

        percents.ShouldBeInOrder();
        percents[^1].ShouldBe(100);
    }

    [Fact]
    public void A_stage_that_gives_up_fails_the_document()
    {
        var failed = Started(New, StageNames.OcrExtraction).WithFailure(StageNames.OcrExtraction, PageProblem, Later);

        failed.Status.ShouldBe(DocumentStatus.Failed);
        failed.StageOf(StageNames.OcrExtraction).Status.ShouldBe(StageStatus.Failed);
        failed.Problems.ShouldBe([PageProblem with { Stage = StageNames.OcrExtraction }]);
        failed.IsTerminal.ShouldBeTrue();
    }

    [Fact]
    public void A_running_document_can_be_cancelled() => Cancelled(Started(New, StageNames.OcrExtraction)).Status.ShouldBe(DocumentStatus.Cancelled);

    [Fact]
    public void Cancelling_twice_is_cancelling_once()
    {
        var cancelled = Cancelled(New);

        Cancelled(cancelled).ShouldBe(cancelled);
    }

    [Fact]
    public void A_document_that_has_ended_cannot_be_cancelled() =>
        AllCompleted(New).WithCancellation(Later).Error.ShouldNotBeNull().Code.ShouldBe("document.already-ended");

    [Fact]
    public void A_new_run_from_the_start_forgets_what_the_last_one_found()
    {
        var ended = AllCompleted(New.WithStageCompleted(StageNames.OcrExtraction, [PageProblem], Later)) with { Kind = DocumentKind.Loan };
        var run = StrongId.New<RunId>(new ManualTimeProvider());

        var again = ended.WithNewRun(run, StageNames.OcrExtraction, fresh: true, Later);

        again.RunId.ShouldBe(run);
        again.Status.ShouldBe(DocumentStatus.Queued);
        again.Kind.ShouldBe(New.RequestedKind);
        again.Problems.ShouldBeEmpty();
        again.Stages.ShouldBe(New.Stages);
        again.ForceFresh.ShouldBeTrue();
    }

    [Fact]
    public void A_new_run_from_a_later_stage_keeps_what_stands_before_it()
    {
        var ended = AllCompleted(New.WithStageCompleted(StageNames.OcrExtraction, [PageProblem], Later)).WithStageCompleted(
            StageNames.LlmExtraction, [AccountProblem], Later) with
        { Kind = DocumentKind.Loan };

        var again = ended.WithNewRun(New.RunId, StageNames.LlmExtraction, fresh: false, Later);

        again.CurrentStage.ShouldBe(StageNames.LlmExtraction);
        again.Kind.ShouldBe(DocumentKind.Loan);
        again.Stages.Take(3).ShouldBe(ended.Stages.Take(3));
        again.Problems.ShouldBe([PageProblem with { Stage = StageNames.OcrExtraction }]);
    }

    private static Document NewDocument()
    {
        var clock = new ManualTimeProvider();
        return new Document(
            StrongId.New<DocumentId>(clock), StrongId.New<RunId>(clock), "packet.pdf", new ContentHash("00"), 10, FileType.Pdf,
            DocumentKind.Auto, DocumentKind.Auto, null, [], Priority.Normal, null, DocumentStatus.Queued,
            StagesInOrder.Select(StageProgress.Pending).ToValueList(), 0, null, [], null, false, Received, Received, 1);
    }

    private static Document Started(Document document, string stage, DateTimeOffset? at = null) =>
        document.WithStageStarted(stage, at ?? Received).Value.ShouldNotBeNull();

    private static Document Completed(Document document, string stage) => document.WithStageCompleted(stage, [], Later);

    private static Document AllCompleted(Document document) => StagesInOrder.Aggregate(document, Completed);

    private static Document Cancelled(Document document) => document.WithCancellation(Later).Value.ShouldNotBeNull();
}
