using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Integration.Documents;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class OcrSimulatorTests : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private SimulatedOcrProvider _provider = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task What_a_file_says_comes_back_once_laid_out_by_pages_and_columns()
    {
        await StartAsync();
        var hash = await SubmitAsync(PdfBuilder.OfPages("Total due        1,416.00", "Second page", "Third page"), "pages_to_extract=1,3&page_separator=%23%23%23");

        var text = (string)(await DoneAsync(hash))["result_text"]!;

        var pages = text.Split("\n###\n\f").Select(page => page.Trim()).ToList();
        pages[0].ShouldMatch(@"^Total due {2,}1,416\.00$", "columns stay apart");
        pages[1..].ShouldBe(["Third page", string.Empty]);
        var again = await GetAsync("whisper-retrieve", hash);
        (again.Status, again.Body).ShouldBe((HttpStatusCode.BadRequest, """{"message":"Whisper already delivered"}"""));
        (_provider.Bill.RecognizedPages, _provider.Bill.Money, _provider.Bill.Retrieved, _provider.Bill.RetrievedAgain).ShouldBe((2, 0.03m, 1, 1));
    }

    [Fact]
    public async Task A_picture_is_recognised()
    {
        await StartAsync();
        var hash = await SubmitAsync(await PictureOfAsync(PdfBuilder.OfPages("Account Number 4471203398")));

        ((string)(await DoneAsync(hash))["result_text"]!).ShouldContain("4471203398");
    }

    [Fact]
    public async Task Numbered_lines_have_their_heights()
    {
        await StartAsync();
        var hash = await SubmitAsync(PdfBuilder.OfPages("First line\nSecond line"), "add_line_nos=true");
        var text = (string)(await DoneAsync(hash))["result_text"]!;

        var told = JsonNode.Parse((await GetAsync("highlights", hash, "&lines=1-")).Body)!.AsObject();

        var second = text.Split('\n').First(line => line.Contains("Second", StringComparison.Ordinal));
        var number = Convert.ToInt32(second[2..6], 16);
        var line = told[$"{number}"]!;
        ((double)line["base_y"]! / (double)line["page_height"]!).ShouldBe(1 - (672.0 / 792), 0.01);
    }

    [Fact]
    public async Task Jobs_wait_for_places_in_the_order_of_arrival()
    {
        await StartAsync(new() { Capacity = new() { AtOnce = 1 }, Latency = new() { FixedMilliseconds = 300 }, Recognition = new() { ErrorShape = ErrorShape.Message } });
        var first = await SubmitAsync(PdfBuilder.OfPages("one"));
        var second = await SubmitAsync(PdfBuilder.OfPages("two"));

        await DoneAsync(first);

        ((string)JsonNode.Parse((await GetAsync("whisper-status", second)).Body)!["status"]!).ShouldBeOneOf("accepted", "processing");
        (await GetAsync("whisper-retrieve", second)).ShouldSatisfyAllConditions(
            reply => reply.Status.ShouldBe(HttpStatusCode.BadRequest), reply => reply.Body.ShouldContain("not ready"));
        await DoneAsync(second);
        _provider.Bill.MostAtOnce.ShouldBe(1);
    }

    [Theory]
    [InlineData(ErrorShape.Message, """{"message":"Whisper job unknown"}""")]
    [InlineData(ErrorShape.BareString, "\"Whisper job unknown\"")]
    [InlineData(ErrorShape.PlainText, "<html><body>Whisper job unknown</body></html>")]
    [InlineData(ErrorShape.Empty, "")]
    public async Task Errors_come_in_every_form(ErrorShape shape, string body)
    {
        await StartAsync(new() { Recognition = new() { ErrorShape = shape } });

        (await GetAsync("whisper-retrieve", "a|b")).ShouldBe((HttpStatusCode.NotFound, body));
    }

    [Fact]
    public async Task A_submission_without_a_key_is_refused_and_not_billed()
    {
        await StartAsync();

        using var reply = await _http.PostAsync(new Uri($"{_provider.BaseUrl}/whisper"), new ByteArrayContent([1]), Ct);

        (reply.StatusCode, _provider.Bill.Money).ShouldBe((HttpStatusCode.Unauthorized, 0m));
    }

    [Theory]
    [InlineData(Fault.PaymentRequired, 402)]
    [InlineData(Fault.RateLimited, 429)]
    [InlineData(Fault.Forbidden, 403)]
    [InlineData(Fault.ServerError, 500)]
    public async Task Scripted_faults_strike_the_next_submission_alone(Fault fault, int status)
    {
        await StartAsync();
        _provider.Script(fault);

        ((int)(await PostAsync(PdfBuilder.OfPages("one"))).Status).ShouldBe(status);
        ((int)(await PostAsync(PdfBuilder.OfPages("one"))).Status).ShouldBe(202);
        _provider.Bill.Completed.ShouldBe(1);
    }

    [Fact]
    public async Task A_plan_that_is_used_up_gets_402_and_usage_says_how_much_was_used()
    {
        await StartAsync(new() { Recognition = new() { PlanPages = 2, ErrorShape = ErrorShape.Message } });
        await SubmitAsync(PdfBuilder.OfPages("one", "two"));

        ((int)(await PostAsync(PdfBuilder.OfPages("three"))).Status).ShouldBe(402);
        ((int)JsonNode.Parse((await GetAsync("get-usage-info", string.Empty)).Body)!["current_page_count"]!).ShouldBe(2);
    }

    [Fact]
    public async Task The_same_bytes_twice_are_a_duplicate_on_the_bill()
    {
        await StartAsync();
        await SubmitAsync(PdfBuilder.OfPages("one"));
        await SubmitAsync(PdfBuilder.OfPages("one"));

        (_provider.Bill.Completed, _provider.Bill.Duplicates).ShouldBe((2, 1));
    }

    private async Task StartAsync(SimulatorOptions? options = null) =>
        _provider = await SimulatedOcrProvider.StartAsync(options ?? new() { Recognition = new() { ErrorShape = ErrorShape.Message } }, Ct);

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(byte[] content, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{_provider.BaseUrl}/whisper?{query}")) { Content = new ByteArrayContent(content) };
        return await SendAsync(request);
    }

    private async Task<string> SubmitAsync(byte[] content, string query = "")
    {
        var reply = await PostAsync(content, query);
        reply.Status.ShouldBe(HttpStatusCode.Accepted, reply.Body);
        return (string)JsonNode.Parse(reply.Body)!["whisper_hash"]!;
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string endpoint, string hash, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_provider.BaseUrl}/{endpoint}?whisper_hash={Uri.EscapeDataString(hash)}{query}"));
        return await SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Add("unstract-key", "key");
        using var response = await _http.SendAsync(request, Ct);
        return (response.StatusCode, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Ct)));
    }

    private static async Task<byte[]> PictureOfAsync(byte[] pdf)
    {
        using var program = Process.Start(new ProcessStartInfo("pdftoppm", ["-r", "120", "-png", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true }).ShouldNotBeNull();
        await program.StandardInput.BaseStream.WriteAsync(pdf, Ct);
        program.StandardInput.Close();
        using var picture = new MemoryStream();
        await program.StandardOutput.BaseStream.CopyToAsync(picture, Ct);
        return picture.ToArray();
    }

    /// <summary>Waits for a text and fetches it.</summary>
    private async Task<JsonNode> DoneAsync(string hash)
    {
        while ((string)JsonNode.Parse((await GetAsync("whisper-status", hash)).Body)!["status"]! != "processed")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        return JsonNode.Parse((await GetAsync("whisper-retrieve", hash)).Body)!;
    }
}
