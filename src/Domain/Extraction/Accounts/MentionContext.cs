using System.Collections.Frozen;

namespace Idp.Domain.Extraction;

/// <summary>Judges by the words around a number whether the page is about the account or only points to it.</summary>
internal static class MentionContext
{
    private const int NearWords = 4;

    private static readonly FrozenSet<string> OwnerWords = Set(
        "owner owners holder holders ownership re regarding concerning subject holding titled opened establishing statement attached pertains pertaining "
        + "relates relating belongs respect part identified designated");

    private static readonly FrozenSet<string> ReferenceWords = Set(
        "autopay autodraft transfer transfers transferred transferring drawn debit debited credited linked link related other another previous prior former "
        + "formerly old payoff refinance refinances refinanced replaces replaced replacing collateral overdraft sweep external cross cross-reference "
        + "reference-only see also wire wired proceeds disbursed secured securing guaranteed closed superseded renewed renewal funding destination source "
        + "converted consolidates pledged");

    private static readonly FrozenSet<string> NearReferenceWords = Set("from to into");

    private static readonly FrozenSet<string> HeadingWords = Set("related linked other cross-reference cross-references references also");

    /// <summary>The role of a labelled number.</summary>
    /// <param name="before">The words of the same phrase before the label, last one nearest.</param>
    /// <param name="after">The words of the same phrase after the number.</param>
    /// <param name="heading">The line above, when it is short enough to be a heading; else empty.</param>
    public static MentionRole RoleOf(IReadOnlyList<string> before, IReadOnlyList<string> after, IReadOnlyList<string> heading)
    {
        var words = before.Select(Clean).Where(word => word.Length > 0).ToList();
        var near = words.TakeLast(NearWords).ToList();
        var owns = words.Exists(OwnerWords.Contains);
        var refersNear = near.Exists(NearReferenceWords.Contains) && !owns;
        if (words.Exists(ReferenceWords.Contains) || refersNear)
        {
            return owns && !near.Exists(ReferenceWords.Contains) ? MentionRole.Owner : MentionRole.Reference;
        }

        if (owns)
        {
            return MentionRole.Owner;
        }

        var isSentence = words.Count >= 3 || after.Count(word => word.Length > 0 && char.IsLower(word[0])) >= 3;
        if (isSentence)
        {
            return MentionRole.Weak;
        }

        return heading.Select(Clean).Any(HeadingWords.Contains) ? MentionRole.Reference : MentionRole.Owner;
    }

    private static string Clean(string word) => word.Trim('.', ',', ';', ':', '(', ')', '"', '\'').ToLowerInvariant();

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
