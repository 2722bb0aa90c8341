using Idp.Application.Documents.Ports;
using Idp.Domain.Documents;

namespace Idp.Integration.Documents;

/// <summary>Listing, and finding twins.</summary>
public abstract partial class DocumentRepositoryContract
{
    private static readonly ContentHash Hash = new(new string('b', 64));

    private static readonly DocumentQuery Everything = new(null, null, null, null, 200);

    [Fact]
    public async Task Documents_are_listed_newest_first()
    {
        await AddNamedAsync("1", "2", "3");

        (await ListedNamesAsync(Everything)).ShouldBe(["3", "2", "1"]);
    }

    [Fact]
    public async Task A_cursor_goes_on_where_the_page_before_ended()
    {
        await AddNamedAsync("1", "2", "3", "4", "5");

        var first = await Documents.ListAsync(Everything with { Limit = 2 }, Ct);
        var second = await Documents.ListAsync(Everything with { Limit = 2, Before = first[^1].Id }, Ct);
        var third = await Documents.ListAsync(Everything with { Limit = 2, Before = second[^1].Id }, Ct);

        first.Concat(second).Concat(third).Select(document => document.FileName).ShouldBe(["5", "4", "3", "2", "1"]);
    }

    [Fact]
    public async Task Listing_can_be_limited_to_a_status_and_a_kind()
    {
        await AddAsync(DocumentSamples.Uploaded(Clock) with { FileName = "a", Status = DocumentStatus.Failed, Kind = DocumentKind.Receipt });
        await AddAsync(DocumentSamples.Uploaded(Clock) with { FileName = "b", Status = DocumentStatus.Failed, Kind = DocumentKind.Form });
        await AddAsync(DocumentSamples.Uploaded(Clock) with { FileName = "c", Status = DocumentStatus.Queued, Kind = DocumentKind.Receipt });

        (await ListedNamesAsync(Everything with { Status = DocumentStatus.Failed })).ShouldBe(["b", "a"]);
        (await ListedNamesAsync(Everything with { Kind = DocumentKind.Receipt })).ShouldBe(["c", "a"]);
        (await ListedNamesAsync(Everything with { Status = DocumentStatus.Failed, Kind = DocumentKind.Receipt })).ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("PACKET", "Loan-packet_1.pdf")]
    [InlineData("größe", "Größe.pdf")] // "ß" has no capital letter of its own, so it matches itself alone
    [InlineData("über", "GRÖSSE ÜBER.pdf")]
    [InlineData("%")]
    [InlineData("t_1", "Loan-packet_1.pdf")]
    [InlineData("' OR 1=1 --")]
    public async Task Listing_can_be_limited_to_names_that_hold_a_text_in_any_letter_case(string text, params string[] expected)
    {
        await AddNamedAsync("Loan-packet_1.pdf", "GRÖSSE ÜBER.pdf", "Größe.pdf");

        (await ListedNamesAsync(Everything with { Text = text })).ShouldBe(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(202)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Documents.ListAsync(Everything with { Limit = limit }, Ct));

    [Fact]
    public async Task The_oldest_document_of_the_same_bytes_kind_and_schema_is_the_twin()
    {
        var oldest = await AddAsync(DocumentSamples.Uploaded(Clock) with { Hash = Hash, RequestedKind = DocumentKind.Loan, SchemaName = "own" });
        await AddAsync(DocumentSamples.Uploaded(Clock) with { Hash = Hash, RequestedKind = DocumentKind.Loan, SchemaName = "own" });

        (await Documents.FindTwinAsync(Hash, DocumentKind.Loan, "own", Ct)).ShouldBe(oldest.Id);
    }

    [Fact]
    public async Task A_twin_without_a_schema_is_found_without_a_schema()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock) with { Hash = Hash });

        (await Documents.FindTwinAsync(Hash, DocumentKind.Auto, null, Ct)).ShouldBe(document.Id);
    }

    [Theory]
    [InlineData(DocumentStatus.Failed)]
    [InlineData(DocumentStatus.Cancelled)]
    public async Task What_failed_or_was_cancelled_is_no_twin(DocumentStatus status)
    {
        await AddAsync(DocumentSamples.Uploaded(Clock) with { Hash = Hash, Status = status });

        (await Documents.FindTwinAsync(Hash, DocumentKind.Auto, null, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Other_bytes_another_kind_or_another_schema_make_no_twin()
    {
        await AddAsync(DocumentSamples.Uploaded(Clock) with { Hash = Hash });

        (await Documents.FindTwinAsync(new ContentHash(new string('c', 64)), DocumentKind.Auto, null, Ct)).ShouldBeNull();
        (await Documents.FindTwinAsync(Hash, DocumentKind.Loan, null, Ct)).ShouldBeNull();
        (await Documents.FindTwinAsync(Hash, DocumentKind.Auto, "own", Ct)).ShouldBeNull();
    }

    private async Task AddNamedAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await AddAsync(DocumentSamples.Uploaded(Clock) with { FileName = name });
        }
    }

    private async Task<List<string>> ListedNamesAsync(DocumentQuery query) =>
        (await Documents.ListAsync(query, Ct)).Select(document => document.FileName).ToList();
}
