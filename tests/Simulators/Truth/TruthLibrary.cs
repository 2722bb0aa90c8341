namespace Idp.Simulators.Truth;

/// <summary>All documents that the simulator knows, searchable by the text of their pages. Does not change.</summary>
internal sealed class TruthLibrary
{
    /// <summary>The share of the smaller page's weight that two pages must have in common to be one.</summary>
    private const double LeastOverlap = 0.45;

    /// <summary>The share of the true page's weight from which on the message has the whole page, not a part of it.</summary>
    private const double WholePage = 0.6;

    /// <summary>How much it speaks for a document that it has an account of the message, in pages.</summary>
    private const double AccountBonus = 1;

    /// <summary>No truth at all.</summary>
    public static readonly TruthLibrary Empty = new([]);

    private readonly IReadOnlyList<IndexedPage> _pages;
    private readonly Dictionary<string, List<int>> _pagesOfWord = new(StringComparer.Ordinal);

    /// <summary>Indexes documents.</summary>
    public TruthLibrary(IEnumerable<TruthDocument> documents)
    {
        Documents = [.. documents.Select(TruthCompletion.Complete)];
        _pages = [.. Documents.SelectMany(static document => document.Pages.Select(page => new IndexedPage(document, page, TruthCompletion.WordsOf(document, page))))];
        for (var index = 0; index < _pages.Count; index++)
        {
            foreach (var word in _pages[index].Words)
            {
                if (!_pagesOfWord.TryGetValue(word, out var holders))
                {
                    _pagesOfWord.Add(word, holders = []);
                }

                holders.Add(index);
            }
        }

        foreach (var page in _pages)
        {
            page.Weight = page.Words.Sum(WeightOf);
        }
    }

    /// <summary>What is known.</summary>
    public IReadOnlyList<TruthDocument> Documents { get; }

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => Documents.Count == 0;

    /// <summary>Finds the document that these pages are of, and which of its pages each is.</summary>
    /// <param name="pages">The texts of the pages in the message.</param>
    /// <param name="frame">The rest of the message, which may name the account.</param>
    /// <returns>The document, and for each page of the message its true page; null where none is known.</returns>
    public (TruthDocument? Document, IReadOnlyList<PageMatch?> Pages) Find(IReadOnlyList<FoldedText> pages, FoldedText frame)
    {
        var likenesses = pages.Select(Likenesses).ToList();
        var best = likenesses.SelectMany(static page => page.GroupBy(match => match.Document).Select(static group => (group.Key, Score: group.Max(static match => match.Likeness))))
            .GroupBy(static entry => entry.Key)
            .Select(group => (Document: group.Key, Score: group.Sum(static entry => entry.Score) + (TruthCompletion.HasAccountIn(group.Key, frame) ? AccountBonus : 0)))
            .OrderByDescending(static entry => entry.Score)
            .FirstOrDefault();
        return best.Document is null
            ? (null, [.. pages.Select(static _ => (PageMatch?)null)])
            : (best.Document, [.. likenesses.Select(page => page.Where(match => match.Document == best.Document).MaxBy(static match => match.Likeness))]);
    }

    private List<PageMatch> Likenesses(FoldedText text)
    {
        var shared = new Dictionary<int, double>();
        var weight = 0.0;
        foreach (var word in text.Words)
        {
            if (_pagesOfWord.TryGetValue(word, out var holders))
            {
                var wordWeight = WeightOf(word);
                weight += wordWeight;
                foreach (var index in holders)
                {
                    shared[index] = shared.GetValueOrDefault(index) + wordWeight;
                }
            }
        }

        return [.. shared.Where(entry => entry.Value >= LeastOverlap * Math.Min(weight, _pages[entry.Key].Weight)).Select(entry =>
        {
            var page = _pages[entry.Key];
            return new PageMatch(page.Document, page.Page, entry.Value / Math.Sqrt(weight * page.Weight), entry.Value >= WholePage * page.Weight);
        })];
    }

    /// <summary>Rare words say more.</summary>
    private double WeightOf(string word) => Math.Log(1 + ((double)_pages.Count / _pagesOfWord[word].Count));

    private sealed record IndexedPage(TruthDocument Document, TruthPage Page, IReadOnlySet<string> Words)
    {
        public double Weight { get; set; }
    }
}

/// <summary>A page of a message, recognised.</summary>
/// <param name="Document">The document.</param>
/// <param name="Page">The true page.</param>
/// <param name="Likeness">0 to 1.</param>
/// <param name="IsWhole">Whether the message has the whole page, not a part of it.</param>
internal sealed record PageMatch(TruthDocument Document, TruthPage Page, double Likeness, bool IsWhole);
