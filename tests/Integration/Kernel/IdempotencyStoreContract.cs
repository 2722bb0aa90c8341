using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Idempotency;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>What every store of idempotency keys promises.</summary>
public abstract class IdempotencyStoreContract
{
    private static readonly Fingerprint Payload = Fingerprint.Of(("content", "a"));

    protected abstract IIdempotencyStore Store { get; }

    protected abstract ManualTimeProvider Clock { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_callers_one_gets_the_key()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.ClaimAsync("k", Token)));

        claims.Count(claim => claim.State == KeyState.Claimed).ShouldBe(1);
        claims.Count(claim => claim.State == KeyState.Running).ShouldBe(7);
    }

    [Fact]
    public async Task An_answered_key_gives_payload_and_answer()
    {
        await Store.ClaimAsync("k", Token);
        await Store.CompleteAsync("k", Payload, "the answer", Token);

        (await Store.ClaimAsync("k", Token)).ShouldBe(new KeyClaim(KeyState.Answered, Payload, "the answer"));
    }

    [Fact]
    public async Task A_released_key_is_free_again()
    {
        await Store.ClaimAsync("k", Token);
        await Store.ReleaseAsync("k", Token);

        (await Store.ClaimAsync("k", Token)).State.ShouldBe(KeyState.Claimed);
    }

    [Fact]
    public async Task Releasing_does_not_forget_an_answer()
    {
        await Store.ClaimAsync("k", Token);
        await Store.CompleteAsync("k", Payload, "the answer", Token);
        await Store.ReleaseAsync("k", Token);

        (await Store.ClaimAsync("k", Token)).State.ShouldBe(KeyState.Answered);
    }

    [Fact]
    public async Task A_key_is_remembered_for_a_day_and_no_longer()
    {
        await Store.ClaimAsync("k", Token);
        await Store.CompleteAsync("k", Payload, "the answer", Token);

        Clock.Advance(IIdempotencyStore.Lifetime - TimeSpan.FromSeconds(1));
        (await Store.ClaimAsync("k", Token)).State.ShouldBe(KeyState.Answered);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Store.ClaimAsync("k", Token)).State.ShouldBe(KeyState.Claimed);
    }

    [Fact]
    public async Task Keys_do_not_know_of_each_other()
    {
        await Store.ClaimAsync("k", Token);

        (await Store.ClaimAsync("K", Token)).State.ShouldBe(KeyState.Claimed);
    }
}
