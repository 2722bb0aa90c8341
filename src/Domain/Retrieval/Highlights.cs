using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;

namespace Idp.Domain.Retrieval;

/// <summary>A part of a chunk that answers a question, with its place on the page.</summary>
/// <param name="Start">Where it begins in the chunk's text.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Quote">The part itself.</param>
/// <param name="Places">The printed lines that it is in; none for a text that was never printed.</param>
public sealed record Highlight(int Start, int Length, string Quote, ValueList<TextPlace> Places);

/// <summary>Finds in a chunk what a question asked for.</summary>
public static class Highlights
{
    private const int Most = 40;

    /// <summary>The words that were asked for, neighbours as one.</summary>
    public static ValueList<Highlight> Of(Chunk chunk, SearchQuestion question)
    {
        var wanted = question.Terms.Select(static term => term.Term).ToHashSet(StringComparer.Ordinal);
        var analysed = SearchTerms.Of(chunk.Text);
        var found = analysed.Words.Concat(analysed.Parts)
            .Where(word => wanted.Contains(word.Term) || question.Prefixes.Any(prefix => word.Term.StartsWith(prefix, StringComparison.Ordinal)))
            .OrderBy(static word => word.Start).ToList();
        var spans = new List<TextSpan>();
        foreach (var word in found)
        {
            if (spans.Count > 0 && (word.Start <= spans[^1].End || chunk.Text.AsSpan(spans[^1].End, word.Start - spans[^1].End) is " "))
            {
                spans[^1] = new TextSpan(spans[^1].Start, Math.Max(spans[^1].End, word.End) - spans[^1].Start);
            }
            else
            {
                spans.Add(new TextSpan(word.Start, word.Length));
            }
        }

        return spans.Take(Most).Select(span => At(chunk, span)).ToValueList();
    }

    /// <summary>A part of a chunk.</summary>
    public static Highlight At(Chunk chunk, TextSpan span) =>
        new(span.Start, span.Length, span.In(chunk.Text), chunk.Places.Where(place => place.Start < span.End && place.End > span.Start).ToValueList());
}
