using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;

namespace Idp.Unit.Kernel;

public sealed class ConfidenceTests
{
    [Fact]
    public void Whatever_is_given_a_confidence_is_a_probability() => Prop.ForAll<double>(value =>
        new Confidence(value).Value is >= 0 and <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void Not_a_number_is_no_trust() => new Confidence(double.NaN).ShouldBe(Confidence.None);

    [Fact]
    public void Comparisons_follow_the_probability() => Prop.ForAll<double, double>((one, other) =>
    {
        var (left, right) = (new Confidence(one), new Confidence(other));
        return (left < right) == (left.Value < right.Value)
            && (left > right) == (left.Value > right.Value)
            && (left <= right) == !(left > right)
            && (left >= right) == !(left < right)
            && Math.Sign(left.CompareTo(right)) == Math.Sign(left.Value.CompareTo(right.Value));
    }).QuickCheckThrowOnFailure();
}
