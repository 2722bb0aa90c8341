using System.Text.RegularExpressions;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>What a piece of a table line looks like.</summary>
internal enum LineItemKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A day, with or without its year.</summary>
    Date,

    /// <summary>A whole number: a row number, a check number, an amount in whole units.</summary>
    Number,

    /// <summary>An amount with decimals.</summary>
    Amount,
}

/// <summary>A piece of a table line that stands in one cell.</summary>
/// <param name="Kind">What it looks like.</param>
/// <param name="Text">Its words.</param>
/// <param name="Words">Where they stand, as the page has them once straightened.</param>
/// <param name="Box">What they cover.</param>
internal sealed partial record LineItem(LineItemKind Kind, string Text, IReadOnlyList<Word> Words, Box Box)
{
    private const int LongestDate = 3;

    /// <summary>Words closer than this many of their heights belong to one piece of text.</summary>
    private const double TextGap = 1.1;

    /// <summary>Cuts a line into its pieces, from left to right.</summary>
    /// <param name="line">The line.</param>
    /// <param name="aspect">Height of the page through its width.</param>
    public static IReadOnlyList<LineItem> Of(TextLine line, double aspect)
    {
        var words = line.Whole.Words;
        var items = new List<LineItem>();
        for (var at = 0; at < words.Count;)
        {
            var (kind, length) = KindAt(words, at, aspect, items.Count);
            var part = words.Skip(at).Take(length).ToList();
            var last = items.Count > 0 ? items[^1] : null;
            var joins = kind is LineItemKind.Text or LineItemKind.Number && last is { Kind: LineItemKind.Text } && Gap(last.Words[^1], part[0], aspect) < TextGap;
            if (joins)
            {
                items[^1] = Make(LineItemKind.Text, [.. last!.Words, .. part]);
            }
            else if (kind is LineItemKind.Text && last is { Kind: LineItemKind.Number } && items.Count > 1 && Gap(last.Words[^1], part[0], aspect) < TextGap)
            {
                items[^1] = Make(LineItemKind.Text, [.. last.Words, .. part]);
            }
            else
            {
                items.Add(Make(kind, part));
            }

            at += length;
        }

        return items;
    }

    /// <summary>True for a text that looks like a day, with or without a year, even if recognition spoilt its separators.</summary>
    public static bool LooksLikeDate(string text) => DateText().IsMatch(Clean(text));

    /// <summary>A text without the specks that recognition adds at either end.</summary>
    public static string Clean(string text) => Specks().Replace(text, string.Empty);

    private static LineItem Make(LineItemKind kind, IReadOnlyList<Word> words) =>
        new(kind, string.Join(' ', words.Select(word => word.Text)), words, Box.Union(words.Select(word => word.Box)));

    private static (LineItemKind Kind, int Length) KindAt(ValueList<Word> words, int at, double aspect, int place)
    {
        // "12.05" and "12 05" are days at the beginning of a line and amounts anywhere else, unless a year follows.
        var year = Math.Min(words.Count, at + LongestDate) - at;
        if (place > 0 && AmountAt(words, at, aspect) is { } early
            && !SpacedDate().IsMatch(string.Join(' ', words.Skip(at).Take(year).Select(word => word.Text))))
        {
            return (LineItemKind.Amount, early);
        }

        for (var length = Math.Min(LongestDate, words.Count - at); length >= 1; length--)
        {
            var text = string.Join(' ', words.Skip(at).Take(length).Select(word => word.Text));
            var isClose = length is 1 || Enumerable.Range(at, length - 1).All(index => Gap(words[index], words[index + 1], aspect) < TextGap);
            if (isClose && LooksLikeDate(text) && (length is 1 || place <= 1 || !char.IsAsciiDigit(text[0])))
            {
                return (LineItemKind.Date, length);
            }
        }

        return AmountAt(words, at, aspect) is { } amount ? (LineItemKind.Amount, amount)
            : (WholeNumber().IsMatch(words[at].Text) ? LineItemKind.Number : LineItemKind.Text, 1);
    }

    /// <summary>How many words an amount takes that begins here; null when none does.</summary>
    private static int? AmountAt(ValueList<Word> words, int at, double aspect)
    {
        var word = Clean(words[at].Text);
        var next = at + 1 < words.Count && Gap(words[at], words[at + 1], aspect) < TextGap ? Clean(words[at + 1].Text) : null;
        if (AmountText().IsMatch(word))
        {
            // "1,118.11 CR" and "$ 1,118.11" come as two words.
            return next is not null && Sign().IsMatch(next) ? 2 : 1;
        }

        return next is not null && ((Currency().IsMatch(word) && AmountText().IsMatch(next)) || SplitAmount().IsMatch(word + " " + next)) ? 2 : null;
    }

    private static double Gap(Word left, Word right, double aspect)
    {
        var height = Math.Max(left.Box.Height, right.Box.Height) * aspect;
        return height > 0 ? (right.Box.X - left.Box.Right) / height : 0;
    }

    [GeneratedRegex(
        @"^(?:[0-9]{2} [0-9]{2} (?:19|20)[0-9]{2}|[0-9OolISBZ]{1,2}[-/.:'°,][0-9OolISBZ]{1,2}(?:[-/.:'°, ]+[0-9OolISBZ]{2,4})?|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|(?:[0-9]{1,2}[- ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?[- ]?[0-9]{1,2}(?:,? ?[0-9]{4})?|[0-9]{1,2}[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?(?:[-, ]+[0-9]{2,4})?)$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex DateText();

    [GeneratedRegex(
        @"^[(+-]?[$€£S]?[(+-]?(?:[0-9OolISB]{1,3}(?:[.,'][0-9OolISB]{3})+|[0-9OolISB]{1,9})?[.,][0-9OolISB]{2}(?:[)\]-]|cr|dr)?[,.]?$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AmountText();

    [GeneratedRegex(@"^[0-9]{2} [0-9]{2} (?:19|20)[0-9]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex SpacedDate();

    /// <summary>An amount whose decimal point recognition took for a space.</summary>
    [GeneratedRegex(@"^-?\$?(?:[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,3}),? [0-9]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex SplitAmount();

    [GeneratedRegex(@"^[(+-]?[$€£]?[(+-]?[0-9]{1,3}(?:,?[0-9]{3})*[)-]?$", RegexOptions.NonBacktracking)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^(?:[-+]?[$€£]|USD|EUR|GBP)$", RegexOptions.NonBacktracking)]
    private static partial Regex Currency();

    [GeneratedRegex(@"^(?:[“”‘’""'`~_—|:;°«»=!]|-(?=[-—_]))+|[“”‘’""'`~_—|:;«»=]+$")]
    private static partial Regex Specks();

    [GeneratedRegex(@"^(?:CR|DR|-|\))$", RegexOptions.NonBacktracking)]
    private static partial Regex Sign();
}
