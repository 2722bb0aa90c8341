using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Unit.Kernel;

public sealed class ProcessIdentityTests
{
    [Fact]
    public void What_was_printed_is_read_back()
    {
        ProcessIdentity.TryParse("node-1:4711:99", out var identity).ShouldBeTrue();

        identity.ShouldBe(new ProcessIdentity("node-1", 4711, 99));
        identity!.ToString().ShouldBe("node-1:4711:99");
    }

    [Theory]
    [InlineData("")]
    [InlineData("node")]
    [InlineData("node:1")]
    [InlineData(":1:2")]
    [InlineData("node:x:2")]
    [InlineData("node:1:2:3")]
    [InlineData("node:-1:2")]
    [InlineData("node:99999999999:2")]
    public void Anything_else_is_refused(string text) => ProcessIdentity.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void This_process_lives() => ProcessIdentity.Current().IsKnownDead().ShouldBeFalse();

    [Fact]
    public void An_earlier_process_of_the_same_number_is_dead()
    {
        var current = ProcessIdentity.Current();

        (current with { StartTicks = current.StartTicks - 1 }).IsKnownDead().ShouldBeTrue();
    }

    [Fact]
    public void A_number_that_no_process_has_is_dead() =>
        (ProcessIdentity.Current() with { ProcessId = int.MaxValue }).IsKnownDead().ShouldBeTrue();

    [Fact]
    public void Of_another_machine_nothing_is_known() =>
        (ProcessIdentity.Current() with { Machine = "elsewhere", ProcessId = int.MaxValue }).IsKnownDead().ShouldBeFalse();
}
