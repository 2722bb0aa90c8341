using System.Text.Json;
using Idp.Domain.Extraction;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Compares where one account ends and the next begins. Pages that the ground truth does not score are left out on both sides.</summary>
internal static class BoundaryScoring
{
    /// <summary>Boundaries that the truth has, that were found, and that agree.</summary>
    public static Tally Score(JsonDocument truth, PageMap map)
    {
        var scored = truth.RootElement.GetProperty("pages").EnumerateArray().Where(static page => page.GetProperty("scored").GetBoolean()).ToList();
        var expected = Boundaries([.. scored.Select(static page => Key(page.GetProperty("account").GetString()))]);
        var found = Boundaries([.. scored.Select(page => Key(OwnerOf(map, page.GetProperty("page").GetInt32())))]);
        return new Tally(expected.Count, found.Count, expected.Intersect(found).Count());
    }

    private static string? OwnerOf(PageMap map, int page) => map.Accounts.FirstOrDefault(account => account.Pages.Contains(page))?.AccountNumber;

    private static HashSet<int> Boundaries(IReadOnlyList<string> owners) =>
        [.. Enumerable.Range(1, Math.Max(0, owners.Count - 1)).Where(index => owners[index] != owners[index - 1])];

    private static string Key(string? number) => string.Concat((number ?? string.Empty).Where(char.IsLetterOrDigit));
}
