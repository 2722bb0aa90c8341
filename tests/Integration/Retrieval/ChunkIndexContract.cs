using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Unit.Kernel;

namespace Idp.Integration.Retrieval;

/// <summary>What every index of chunks promises.</summary>
public abstract class ChunkIndexContract
{
    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IChunkIndex Index { get; }

    protected abstract IDocumentRepository Documents { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chunks_come_back_whole_and_in_their_order()
    {
        var document = await GivenDocumentAsync();
        var chunks = SampleChunks.Chunks(document.Id, Clock, "The first text, with an 'apostrophe' and a 日本.", "The second.");

        (await Index.ReplaceAsync(document.Id, chunks, Ct)).ShouldBeTrue();

        (await Index.ListAsync(document.Id, Ct)).ShouldBe(chunks);
    }

    [Fact]
    public async Task What_is_replaced_is_not_found_any_more()
    {
        var document = await GivenDocumentAsync("a granite harbour");

        await Index.ReplaceAsync(document.Id, SampleChunks.Chunks(document.Id, Clock, "a copper mine"), Ct);

        (await FindAsync("granite")).ShouldBeEmpty();
        (await FindAsync("copper")).ShouldBe(["a copper mine"]);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_document_that_is_gone()
    {
        var gone = SampleChunks.Document(Clock);

        (await Index.ReplaceAsync(gone.Id, SampleChunks.Chunks(gone.Id, Clock, "a granite harbour"), Ct)).ShouldBeFalse();

        (await FindAsync("granite")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Chunks_go_with_their_document_in_the_same_transaction()
    {
        var document = await GivenDocumentAsync("a granite harbour");
        await GivenDocumentAsync("a granite bridge");

        await Documents.DeleteAsync(document.Id, [], Ct);

        var found = await Index.SearchAsync(SearchQuestion.Parse("granite"), SearchFilter.None, 10, Ct);
        found.Matches.Select(match => match.Chunk.Chunk.Text).ShouldBe(["a granite bridge"]);
        found.Statistics.Passages.ShouldBe(1);
        (await Index.ListAsync(document.Id, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Chunks_can_be_removed_and_the_document_stays()
    {
        var document = await GivenDocumentAsync("a granite harbour");

        await Index.RemoveAsync(document.Id, Ct);

        (await FindAsync("granite")).ShouldBeEmpty();
        (await Documents.FindAsync(document.Id, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_best_comes_first_and_only_what_holds_something_of_the_question()
    {
        await GivenDocumentAsync("interest is paid each year", "an account of a voyage", "interest on a savings account is paid each month", "nothing of the kind");

        (await FindAsync("interest on savings accounts")).ShouldBe(["interest on a savings account is paid each month", "interest is paid each year", "an account of a voyage"]);
    }

    [Fact]
    public async Task A_search_gives_no_more_than_it_was_asked_for()
    {
        await GivenDocumentAsync([.. Enumerable.Range(1, 30).Select(number => $"harbour number {number}")]);

        (await Index.SearchAsync(SearchQuestion.Parse("harbour"), SearchFilter.None, 7, Ct)).Matches.Count.ShouldBe(7);
    }

    [Theory]
    [InlineData("INV-2023-0017", "see invoice INV-2023/0017 of march")]
    [InlineData("\"account holder\"", "the account holder signs")]
    [InlineData("guarant*", "two guarantors signed")]
    [InlineData("fy 2018", "revenue of FY2018 rose")]
    [InlineData("cafe", "the café is closed")]
    [InlineData("1577.00", "a total of $1,577.00 was spent")]
    [InlineData("o'brien", "Mr O’Brien is the officer")]
    public async Task It_finds(string question, string expected)
    {
        await GivenDocumentAsync(
            "see invoice INV-2023/0017 of march", "the account holder signs", "two guarantors signed", "revenue of FY2018 rose", "the café is closed", "a total of $1,577.00 was spent",
            "Mr O’Brien is the officer", "the holder of another account");

        (await FindAsync(question))[0].ShouldBe(expected);
    }

    [Fact]
    public async Task The_name_of_the_document_is_found_like_a_heading()
    {
        await GivenDocumentAsync("nothing of it is in the text");

        (await FindAsync("report")).ShouldBe(["nothing of it is in the text"]);
    }

    [Fact]
    public async Task Filters_say_where_to_search()
    {
        var batch = StrongId.New<BatchId>(Clock);
        var early = Clock.GetUtcNow();
        var loan = await GivenAsync(SampleChunks.Document(Clock, DocumentKind.Loan), "a harbour in a loan");
        Clock.Advance(TimeSpan.FromHours(1));
        await GivenAsync(SampleChunks.Document(Clock, DocumentKind.Receipt, batch), "a harbour on a receipt");

        (await FindAsync("harbour", SearchFilter.None with { Documents = [loan.Id] })).ShouldBe(["a harbour in a loan"]);
        (await FindAsync("harbour", SearchFilter.None with { Kinds = [DocumentKind.Receipt, DocumentKind.Form] })).ShouldBe(["a harbour on a receipt"]);
        (await FindAsync("harbour", SearchFilter.None with { Batch = batch })).ShouldBe(["a harbour on a receipt"]);
        (await FindAsync("harbour", SearchFilter.None with { Until = early + TimeSpan.FromMinutes(30) })).ShouldBe(["a harbour in a loan"]);
        (await FindAsync("harbour", SearchFilter.None with { From = early + TimeSpan.FromMinutes(30) })).ShouldBe(["a harbour on a receipt"]);
    }

    [Fact]
    public async Task A_question_that_nothing_answers_finds_nothing()
    {
        await GivenDocumentAsync("a granite harbour");

        (await FindAsync("zebra* \"quantum flux\" xylophone")).ShouldBeEmpty();
    }

    private async Task<Document> GivenDocumentAsync(params IReadOnlyList<string> texts) => await GivenAsync(SampleChunks.Document(Clock), texts);

    private async Task<Document> GivenAsync(Document document, params IReadOnlyList<string> texts)
    {
        await Documents.AddAsync([new DocumentArrival(document, []) { FirstWork = SampleChunks.Work(document, Clock) }], Ct);
        if (texts.Count > 0)
        {
            (await Index.ReplaceAsync(document.Id, SampleChunks.Chunks(document.Id, Clock, texts), Ct)).ShouldBeTrue();
        }

        return document;
    }

    private async Task<IReadOnlyList<string>> FindAsync(string question, SearchFilter? filter = null) =>
        [.. (await Index.SearchAsync(SearchQuestion.Parse(question), filter ?? SearchFilter.None, 10, Ct)).Matches.Select(match => match.Chunk.Chunk.Text)];
}
