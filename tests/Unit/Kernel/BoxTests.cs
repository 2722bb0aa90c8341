using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;

namespace Idp.Unit.Kernel;

public sealed class BoxTests
{
    private const double Tolerance = 1e-9;

    private static readonly Gen<Box> Drawn =
        from edges in Gen.Choose(0, 1000).ArrayOf(4)
        let x = edges.Take(2).Order().ToList()
        let y = edges.Skip(2).Order().ToList()
        select Box.FromEdges(x[0] / 1000d, y[0] / 1000d, x[1] / 1000d, y[1] / 1000d);

    private static readonly Arbitrary<Box> Boxes = Drawn.ToArbitrary();

    [Fact]
    public void Edges_are_kept() => Prop.ForAll(Boxes, box =>
        Near(Box.FromEdges(box.X, box.Y, box.Right, box.Bottom), box)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_box_leaves_the_page() => Prop.ForAll(
        ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<NormalFloat>(), (left, top, right) =>
        {
            var box = Box.FromEdges(left.Get, top.Get, right.Get, -right.Get);
            return box.X is >= 0 and <= 1 && box.Y is >= 0 and <= 1 && box.Width >= 0 && box.Height >= 0
                && box.Right <= 1 + Tolerance && box.Bottom <= 1 + Tolerance;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Edges_in_the_wrong_order_give_an_empty_box() => Box.FromEdges(0.8, 0.8, 0.2, 0.2).Area.ShouldBe(0);

    [Fact]
    public void A_union_covers_both_and_the_order_does_not_matter() => Prop.ForAll(Boxes, Boxes, (one, other) =>
        one.Union(other) == other.Union(one) && Covers(one.Union(other), one) && Covers(one.Union(other), other)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_intersection_is_covered_by_both_and_the_order_does_not_matter() => Prop.ForAll(Boxes, Boxes, (one, other) =>
    {
        var shared = one.Intersection(other);
        return shared == other.Intersection(one) && (shared.Area == 0 || (Covers(one, shared) && Covers(other, shared)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_union_of_many_covers_each() => Prop.ForAll(Drawn.NonEmptyListOf().ToArbitrary(), boxes =>
        boxes.All(box => Covers(Box.Union(boxes), box))).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlaps_are_fractions_and_the_same_from_both_sides() => Prop.ForAll(Boxes, Boxes, (one, other) =>
        IsFraction(one.OverlapRatio(other)) && IsFraction(one.VerticalOverlap(other)) && IsFraction(one.HorizontalOverlap(other))
        && Near(one.OverlapRatio(other), other.OverlapRatio(one))
        && Near(one.VerticalOverlap(other), other.VerticalOverlap(one))
        && Near(one.HorizontalOverlap(other), other.HorizontalOverlap(one))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_box_agrees_with_itself_fully() => Prop.ForAll(Boxes, box =>
        box.Area == 0 || (Near(box.OverlapRatio(box), 1) && Near(box.VerticalOverlap(box), 1) && Near(box.HorizontalOverlap(box), 1)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Boxes_apart_do_not_overlap() => new Box(0.1, 0.1, 0.2, 0.2).OverlapRatio(new Box(0.5, 0.5, 0.2, 0.2)).ShouldBe(0);

    [Fact]
    public void A_small_box_on_the_line_of_a_large_one_overlaps_it_fully() =>
        new Box(0.1, 0.1, 0.1, 0.10).VerticalOverlap(new Box(0.5, 0.12, 0.1, 0.02)).ShouldBe(1, Tolerance);

    private static bool Covers(Box outer, Box inner) =>
        outer.X <= inner.X + Tolerance && outer.Y <= inner.Y + Tolerance
        && outer.Right >= inner.Right - Tolerance && outer.Bottom >= inner.Bottom - Tolerance;

    private static bool IsFraction(double value) => value is >= 0 and <= 1 + Tolerance;

    private static bool Near(double one, double other) => Math.Abs(one - other) < Tolerance;

    private static bool Near(Box one, Box other) =>
        Near(one.X, other.X) && Near(one.Y, other.Y) && Near(one.Width, other.Width) && Near(one.Height, other.Height);
}
