using System.Text.RegularExpressions;
using Idp.Application.Kernel.Ai;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Text;
using Idp.Domain.Research;

namespace Idp.Infrastructure.Research.OfflineCorpus;

/// <summary>
/// Searches a folder of pages as the web is searched: by the words of the question (BM25). A page that has not what stands between quotation marks is not relevant. Free, and the same
/// each time.
/// </summary>
internal sealed partial class OfflineCorpusSearch(WebSearchOptions options) : IWebSearch, IDisposable
{
    /// <summary>The best page without the quoted words stays below what rubrics take for relevant; the worst with them reaches it.</summary>
    private const double LeastWithQuoted = 0.4;

    private const double MostWithoutQuoted = 0.39;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private List<IndexedPage>? _pages;

    /// <inheritdoc />
    public ModelIdentity Identity { get; } = new(ModelIdentity.Offline.Provider, "corpus", string.Empty);

    /// <inheritdoc />
    public async Task<Result<WebAnswer>> SearchAsync(WebQuestion question, CallContext context, CancellationToken ct)
    {
        var read = await PagesAsync(ct);
        return read.IsSuccess ? Search(read.Value, question) : read.Error;
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private static WebAnswer Search(List<IndexedPage> pages, WebQuestion question)
    {
        var weights = TextWords.TermsOf(question.Text).Where(static term => !TextWords.IsStopTerm(term)).Distinct(StringComparer.Ordinal)
            .ToDictionary(static term => term, static _ => 1.0, StringComparer.Ordinal);
        var scores = Bm25.Scores([.. pages.Select(static page => page.Terms)], weights);
        var best = scores.DefaultIfEmpty(0).Max();
        var quoted = Quoted().Matches(question.Text).Select(static match => CompanyMention.Of(match.Groups["words"].Value)).ToList();
        return new WebAnswer(
            pages.Select((page, index) => page.Page.ToSource(RelevanceOf(page, scores[index] / Math.Max(best, double.Epsilon), quoted)))
                .Where(static source => source.Relevance > 0)
                .OrderByDescending(static source => source.Relevance).ThenBy(static source => source.Url, StringComparer.Ordinal)
                .Take(question.MaximumResults).ToValueList(),
            Credits: 0);
    }

    private static double RelevanceOf(IndexedPage page, double share, List<CompanyMention> quoted) =>
        quoted.TrueForAll(page.Names) ? LeastWithQuoted + ((1 - LeastWithQuoted) * share) : MostWithoutQuoted * share;

    private async Task<Result<List<IndexedPage>>> PagesAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _pages) is { } known)
        {
            return known;
        }

        await _reading.WaitAsync(ct);
        try
        {
            if (_pages is null)
            {
                var read = await ReadAsync(ct);
                if (!read.IsSuccess)
                {
                    return read.Error;
                }

                Volatile.Write(ref _pages, read.Value);
            }

            return _pages;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Result<List<IndexedPage>>> ReadAsync(CancellationToken ct)
    {
        if (!Directory.Exists(options.Corpus))
        {
            return WebSearchErrors.CorpusUnusable($"the folder '{options.Corpus}' is missing. Set SEARCH__CORPUS to a folder of Markdown files, or SEARCH__PROVIDER to 'tavily'.");
        }

        var pages = new List<IndexedPage>();
        foreach (var path in Directory.EnumerateFiles(options.Corpus, "*.md").Order(StringComparer.Ordinal))
        {
            try
            {
                pages.Add(new IndexedPage(CorpusPage.Parse(await File.ReadAllTextAsync(path, ct))));
            }
            catch (FormatException exception)
            {
                return WebSearchErrors.CorpusUnusable($"'{Path.GetFileName(path)}': {exception.Message}");
            }
        }

        return pages;
    }

    [GeneratedRegex("\"(?<words>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    private sealed class IndexedPage(CorpusPage page)
    {
        private readonly string _all = $"{page.Title}\n{page.Text}";

        public CorpusPage Page => page;

        public IReadOnlyList<string> Terms { get; } = TextWords.TermsOf($"{page.Title}\n{page.Text}");

        public bool Names(CompanyMention mention) => mention.IsIn(_all);
    }
}
