using System.Net;
using System.Text.Json;
using Idp.Integration.Faults;

namespace Idp.Integration.Journeys;

/// <summary>The main job, as a caller sees it: a packet of three accounts goes in, accounts and fields with evidence come out.</summary>
public sealed class LoanPacketJourneyTests(ServiceOnEmptyFolder service) : IClassFixture<ServiceOnEmptyFolder>
{
    private readonly ServiceProcess _service = service.Process;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_packet_becomes_accounts_fields_and_evidence()
    {
        var id = await UploadPacketAsync();

        var document = await _service.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        document.GetProperty("kind").GetString().ShouldBe("loan");
        Accounts(document).ShouldBe(["4410027835: 2,3", "88-204417-6: 4,5", "4410038267: 6,7"]);
        Numbers(document.GetProperty("unassigned_pages")).ShouldBe("1,8");

        var accounts = (await _service.GetAsync($"/v1/documents/{id}/result", Ct)).GetProperty("accounts");
        Value(accounts[0], "phone").ShouldBe("(541) 555-0163");
        Value(accounts[0], "date_opened").ShouldBe("2019-04-18");
        Value(accounts[0], "ssn_last4").ShouldBe("4471, 2086");
        Value(accounts[1], "balance").ShouldBe("231604.18");
        Value(accounts[1], "interest_rate").ShouldBe("5.250");
        Value(accounts[2], "statement_period").ShouldBe("2024-01-01/2024-01-31");
        var transactions = accounts[2].GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == "transactions");
        transactions.GetProperty("rows_seen").GetInt32().ShouldBe(44);
        transactions.GetProperty("rows_extracted").GetInt32().ShouldBe(44);
    }

    [Fact]
    public async Task Evidence_boxes_cover_the_printed_words_of_born_digital_and_scanned_pages()
    {
        var id = await UploadPacketAsync();
        await _service.WaitUntilEndedAsync(id, Ct);
        var accounts = (await _service.GetAsync($"/v1/documents/{id}/result", Ct)).GetProperty("accounts");

        foreach (var (account, name, printed) in new[] { (0, "phone", "(541) 555-0163"), (1, "balance", "$231,604.18") })
        {
            var evidence = Field(accounts[account], name).GetProperty("evidence")[0];
            var page = await _service.GetAsync($"/v1/documents/{id}/pages/{evidence.GetProperty("page")}", Ct);
            WordsUnder(page, evidence.GetProperty("boxes")[0]).ShouldBe(printed);
        }
    }

    [Fact]
    public async Task The_same_file_again_is_a_duplicate_with_the_same_result_and_no_page_is_recognised_twice()
    {
        var first = await UploadPacketAsync("twin");
        await _service.WaitUntilEndedAsync(first, Ct);
        var recognised = RecognisedImages();

        var second = await UploadPacketAsync("twin");
        var document = await _service.WaitUntilEndedAsync(second, Ct);

        document.GetProperty("duplicate_of").GetString().ShouldBe(first);
        RecognisedImages().ShouldBe(recognised);
        recognised.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Corrected_boundaries_are_extracted_again_and_stand()
    {
        var id = await UploadPacketAsync();
        await _service.WaitUntilEndedAsync(id, Ct);
        using var current = await _service.Http.GetAsync(new Uri($"/v1/documents/{id}/accounts", UriKind.Relative), Ct);
        var body = """{"accounts":[{"account_number":"4410027835","pages":[2]},{"account_number":"88-204417-6","pages":[3,4,5]},{"account_number":"4410038267","pages":[6,7]}]}""";

        (await PutAccountsAsync(id, body, "\"no-such-version\"")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PutAccountsAsync(id, body, current.Headers.ETag!.ToString())).ShouldBe(HttpStatusCode.OK);

        var document = await _service.WaitUntilEndedAsync(id, Ct);
        Accounts(document).ShouldBe(["4410027835: 2", "88-204417-6: 3,4,5", "4410038267: 6,7"]);
        document.GetProperty("stages").GetProperty("ocr_extraction").GetProperty("status").GetString().ShouldBe("completed");
        using var reprocess = await _service.Http.PostAsync(new Uri($"/v1/documents/{id}/retry", UriKind.Relative), null, Ct);
        reprocess.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private static string Numbers(JsonElement pages) => string.Join(',', pages.EnumerateArray().Select(page => page.GetInt32()));

    private static List<string> Accounts(JsonElement document) => document.GetProperty("accounts").EnumerateArray()
        .Select(account => $"{account.GetProperty("account_number")}: {Numbers(account.GetProperty("pages"))}").ToList();

    private static JsonElement Field(JsonElement account, string name) =>
        account.GetProperty("fields").EnumerateArray().First(field => field.GetProperty("name").GetString() == name);

    private static string Value(JsonElement account, string name) => string.Join(", ", account.GetProperty("fields").EnumerateArray()
        .Where(field => field.GetProperty("name").GetString() == name).Select(field => field.GetProperty("value").GetString()));

    /// <summary>The words whose middle lies in a box, read from the page itself.</summary>
    private static string WordsUnder(JsonElement page, JsonElement box) => string.Join(' ', page.GetProperty("words").EnumerateArray()
        .Where(word => Contains(box, word.GetProperty("box"))).Select(word => word.GetProperty("text").GetString()));

    private static bool Contains(JsonElement box, JsonElement word)
    {
        var (x, y) = (Number(word, "x") + (Number(word, "w") / 2), Number(word, "y") + (Number(word, "h") / 2));
        return x >= Number(box, "x") && x <= Number(box, "x") + Number(box, "w") && y >= Number(box, "y") && y <= Number(box, "y") + Number(box, "h");
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    /// <summary>Uploads the sample; a mark makes it another file with the same pages.</summary>
    private async Task<string> UploadPacketAsync(string mark = "") => await _service.UploadAsync(
        [.. await File.ReadAllBytesAsync(SamplePacket.Path, Ct), .. System.Text.Encoding.ASCII.GetBytes($"\n% {mark}\n")], "loan-packet.pdf", Ct);

    private List<string> RecognisedImages() =>
        [.. Directory.EnumerateFiles(Path.Combine(service.Folder, "blobs", "content", "ocr")).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}").Order(StringComparer.Ordinal)];

    private async Task<HttpStatusCode> PutAccountsAsync(string id, string body, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"/v1/documents/{id}/accounts", UriKind.Relative))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", version);
        using var response = await _service.Http.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
