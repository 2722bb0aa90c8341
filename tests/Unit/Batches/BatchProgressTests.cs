using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;

namespace Idp.Unit.Batches;

public sealed class BatchProgressTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Documents_weigh_as_much_as_they_have_pages()
    {
        var large = SampleDocuments.Queued(_clock) with { TotalPages = 90 };
        var small = SampleDocuments.Queued(_clock) with { TotalPages = 10, Status = DocumentStatus.Completed };

        BatchProgress.Of([large, small]).Percent.ShouldBe(10);
    }

    [Fact]
    public void A_document_whose_pages_are_not_counted_yet_weighs_as_much_as_the_mean_of_the_others()
    {
        var done = SampleDocuments.Queued(_clock) with { TotalPages = 20, Status = DocumentStatus.Completed };
        var unknown = SampleDocuments.Queued(_clock);

        BatchProgress.Of([done, unknown]).Percent.ShouldBe(50);
    }

    [Fact]
    public void Pages_done_in_a_stage_move_the_whole()
    {
        var half = SampleDocuments.Queued(_clock).WithStageStarted(StageNames.OcrExtraction, _clock.GetUtcNow()).Value!.WithPagesProcessed(5, 10, _clock.GetUtcNow());

        BatchProgress.Of([half]).Percent.ShouldBe(half.Percent);
        half.Percent.ShouldBeInRange(20, 60);
    }

    [Fact]
    public void It_is_100_only_when_everything_is_done()
    {
        var done = SampleDocuments.Queued(_clock) with { TotalPages = 10_000, Status = DocumentStatus.Completed };
        var open = SampleDocuments.Queued(_clock) with { TotalPages = 1 };

        BatchProgress.Of([done, open]).Percent.ShouldBe(99);
    }

    [Fact]
    public void The_time_left_goes_by_the_pace_so_far()
    {
        var done = SampleDocuments.Queued(_clock).WithStageStarted(StageNames.OcrExtraction, _clock.GetUtcNow()).Value! with { TotalPages = 5, Status = DocumentStatus.Completed };
        var open = SampleDocuments.Queued(_clock) with { TotalPages = 15 };

        BatchProgress.Of([done, open]).TimeLeft(_clock.GetUtcNow() + TimeSpan.FromSeconds(10)).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Before_anything_is_done_nothing_is_said_of_the_time_left() =>
        BatchProgress.Of([SampleDocuments.Queued(_clock)]).TimeLeft(_clock.GetUtcNow() + TimeSpan.FromSeconds(10)).ShouldBeNull();
}
