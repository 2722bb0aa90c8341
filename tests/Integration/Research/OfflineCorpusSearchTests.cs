using Idp.Application.Research.Ports;
using Idp.Infrastructure.Research;
using Idp.Infrastructure.Research.OfflineCorpus;

namespace Idp.Integration.Research;

public sealed class OfflineCorpusSearchTests : WebSearchContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly OfflineCorpusSearch _search;

    public OfflineCorpusSearchTests()
    {
        Write("a", "https://a.example/", "Tessavane trains", "Tessavane trains models on a GPU cluster.");
        Write("b", "https://b.example/", "Weather", "A GPU is no umbrella. GPU, GPU, GPU.");
        Write("c", "https://c.example/", "Tea", "Tessavane also drinks tea.");
        _search = new OfflineCorpusSearch(new WebSearchOptions { Corpus = _folder.Path });
    }

    protected override IWebSearch Search => _search;

    [Fact]
    public async Task Only_pages_with_the_quoted_words_are_relevant_and_the_fitting_one_comes_first()
    {
        var sources = (await Search.SearchAsync(Question("\"Tessavane\" GPU cluster"), Asker, Ct)).Value.ShouldNotBeNull().Sources;

        sources.Where(source => source.Relevance >= 0.4).Select(source => source.Url).ShouldBe(["https://a.example/", "https://c.example/"]);
        sources[0].ShouldBe(new("https://a.example/", "Tessavane trains", "Tessavane trains models on a GPU cluster.", 1));
    }

    [Fact]
    public async Task A_page_without_an_address_is_told()
    {
        await File.WriteAllTextAsync(_folder.File("d.md"), "---\ntitle: x\n---\ntext", Ct);

        var error = (await Search.SearchAsync(Question("x"), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, error.Message).ShouldBe(("search.corpus-unusable", "The pages that stand for the web cannot be searched: 'd.md': it has no 'url:'."));
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_told()
    {
        using var search = new OfflineCorpusSearch(new WebSearchOptions { Corpus = _folder.File("nowhere") });

        (await search.SearchAsync(Question("x"), Asker, Ct)).Error.ShouldNotBeNull().Message.ShouldContain("SEARCH__CORPUS");
    }

    public void Dispose()
    {
        _search.Dispose();
        _folder.Dispose();
    }

    private void Write(string name, string url, string title, string text) =>
        File.WriteAllText(_folder.File(name + ".md"), $"---\nurl: {url}\ntitle: {title}\npublished: 2026-01-01\n---\n\n{text}\n");
}
