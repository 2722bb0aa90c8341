using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.RabbitMq;

namespace Idp.Unit.Kernel;

public sealed class WorkInvitationsTests : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider _clock = new();
    private readonly WorkInvitations _invitations;
    private readonly Invitation _invitation = new(() => Task.CompletedTask);

    public WorkInvitationsTests() => _invitations = new WorkInvitations(_clock, LookInterval);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void They_are_wanted_from_the_first_look_on()
    {
        _invitations.AreWanted.ShouldBeFalse();

        _invitations.TryTake(out _);

        _invitations.AreWanted.ShouldBeTrue();
    }

    [Fact]
    public void While_none_can_come_a_node_may_always_look()
    {
        _invitations.TryTake(out _).ShouldBeTrue();
        _invitations.TryTake(out var invitation).ShouldBeTrue();

        invitation.ShouldBeNull();
    }

    [Fact]
    public void Once_they_can_come_a_node_looks_when_it_is_invited_or_has_not_looked_for_a_while()
    {
        _invitations.Open();
        _invitations.TryTake(out _).ShouldBeTrue();
        _invitations.TryTake(out _).ShouldBeFalse();

        _clock.Advance(LookInterval - TimeSpan.FromTicks(1));
        _invitations.Receive(_invitation);
        _invitations.TryTake(out var invitation).ShouldBeTrue();
        invitation.ShouldBe(_invitation);

        _clock.Advance(LookInterval - TimeSpan.FromTicks(1));
        _invitations.TryTake(out _).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromTicks(1));
        _invitations.TryTake(out var none).ShouldBeTrue();
        none.ShouldBeNull();
    }

    [Fact]
    public void One_stands_for_an_item_until_that_is_let_go()
    {
        var item = StrongId.New<WorkItemId>(_clock);
        _invitations.Accept(item, _invitation);

        _invitations.LetGo(item).ShouldBe(_invitation);
        _invitations.LetGo(item).ShouldBeNull();
    }

    [Fact]
    public void With_the_connection_all_are_lost()
    {
        var item = StrongId.New<WorkItemId>(_clock);
        _invitations.Open();
        _invitations.Receive(_invitation);
        _invitations.Accept(item, _invitation);

        _invitations.Close();

        _invitations.LetGo(item).ShouldBeNull();
        _invitations.TryTake(out var invitation).ShouldBeTrue();
        invitation.ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_ends_with_an_invitation_that_came_before_or_comes_meanwhile()
    {
        _invitations.Receive(_invitation);
        await _invitations.WaitAsync(LookInterval, Ct);
        _invitations.TryTake(out _);
        await _invitations.WaitAsync(LookInterval, Ct); // The signal of the same one, which nobody waited for.

        var waiting = _invitations.WaitAsync(LookInterval, Ct);
        waiting.IsCompleted.ShouldBeFalse();
        _invitations.Receive(_invitation);

        await waiting;
    }

    [Fact]
    public async Task Waiting_pauses_briefly_when_one_was_put_back()
    {
        _invitations.PutBack(_invitation);

        var waiting = _invitations.WaitAsync(LookInterval, Ct);
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await waiting;

        _invitations.TryTake(out var invitation).ShouldBeTrue();
        invitation.ShouldBe(_invitation);
    }

    public void Dispose() => _invitations.Dispose();
}
