namespace Idp.Domain.Extraction;

/// <summary>Some neighbouring lines of a page.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="FirstLine">The first of them, counted from 0 at the top of the page.</param>
/// <param name="LineCount">How many they are.</param>
public sealed record PageBand(int Page, int FirstLine, int LineCount);
