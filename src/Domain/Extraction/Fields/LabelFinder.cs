using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A label of the schema, found on a page.</summary>
/// <param name="Label">The label.</param>
/// <param name="Segment">Where it stands.</param>
/// <param name="Start">Its first word in the segment.</param>
/// <param name="End">The word after its last.</param>
/// <param name="Similarity">How well the printed words agree with the label, 0 to 1.</param>
/// <param name="InProse">True when it stands within running text.</param>
/// <param name="IsLoose">True when other words follow at once, so that it may be part of a longer, unknown label.</param>
internal sealed record LabelMatch(Label Label, Segment Segment, int Start, int End, double Similarity, bool InProse, bool IsLoose)
{
    /// <summary>What its words cover.</summary>
    public Box Box { get; } = Box.Union(Segment.Words.Skip(Start).Take(End - Start).Select(word => word.Box));

    /// <summary>True when the segment holds nothing else.</summary>
    public bool IsWhole => Start == 0 && End == Segment.Words.Count;

    /// <summary>True when a colon closes it.</summary>
    public bool HasColon => Segment.Words[End - 1].Text.EndsWith(':')
        || (End < Segment.Words.Count && Segment.Words[End].Text is ":");
}

/// <summary>Finds the labels of a schema on a page.</summary>
internal static partial class LabelFinder
{
    /// <summary>Words that may follow a label without being part of it: <c>balance as of 04/04/2022</c>.</summary>
    private static readonly HashSet<string> Qualifiers = new(StringComparer.OrdinalIgnoreCase) { "as", "on", "at", "through", "is", "was" };

    /// <summary>All labels, in the order of the segments.</summary>
    public static IReadOnlyList<LabelMatch> Find(LabelBook book, PageView view)
    {
        var tolerant = view.Page.Source is PageSource.Ocr;
        var rows = view.Segments.GroupBy(segment => segment.Line).Where(line => IsRowStart(line.First())).Select(line => line.Key)
            .ToHashSet();
        return view.Segments.Where(segment => !rows.Contains(segment.Line)).SelectMany(segment => FindIn(book, segment, tolerant)).ToList();
    }

    /// <summary>True for the date in front of a row of transactions: the words of such a row are no labels.</summary>
    private static bool IsRowStart(Segment segment) =>
        RowDate().IsMatch(segment.Words[0].Text)
            || (segment.Words.Count <= 2 && RowDate().IsMatch(segment.Words[^1].Text) && char.IsAsciiDigit(segment.Words[0].Text[0]));

    [GeneratedRegex(@"^[0-9O]{1,2}[/-](?:[0-9O]{1,2}|[A-Za-z]{3})(?:[/-][0-9]{2,4})?$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.None, 250)]
    private static partial Regex RowDate();

    private static List<LabelMatch> FindIn(LabelBook book, Segment segment, bool tolerant)
    {
        var found = new List<LabelMatch>();
        var tokens = LabelBook.TokensOf(segment.Words);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (at > 0 && tokens[at].Word == tokens[at - 1].Word)
            {
                continue;
            }

            if (book.Longest(tokens, at, tolerant) is not { } longest)
            {
                continue;
            }

            var (label, length, similarity) = longest;
            var (start, end) = (tokens[at].Word, tokens[at + length - 1].Word + 1);
            var cutsWord = at + length < tokens.Count && tokens[at + length].Word == end - 1;
            var afterLabel = found.Count > 0 && found[^1].End == start;
            if (cutsWord || (!segment.IsProse && ContinuesSentence(segment, start, end)) || (segment.IsProse && label.Tokens.Count < 2)
                || (!segment.IsProse && !afterLabel && !StartsHere(segment, start)))
            {
                continue;
            }

            found.Add(new LabelMatch(label, segment, start, end, similarity, segment.IsProse, IsLoose(segment, end)));
            at += length - 1;
        }

        return found;
    }

    /// <summary>True for the wrapped end of a sentence: <c>rate.</c> under <c>The cost of your credit as a yearly</c>.</summary>
    private static bool ContinuesSentence(Segment segment, int start, int end)
    {
        var last = segment.Words[end - 1].Text;
        return char.IsLower(segment.Words[start].Text[0]) && last[^1] != ':' && (end - start == 1 || (last[^1] == '.' && last.Length > 3));
    }

    /// <summary>
    /// A label starts a segment, or follows a value, a colon or a check box; after another word it is the tail of a longer label.
    /// </summary>
    private static bool StartsHere(Segment segment, int start)
    {
        if (start == 0)
        {
            return true;
        }

        var before = segment.Words[start - 1].Text;
        return before.Any(char.IsAsciiDigit) || before[^1] is ':' or '|' or ';' or '?' or '.' || !before.Any(char.IsLetter)
            || (start == 1 && (before.Length <= 2 || before.Equals("Your", StringComparison.OrdinalIgnoreCase)
                || before.Equals("The", StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsLoose(Segment segment, int end)
    {
        if (end == segment.Words.Count || segment.Words[end - 1].Text[^1] is ':' or '#' or '$' or '?')
        {
            return false;
        }

        var next = segment.Words[end].Text;
        return char.IsLetter(next[0]) && !next.Any(char.IsAsciiDigit) && !Qualifiers.Contains(next);
    }
}
