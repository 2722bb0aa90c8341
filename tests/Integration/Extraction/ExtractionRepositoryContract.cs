using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Extraction;

/// <summary>What every repository of page maps and results promises.</summary>
public abstract class ExtractionRepositoryContract
{
    private static readonly PageMap Map = new(
        [new AccountPages(0, "7009885", [2, 3, 4], [4], new Confidence(0.98), ["label 'ACCT NBR' on page 2"])], [1]);

    private static readonly PageMap EmptyMap = new([], [1, 2]);

    private static readonly ExtractionResult Rich = new(
    [
        new AccountExtraction(
            0,
            "7009885",
            [2, 3],
            [
                new ExtractedField(
                    "phone", FieldType.Phone, "(802) 555-0140", "802.555.0140", new Confidence(0.97), FieldStatus.Conflicting,
                    [new Evidence(2, "802.555.0140", [new Box(0.51, 0.3, 0.1, 0.01)])],
                    [new Alternative("(802) 555-0146", new Confidence(0.31), 4)]),
                new ExtractedField(
                    "pairs", FieldType.Pair, "Größe", "Größe", Confidence.None, FieldStatus.Unsupported, [], [], "Key"),
            ],
            [
                new ExtractedTable(
                    "transactions", ["date", "amount"],
                    [new TableRow(3, [new TableCell("date", "2010-12-26", "12/26/10")], [new Box(0, 0.5, 1, 0.01)])],
                    2,
                    [new UnexplainedRow(3, "12/27/10 ???", new Box(0, 0.52, 1, 0.01))]),
            ]),
    ]);

    private static readonly ExtractionResult Empty = new([]);

    protected ManualTimeProvider Clock { get; } = new();

    protected abstract IExtractionRepository Repository { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_has_nothing_at_first()
    {
        var id = NewId();

        (await Repository.FindPageMapAsync(id, Ct)).ShouldBeNull();
        (await Repository.FindLatestResultAsync(id, Ct)).ShouldBeNull();
        (await Repository.ListResultsAsync(id, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_map_comes_back_as_it_was_stored()
    {
        var id = NewId();

        var saved = await Repository.SavePageMapAsync(id, Map, edited: true, expectedVersion: 0, Ct);

        saved.ShouldBe(new StoredPageMap(Map, true, 1));
        (await Repository.FindPageMapAsync(id, Ct)).ShouldBe(saved);
    }

    [Fact]
    public async Task Each_stored_page_map_has_the_next_version()
    {
        var id = NewId();
        await Repository.SavePageMapAsync(id, Map, edited: true, expectedVersion: 0, Ct);

        (await Repository.SavePageMapAsync(id, EmptyMap, edited: false, expectedVersion: 1, Ct)).ShouldBe(new StoredPageMap(EmptyMap, false, 2));

        (await Repository.FindPageMapAsync(id, Ct)).ShouldBe(new StoredPageMap(EmptyMap, false, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_page_map_of_another_version_than_expected_is_left_alone(long expected)
    {
        var id = NewId();
        await Repository.SavePageMapAsync(id, Map, edited: false, expectedVersion: 0, Ct);

        (await Repository.SavePageMapAsync(id, EmptyMap, edited: true, expected, Ct)).ShouldBeNull();

        (await Repository.FindPageMapAsync(id, Ct)).ShouldBe(new StoredPageMap(Map, false, 1));
    }

    [Fact]
    public async Task A_page_map_that_is_expected_but_not_there_is_not_made()
    {
        var id = NewId();

        (await Repository.SavePageMapAsync(id, Map, edited: true, expectedVersion: 3, Ct)).ShouldBeNull();

        (await Repository.FindPageMapAsync(id, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_an_expectation_a_page_map_overwrites_whatever_there_is()
    {
        var id = NewId();

        (await Repository.SavePageMapAsync(id, Map, edited: false, expectedVersion: null, Ct)).ShouldNotBeNull().Version.ShouldBe(1);
        (await Repository.SavePageMapAsync(id, EmptyMap, edited: false, expectedVersion: null, Ct)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Of_many_writers_that_expect_one_version_exactly_one_wins()
    {
        var id = NewId();

        var saved = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => Repository.SavePageMapAsync(id, Map, edited: true, expectedVersion: 0, Ct), Ct)));

        saved.Count(map => map is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_result_comes_back_as_it_was_stored()
    {
        var id = NewId();
        var result = NewResult(Rich);
        await Repository.SaveResultAsync(id, result, Ct);

        (await Repository.FindLatestResultAsync(id, Ct)).ShouldBe(result);
    }

    [Fact]
    public async Task The_result_of_the_latest_run_is_the_latest_even_when_an_earlier_run_is_stored_again()
    {
        var id = NewId();
        var (earlier, later) = (NewResult(Empty), NewResult(Rich));
        await Repository.SaveResultAsync(id, earlier, Ct);
        await Repository.SaveResultAsync(id, later, Ct);
        await Repository.SaveResultAsync(id, earlier with { Result = Rich, CreatedAt = Clock.GetUtcNow() }, Ct);

        (await Repository.FindLatestResultAsync(id, Ct)).ShouldBe(later);
    }

    [Fact]
    public async Task A_run_has_one_result_and_runs_are_listed_newest_first()
    {
        var id = NewId();
        var (first, second) = (NewResult(Empty), NewResult(Empty));
        await Repository.SaveResultAsync(id, first, Ct);
        await Repository.SaveResultAsync(id, second, Ct);
        await Repository.SaveResultAsync(id, second with { Result = Rich }, Ct);

        (await Repository.ListResultsAsync(id, Ct)).ShouldBe([second with { Result = Rich }, first]);
    }

    [Fact]
    public async Task Removing_takes_everything_of_the_document_and_nothing_of_others()
    {
        var (removed, kept) = (NewId(), NewId());
        foreach (var id in (DocumentId[])[removed, kept])
        {
            await Repository.SavePageMapAsync(id, Map, edited: false, expectedVersion: null, Ct);
            await Repository.SaveResultAsync(id, NewResult(Rich), Ct);
        }

        await Repository.DeleteAsync(removed, Ct);

        (await Repository.FindPageMapAsync(removed, Ct)).ShouldBeNull();
        (await Repository.FindLatestResultAsync(removed, Ct)).ShouldBeNull();
        (await Repository.FindPageMapAsync(kept, Ct)).ShouldNotBeNull();
        (await Repository.FindLatestResultAsync(kept, Ct)).ShouldNotBeNull();
    }

    private DocumentId NewId() => StrongId.New<DocumentId>(Clock);

    private StoredResult NewResult(ExtractionResult result)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return new StoredResult(StrongId.New<RunId>(Clock), result, Clock.GetUtcNow());
    }
}
