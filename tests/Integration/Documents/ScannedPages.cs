namespace Idp.Integration.Documents;

/// <summary>Files whose pages show something and have no text.</summary>
internal static class ScannedPages
{
    /// <summary>A file of so many such pages; other numbers make other bytes.</summary>
    public static byte[] Make(int pages, int number = 1)
    {
        var builder = new PdfBuilder();
        for (var page = 1; page <= pages; page++)
        {
            builder.AddContent(Strokes(number + page));
        }

        return builder.Build();
    }

    /// <summary>What such a page draws.</summary>
    public static string Strokes(int number) => FormattableString.Invariant($"0 g 72 {300 + (number % 300)} 300 14 re f 72 {200 + (number % 90)} 150 14 re f");
}
