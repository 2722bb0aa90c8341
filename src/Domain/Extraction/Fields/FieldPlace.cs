namespace Idp.Domain.Extraction;

/// <summary>Where a field stands first.</summary>
internal static class FieldPlace
{
    /// <summary>Boxes that share this much of the smaller one cover the same words.</summary>
    private const double SameWords = 0.5;

    /// <summary>The page of the best place; 0 for a field that stands nowhere.</summary>
    public static int Page(ExtractedField field) => field.Evidence.Count > 0 ? field.Evidence[0].Page : 0;

    /// <summary>The page of the best place; behind all pages for a field that stands nowhere.</summary>
    public static int PageOrLast(ExtractedField field) => field.Evidence.Count > 0 ? field.Evidence[0].Page : int.MaxValue;

    /// <summary>The upper edge of the best place.</summary>
    public static double Top(ExtractedField field) => field.Evidence.Count > 0 && field.Evidence[0].Boxes.Count > 0 ? field.Evidence[0].Boxes[0].Y : 0;

    /// <summary>The left edge of the best place.</summary>
    public static double Left(ExtractedField field) => field.Evidence.Count > 0 && field.Evidence[0].Boxes.Count > 0 ? field.Evidence[0].Boxes[0].X : 0;

    /// <summary>True when two places cover the same words of one page, or one covers part of the other.</summary>
    public static bool IsSame(Evidence first, Evidence second) => first.Page == second.Page
        && first.Boxes.Any(box => second.Boxes.Any(other => box.Intersection(other).Area >= SameWords * Math.Min(box.Area, other.Area)));
}
