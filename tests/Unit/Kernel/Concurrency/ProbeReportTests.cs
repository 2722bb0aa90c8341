using Idp.Domain.Kernel.Concurrency;

namespace Idp.Unit.Kernel.Concurrency;

public sealed class ProbeReportTests
{
    [Fact]
    public void Equal_latency_at_every_level_means_that_calls_run_side_by_side()
    {
        var report = ProbeReport.Of([Level(1, 1), Level(2, 1), Level(5, 1.05), Level(10, 1.1)]);

        report.Verdict.ShouldBe(ProbeVerdict.Parallel);
        report.RecommendedLimit.ShouldBe(10);
    }

    [Fact]
    public void Wall_time_that_grows_with_the_calls_means_that_they_are_queued()
    {
        var report = ProbeReport.Of([Level(1, 1), Level(2, 2), Level(5, 5), Level(10, 9.9)]);

        report.Verdict.ShouldBe(ProbeVerdict.Queued);
        report.RecommendedLimit.ShouldBe(1);
    }

    [Fact]
    public void A_capacity_in_between_is_the_recommended_limit()
    {
        var report = ProbeReport.Of([Level(1, 1), Level(2, 1), Level(5, 1), Level(10, 2), Level(20, 4)]);

        report.Verdict.ShouldBe(ProbeVerdict.PartlyQueued);
        report.RecommendedLimit.ShouldBe(5);
    }

    [Fact]
    public void Levels_with_rejections_are_not_recommended()
    {
        var report = ProbeReport.Of([Level(1, 1), Level(5, 1), Level(10, 1) with { Answered = 6, Rejected = 4 }]);

        report.Verdict.ShouldBe(ProbeVerdict.Rejecting);
        report.RecommendedLimit.ShouldBe(5);
    }

    [Fact]
    public void Without_an_answer_nothing_is_recommended() =>
        ProbeReport.Of([Level(1, 1) with { Answered = 0, Failed = 1 }]).ShouldSatisfyAllConditions(
            report => report.Verdict.ShouldBe(ProbeVerdict.Unknown), report => report.RecommendedLimit.ShouldBeNull());

    private static ProbeLevel Level(int concurrency, double seconds) => new(
        concurrency, concurrency, 0, 0, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
