using Idp.Application.Kernel.Ai;

namespace Idp.Integration.Kernel;

/// <summary>What every store of learned limits promises.</summary>
public abstract class ModelLimitStoreContract
{
    protected abstract IModelLimitStore Store { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same store as another process opens it.</summary>
    protected abstract IModelLimitStore Reopened();

    [Fact]
    public async Task Nothing_is_known_at_first() => (await Store.FindAsync(CallSamples.Model, Ct)).ShouldBe(LearnedLimits.None);

    [Fact]
    public async Task What_was_learned_stays()
    {
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(8_000, 1_000), Ct);

        (await Reopened().FindAsync(CallSamples.Model, Ct)).ShouldBe(new LearnedLimits(8_000, 1_000));
    }

    [Fact]
    public async Task Of_each_limit_the_smaller_is_kept()
    {
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(8_000, 1_000), Ct);
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(9_000, 500), Ct);
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(7_000, 600), Ct);

        (await Store.FindAsync(CallSamples.Model, Ct)).ShouldBe(new LearnedLimits(7_000, 500));
    }

    [Fact]
    public async Task A_limit_that_is_not_known_teaches_nothing()
    {
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(null, 1_000), Ct);
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(8_000, null), Ct);

        (await Store.FindAsync(CallSamples.Model, Ct)).ShouldBe(new LearnedLimits(8_000, 1_000));
    }

    [Fact]
    public async Task Models_and_endpoints_do_not_know_of_each_other()
    {
        await Store.LearnAsync(CallSamples.Model, new LearnedLimits(8_000, null), Ct);

        (await Store.FindAsync(CallSamples.Model with { Model = "large" }, Ct)).ShouldBe(LearnedLimits.None);
        (await Store.FindAsync(CallSamples.Model with { Endpoint = "http://elsewhere.test/v1" }, Ct)).ShouldBe(LearnedLimits.None);
    }
}
