using FsCheck;
using FsCheck.Fluent;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PaidCallProperties
{
    [Fact]
    public void However_calls_retries_kills_and_cancellations_interleave_no_bill_passes_a_cap_or_what_is_shown() =>
        Check(Course.Any(withKills: true), cases: 60);

    [Fact]
    public void While_no_answer_is_lost_the_cost_shown_ends_equal_to_the_bill() =>
        Check(Course.Any(withKills: false, withLosses: false), cases: 30);

    /// <summary>Runs courses over databases of their own; the runs do the asserting.</summary>
    private static void Check(Arbitrary<Course> courses, int cases)
    {
        var billed = 0;
        Prop.ForAll(courses, async course =>
        {
            using var calls = new TestCalls();
            var run = new PaidCalls(course, mortal => mortal ? calls.OfMortalProcess() : calls.OfLivingProcess(), calls.Database.Clock);
            await run.RunAsync(TestContext.Current.CancellationToken);
            billed += run.Billed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

        billed.ShouldBeGreaterThan(cases);
    }
}
