using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Idp.Simulators.Recognition;

/// <summary>The options of one submission, as query parameters say them.</summary>
/// <param name="Mode">How thorough.</param>
/// <param name="PagesToExtract">Such as <c>1-5,7,21-</c>; empty for all.</param>
/// <param name="Separator">What ends a page.</param>
/// <param name="AddLineNumbers">Whether lines begin with their number.</param>
internal sealed record WhisperRequest(string Mode, string PagesToExtract, string Separator, bool AddLineNumbers)
{
    private static readonly string[] Modes = ["native_text", "low_cost", "high_quality", "form", "table"];

    /// <summary>What is wrong with it; null for nothing.</summary>
    public string? Fault => Modes.Contains(Mode, StringComparer.Ordinal)
        ? PagesToExtract.Length > 0 && Ranges(PagesToExtract) is null ? "Invalid value for pages_to_extract" : null
        : "Invalid value for mode";

    /// <summary>Reads a query.</summary>
    public static WhisperRequest Of(IQueryCollection query) => new(
        First(query, "mode", "form"), First(query, "pages_to_extract", string.Empty),
        First(query, "page_separator", First(query, "page_seperator", "<<<")), First(query, "add_line_nos", "false").Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>The pages that are meant, of a file of so many.</summary>
    public IReadOnlyList<int> PagesOf(int count)
    {
        var all = Enumerable.Range(1, count);
        return PagesToExtract.Length == 0 ? [.. all] : [.. all.Where(page => Ranges(PagesToExtract)!.Any(range => page >= range.First && page <= range.Last))];
    }

    /// <summary>Reads <c>1-5,7,21-</c>; null for anything else.</summary>
    public static IReadOnlyList<(int First, int Last)>? Ranges(string text)
    {
        var ranges = new List<(int, int)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || Number(ends[0]) is not { } first || (ends is [_, { Length: > 0 } text2] && Number(text2) is null))
            {
                return null;
            }

            ranges.Add((first, ends.Length == 1 ? first : Number(ends[1]) ?? int.MaxValue));
        }

        return ranges;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static string First(IQueryCollection query, string name, string otherwise) => query.TryGetValue(name, out var values) && values is [{ Length: > 0 } value, ..] ? value : otherwise;
}
