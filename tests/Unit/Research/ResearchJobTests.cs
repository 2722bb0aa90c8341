using Idp.Application.Kernel.Ai;
using Idp.Application.Research;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Research;
using Idp.Unit.Kernel;

namespace Idp.Unit.Research;

public sealed class ResearchJobTests
{
    private static readonly ManualTimeProvider Clock = new();

    private static readonly ResearchJob Job = new(
        StrongId.New<JobId>(Clock), 1, null, null, Rubrics.Small, null, [], JobStatus.Processing, null, false, Clock.GetUtcNow(), Clock.GetUtcNow(), null);

    [Theory]
    [InlineData(1, 0, 2, 0, 0, JobStatus.Processing)]
    [InlineData(0, 1, 2, 0, 0, JobStatus.Processing)]
    [InlineData(0, 0, 3, 0, 0, JobStatus.Completed)]
    [InlineData(0, 0, 2, 1, 0, JobStatus.Partial)]
    [InlineData(0, 0, 0, 3, 0, JobStatus.Failed)]
    public void The_status_follows_from_the_companies(int queued, int searched, int completed, int failed, int cancelled, JobStatus status) =>
        Job.With(new JobCounts(3, queued, searched, completed, failed, cancelled), Clock.GetUtcNow()).Status.ShouldBe(status);

    [Fact]
    public void A_job_that_its_budget_ended_is_partial_and_never_failed() =>
        Job.Stopped(ModelErrors.BudgetExhausted(BudgetScope.Of(Job.Id.ToString()), Money.Zero)).With(new JobCounts(3, 0, 0, 0, 3, 0), Clock.GetUtcNow()).Status.ShouldBe(JobStatus.Partial);

    [Fact]
    public void A_job_that_the_search_provider_ended_before_anything_was_found_has_failed() =>
        Job.Stopped(WebSearchErrors.PlanLimit()).With(new JobCounts(3, 0, 0, 0, 3, 0), Clock.GetUtcNow()).Status.ShouldBe(JobStatus.Failed);

    [Fact]
    public void A_cancelled_job_is_cancelled_unless_everything_was_done() =>
        (Job.Cancelled().With(new JobCounts(3, 0, 0, 1, 0, 2), Clock.GetUtcNow()).Status, Job.Cancelled().With(new JobCounts(3, 0, 0, 3, 0, 0), Clock.GetUtcNow()).Status)
            .ShouldBe((JobStatus.Cancelled, JobStatus.Completed));

    [Fact]
    public void A_reopened_job_has_no_end_and_no_problem()
    {
        var ended = Job.Stopped(WebSearchErrors.PlanLimit()).With(new JobCounts(1, 0, 0, 0, 1, 0), Clock.GetUtcNow());

        var again = ended.Reopened().With(new JobCounts(1, 1, 0, 0, 0, 0), Clock.GetUtcNow());

        (again.Status, again.StoppedBy, again.EndedAt).ShouldBe((JobStatus.Processing, null, null));
    }
}
