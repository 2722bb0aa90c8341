using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>What a passage is found by, as texts of terms.</summary>
/// <param name="Words">Its words (<see cref="SearchTerms.WordText"/>).</param>
/// <param name="Parts">Its parts (<see cref="SearchTerms.PartText"/>).</param>
/// <param name="Headings">Words and parts of its headings and of its document's name.</param>
/// <param name="Length">How many terms all of them are.</param>
public sealed record PassageTerms(string Words, string Parts, string Headings, int Length)
{
    /// <summary>The terms of a passage.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="headings">What stands over it: headings, the name of its document.</param>
    public static PassageTerms Of(string text, IEnumerable<string> headings)
    {
        var analysed = SearchTerms.Of(text);
        var over = headings.SelectMany(static heading => SearchTerms.Of(heading).All).ToList();
        return new PassageTerms(analysed.WordText, analysed.PartText, string.Join(' ', over), analysed.Words.Count + over.Count);
    }
}

/// <summary>What ranking needs to know of everything that is searched.</summary>
/// <param name="Passages">How many passages there are.</param>
/// <param name="MeanLength">Their mean <see cref="PassageTerms.Length"/>.</param>
/// <param name="Having">How many of them have a term; prefixes with a star. Terms that none has may be missing.</param>
public sealed record CollectionStatistics(long Passages, double MeanLength, IReadOnlyDictionary<string, long> Having);

/// <summary>How well a passage fits a question.</summary>
/// <param name="Score">The higher the better; comparable for one question only.</param>
/// <param name="Coverage">How much of what is asked for is in it, 0 to 1; rare words count more.</param>
public readonly record struct PassageScore(double Score, double Coverage);

/// <summary>Ranks passages: BM25 over words, parts and headings, and more where words of the question stand together.</summary>
public sealed class PassageRanking
{
    private const double Saturation = 0.9;
    private const double LengthWeight = 0.5;
    private const double HeadingWeight = 1;
    private const double PairWeight = 0.3;
    private const int PairWindow = 5;

    /// <summary>How rare a word is in a few passages says little of how much it means; so many that do not have it are added before that is judged.</summary>
    private const int PassagesElsewhere = 1_000;

    private readonly SearchQuestion _question;
    private readonly CollectionStatistics _statistics;
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly double[] _rarities;
    private readonly double[] _meanings;
    private readonly double _asked;

    /// <summary>Prepares to rank.</summary>
    public PassageRanking(SearchQuestion question, CollectionStatistics statistics)
    {
        (_question, _statistics) = (question, statistics);
        var names = question.Terms.Select(static term => term.Term).Concat(question.Prefixes.Select(static prefix => prefix + "*")).ToList();
        for (var index = 0; index < names.Count; index++)
        {
            _indexes[names[index]] = index;
        }

        _rarities = [.. names.Select(name => RarityOf(statistics.Having.GetValueOrDefault(name), statistics.Passages))];
        _meanings = [.. names.Select(name => RarityOf(statistics.Having.GetValueOrDefault(name), statistics.Passages + PassagesElsewhere))];
        _asked = Enumerable.Range(0, names.Count).Where(IsWord).Sum(index => _meanings[index]);
    }

    /// <summary>The score of a passage; null when a phrase of the question is not in it, or nothing that is asked for.</summary>
    public PassageScore? ScoreOf(PassageTerms passage)
    {
        var counts = new double[_rarities.Length];
        var places = new List<(int Position, int Term)>();
        var end = CountIn(passage.Words, 1, counts, places, position: 0);
        CountIn(passage.Headings, HeadingWeight, counts, places, end + PairWindow + 1);
        CountIn(passage.Parts, 1, counts, places: null, position: 0);
        if (!Array.Exists(counts, static count => count > 0) || !_question.Phrases.All(phrase => HasPhrase(passage, phrase)))
        {
            return null;
        }

        var length = Saturation * (1 - LengthWeight + (LengthWeight * passage.Length / Math.Max(1, _statistics.MeanLength)));
        var (score, covered) = (PairsIn(places, length), 0.0);
        for (var index = 0; index < counts.Length; index++)
        {
            score += WeightOf(index) * _rarities[index] * counts[index] * (Saturation + 1) / (counts[index] + length);
            covered += counts[index] > 0 && IsWord(index) ? _meanings[index] : 0;
        }

        return new PassageScore(score, _asked > 0 ? covered / _asked : 0);
    }

    /// <summary>How rare a term is.</summary>
    /// <param name="having">Passages that have it.</param>
    /// <param name="all">All passages.</param>
    public static double RarityOf(long having, long all) => Math.Log(1 + ((Math.Max(all, having) - having + 0.5) / (having + 0.5)));

    private static bool HasPhrase(PassageTerms passage, ValueList<string> phrase)
    {
        var words = $" {string.Join(' ', phrase)} ";
        return $" {passage.Words} ".Contains(words, StringComparison.Ordinal) || $" {passage.Headings} ".Contains(words, StringComparison.Ordinal);
    }

    private bool IsWord(int index) => index >= _question.Terms.Count || _question.Terms[index].IsWord;

    private double WeightOf(int index) => index < _question.Terms.Count ? _question.Terms[index].Weight : 1;

    /// <summary>Counts what is asked for in a text of terms, and notes where it is. Gives the position after the last term.</summary>
    private int CountIn(string terms, double weight, double[] counts, List<(int Position, int Term)>? places, int position)
    {
        var lookup = _indexes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in terms.AsSpan().Split(' '))
        {
            var term = terms.AsSpan(range);
            if (lookup.TryGetValue(term, out var index))
            {
                counts[index] += weight;
                places?.Add((position, index));
            }

            for (var prefix = 0; prefix < _question.Prefixes.Count; prefix++)
            {
                counts[_question.Terms.Count + prefix] += term.StartsWith(_question.Prefixes[prefix], StringComparison.Ordinal) ? weight : 0;
            }

            position++;
        }

        return position;
    }

    /// <summary>What words add that follow each other in the question and stand together in the passage.</summary>
    private double PairsIn(List<(int Position, int Term)> places, double length)
    {
        var near = new Dictionary<int, double>();
        for (var at = 1; at < places.Count; at++)
        {
            for (var before = at - 1; before >= 0 && places[at].Position - places[before].Position <= PairWindow; before--)
            {
                var (first, second) = (Math.Min(places[at].Term, places[before].Term), Math.Max(places[at].Term, places[before].Term));
                if (second == first + 1 && IsWord(first) && IsWord(second))
                {
                    near[first] = near.GetValueOrDefault(first) + (1.0 / (places[at].Position - places[before].Position));
                }
            }
        }

        return near.Sum(pair => PairWeight * (_rarities[pair.Key] + _rarities[pair.Key + 1]) * pair.Value * (Saturation + 1) / (pair.Value + length));
    }
}
