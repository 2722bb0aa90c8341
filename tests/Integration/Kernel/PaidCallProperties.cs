using FsCheck;
using FsCheck.Fluent;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

public sealed class PaidCallProperties
{
    [Fact]
    public void However_calls_retries_kills_and_cancellations_interleave_no_bill_passes_a_cap_or_what_is_shown()
    {
        var billed = 0;
        Prop.ForAll(Course.Any(withKills: true), async course =>
        {
            using var calls = new TestCalls();
            var run = new PaidCalls(course, mortal => mortal ? calls.OfMortalProcess() : calls.OfLivingProcess(), calls.Database.Clock);
            await run.RunAsync(TestContext.Current.CancellationToken);
            billed += run.Billed;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

        billed.ShouldBeGreaterThan(100);
    }
}
