using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel;

public sealed class AgeingTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_highest_priority_is_ordered_by_when_it_came() => Ageing.OrderingTime(Priority.High, Start).ShouldBe(Start);

    [Fact]
    public void Each_level_is_worth_its_wait() => Prop.ForAll(
        Gen.Elements(Enum.GetValues<Priority>()).ToArbitrary(), Gen.Elements(Enum.GetValues<Priority>()).ToArbitrary(), (high, low) =>
        {
            var headStart = ((int)low - (int)high) * Ageing.PerLevel;
            return Ageing.OrderingTime(low, Start) == Ageing.OrderingTime(high, Start + headStart);
        }).QuickCheckThrowOnFailure();
}
