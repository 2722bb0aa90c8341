using FsCheck;
using FsCheck.Fluent;
using Idp.Integration.Containers;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PostgresPaidCallProperties(PostgresServer server)
{
    [Fact]
    public async Task However_calls_retries_kills_and_cancellations_interleave_no_bill_passes_a_cap_or_what_is_shown() =>
        await CheckAsync(Course.Any(withKills: true), cases: 8);

    [Fact]
    public async Task While_no_answer_is_lost_the_cost_shown_ends_equal_to_the_bill() =>
        await CheckAsync(Course.Any(withKills: false, withLosses: false), cases: 4);

    /// <summary>Runs courses over databases of their own; the runs do the asserting.</summary>
    private async Task CheckAsync(Arbitrary<Course> courses, int cases)
    {
        await ContainerEngine.RequireAsync();
        var billed = 0;
        Prop.ForAll(courses, async course =>
        {
            await using var calls = await PostgresTestCalls.CreateAsync(server);
            var run = new PaidCalls(course, mortal => mortal ? calls.OfMortalProcess() : calls.OfLivingProcess(), calls.Database.Clock);
            await run.RunAsync(TestContext.Current.CancellationToken);
            billed += run.Billed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

        billed.ShouldBePositive("Courses that pay nothing prove nothing.");
    }
}
