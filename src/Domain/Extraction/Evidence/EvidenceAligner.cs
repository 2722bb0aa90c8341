using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A place on a page that shows a value.</summary>
/// <param name="Evidence">Page, printed words and boxes.</param>
/// <param name="Similarity">How well the words agree with the value, 0 to 1; 1 is to the letter.</param>
/// <param name="WordConfidence">The confidence of the least sure word.</param>
public sealed record EvidenceMatch(Evidence Evidence, double Similarity, Confidence WordConfidence);

/// <summary>Finds where values stand on pages: for values that come without boxes, such as a model's. Never makes up a place.</summary>
public sealed class EvidenceAligner
{
    /// <summary>Texts shorter than this must stand as whole words; they are part of too many others.</summary>
    private const int ShortestWithinWord = 6;

    /// <summary>Texts shorter than this are not searched with tolerance.</summary>
    private const int ShortestTolerant = 5;

    private readonly List<PageText> _texts;

    private EvidenceAligner(List<PageText> texts) => _texts = texts;

    /// <summary>Prepares pages for searching.</summary>
    /// <param name="pages">The pages on which values may stand.</param>
    public static EvidenceAligner For(IReadOnlyList<Page> pages) => new([.. pages.Where(page => page.Words.Count > 0).Select(TextOf)]);

    /// <summary>
    /// All places that show a value, the best first: by how well they agree, then the page that was named, then page order.
    /// </summary>
    /// <param name="type">The value's type.</param>
    /// <param name="value">The normalised value.</param>
    /// <param name="quote">How it is said to be printed; null when nobody said.</param>
    /// <param name="page">The page on which it is said to stand; null when nobody said. Other pages are searched too.</param>
    /// <returns>Empty when no page shows the value.</returns>
    public IReadOnlyList<EvidenceMatch> Find(FieldType type, string value, string? quote = null, int? page = null)
    {
        var matches = _texts.SelectMany(text => FindOn(text, type, value, quote)).ToList();
        return matches
            .OrderByDescending(match => Math.Round(match.Similarity, 2))
            .ThenByDescending(match => match.Evidence.Page == page)
            .ThenBy(match => match.Evidence.Page)
            .ThenBy(match => match.Evidence.Boxes[0].Y)
            .ThenBy(match => match.Evidence.Boxes[0].X)
            .ToList();
    }

    private static PageText TextOf(Page page) =>
        PageText.Of(page, [.. PageLayout.LinesOf(page).SelectMany(line => line.Whole.Words)]);

    private static List<EvidenceMatch> FindOn(PageText text, FieldType type, string value, string? quote)
    {
        // The quote must itself be the value: a model may quote a whole sentence, or the wrong one.
        string[] wanted = quote is not null && (ValueNormalizer.Normalize(type, quote) == value || !HasOwnForm(type))
            ? [quote, value] : [value];
        foreach (var target in wanted.Select(PageText.Letters).Where(target => target.Length > 0).Distinct())
        {
            var exact = Exact(text, target).Where(match => !PrintsAnother(type, match, value)).ToList();
            if (exact.Count > 0)
            {
                return exact;
            }
        }

        var typed = HasOwnForm(type) ? TypedValueSearch.Find(text, type, value).Select(words => MatchOf(text, words, 1)).ToList() : [];
        if (typed.Count > 0)
        {
            return typed;
        }

        var inParts = wanted.Select(target => InParts(text, target)).FirstOrDefault(match => match is not null);
        return inParts is not null ? [inParts] : wanted.Select(PageText.Letters)
            .Select(target => Tolerant(text, target).FindAll(match => !PrintsAnother(type, match, value)))
            .FirstOrDefault(found => found.Count > 0) ?? [];
    }

    /// <summary>True for words that are a value of the type, but not this one: 500 has the digits of 5.00, and 1,118.17 nearly those of 1,118.11.</summary>
    private static bool PrintsAnother(FieldType type, EvidenceMatch match, string value) =>
        HasOwnForm(type) && ValueNormalizer.Normalize(type, match.Evidence.Quote) is { } printed && !TypedValueSearch.IsSame(type, printed, value);

    private static bool HasOwnForm(FieldType type) =>
        type is FieldType.Date or FieldType.Period or FieldType.Money or FieldType.Percent or FieldType.Phone or FieldType.SsnLast4;

    private static IEnumerable<EvidenceMatch> Exact(PageText text, string target)
    {
        for (var at = text.Exact.IndexOf(target, StringComparison.Ordinal); at >= 0; at = text.Exact.IndexOf(target, at + 1, StringComparison.Ordinal))
        {
            if (text.IsWholeWords(at, target.Length))
            {
                yield return MatchOf(text, text.WordsOf(at, target.Length), 1);
            }
            else if (target.Length >= ShortestWithinWord && text.WordsOf(at, target.Length).Count <= 1 + (target.Length / 3))
            {
                yield return MatchOf(text, text.WordsOf(at, target.Length), 0.9);
            }
        }
    }

    /// <summary>A value of several lines beside which other columns stand: each part by itself, the parts close together.</summary>
    private static EvidenceMatch? InParts(PageText text, string target)
    {
        var parts = target.Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(PageText.Letters).Where(part => part.Length > 1).ToList();
        if (parts.Count < 2)
        {
            return null;
        }

        foreach (var first in Exact(text, parts[0]).Concat(Tolerant(text, parts[0])))
        {
            var found = new List<EvidenceMatch> { first };
            foreach (var part in parts.Skip(1))
            {
                var last = found[^1].Evidence.Boxes[^1];
                var next = Exact(text, part).Concat(Tolerant(text, part))
                    .Where(match => match.Evidence.Boxes[0].Y >= last.Y - (0.5 * last.Height)
                        && match.Evidence.Boxes[0].Y - last.Bottom < 3 * last.Height)
                    .OrderByDescending(match => match.Similarity)
                        .ThenBy(match => Math.Abs(match.Evidence.Boxes[0].Y - last.Y) + (0.1 * Math.Abs(match.Evidence.Boxes[0].X - last.X)))
                    .FirstOrDefault();
                if (next is null)
                {
                    break;
                }

                found.Add(next);
            }

            if (found.Count == parts.Count)
            {
                return Join(found);
            }
        }

        return null;
    }

    private static EvidenceMatch Join(List<EvidenceMatch> parts)
    {
        var boxes = new List<Box>();
        foreach (var box in parts.SelectMany(part => part.Evidence.Boxes))
        {
            if (boxes.Count > 0 && boxes[^1].VerticalOverlap(box) > 0.5)
            {
                boxes[^1] = boxes[^1].Union(box);
            }
            else
            {
                boxes.Add(box);
            }
        }

        return new EvidenceMatch(
            new Evidence(parts[0].Evidence.Page, string.Join(' ', parts.Select(part => part.Evidence.Quote)), boxes.ToValueList()),
            parts.Min(part => part.Similarity),
            parts.Min(part => part.WordConfidence));
    }

    /// <summary>The best stretches that differ by recognition slips only: look-alikes freely, other characters one in seven.</summary>
    private static List<EvidenceMatch> Tolerant(PageText text, string target)
    {
        if (target.Length < ShortestTolerant)
        {
            return [];
        }

        var folded = PageText.Fold(target);
        var allowed = target.Length / 7;
        var matches = new List<EvidenceMatch>();
        var from = 0;
        while (ApproximateSearch.Next(text.Folded, folded, allowed, from) is { } hit)
        {
            from = hit.Start + hit.Length;
            if (text.IsWholeWords(hit.Start, hit.Length))
            {
                matches.Add(MatchOf(text, text.WordsOf(hit.Start, hit.Length), 0.95 - (0.8 * hit.Distance / target.Length)));
            }
        }

        return matches;
    }

    private static EvidenceMatch MatchOf(PageText text, IReadOnlyList<Word> words, double similarity)
    {
        var boxes = new List<Box>();
        foreach (var word in words)
        {
            if (boxes.Count > 0 && boxes[^1].VerticalOverlap(word.Box) > 0.3)
            {
                boxes[^1] = boxes[^1].Union(word.Box);
            }
            else
            {
                boxes.Add(word.Box);
            }
        }

        return new EvidenceMatch(
            new Evidence(text.Page.Number, string.Join(' ', words.Select(word => word.Text)), boxes.ToValueList()),
            similarity,
            words.Min(word => word.Confidence));
    }
}
