namespace Idp.Domain.Kernel;

/// <summary>A rectangle on an upright page, as fractions of the page's width and height; the origin is the top left corner.</summary>
/// <param name="X">Left edge, 0 to 1.</param>
/// <param name="Y">Top edge, 0 to 1.</param>
/// <param name="Width">Width, 0 to 1.</param>
/// <param name="Height">Height, 0 to 1.</param>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>The right edge.</summary>
    public double Right => X + Width;

    /// <summary>The bottom edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>The middle, from left to right.</summary>
    public double CenterX => X + (Width / 2);

    /// <summary>The middle, from top to bottom.</summary>
    public double CenterY => Y + (Height / 2);

    /// <summary>The share of the page that the box covers.</summary>
    public double Area => Width * Height;

    /// <summary>Makes a box from its edges; edges in the wrong order give an empty box, and nothing leaves the page.</summary>
    public static Box FromEdges(double left, double top, double right, double bottom)
    {
        var (x, y) = (Math.Clamp(left, 0, 1), Math.Clamp(top, 0, 1));
        return new Box(x, y, Math.Max(0, Math.Clamp(right, 0, 1) - x), Math.Max(0, Math.Clamp(bottom, 0, 1) - y));
    }

    /// <summary>The smallest box that covers both.</summary>
    public Box Union(Box other) => FromEdges(
        Math.Min(X, other.X), Math.Min(Y, other.Y), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>The smallest box that covers all; there must be at least one.</summary>
    public static Box Union(IEnumerable<Box> boxes) => boxes.Aggregate(static (all, next) => all.Union(next));

    /// <summary>What both cover; empty where they do not meet.</summary>
    public Box Intersection(Box other) => FromEdges(
        Math.Max(X, other.X), Math.Max(Y, other.Y), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>Intersection over union, 0 to 1: how well two boxes agree.</summary>
    public double OverlapRatio(Box other)
    {
        var shared = Intersection(other).Area;
        var covered = Area + other.Area - shared;
        return covered > 0 ? shared / covered : 0;
    }

    /// <summary>How much of the smaller height two boxes share vertically, 0 to 1: whether they stand on one line.</summary>
    public double VerticalOverlap(Box other) => Shared(Y, Bottom, other.Y, other.Bottom);

    /// <summary>How much of the smaller width two boxes share horizontally, 0 to 1: whether they stand in one column.</summary>
    public double HorizontalOverlap(Box other) => Shared(X, Right, other.X, other.Right);

    private static double Shared(double from, double to, double otherFrom, double otherTo)
    {
        var smaller = Math.Min(to - from, otherTo - otherFrom);
        return smaller > 0 ? Math.Max(0, Math.Min(to, otherTo) - Math.Max(from, otherFrom)) / smaller : 0;
    }
}
