using System.IO.Compression;
using System.Net;
using Idp.Integration.Documents;

namespace Idp.Integration.Api;

public sealed class ExportApiTests(RunningService service)
{
    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("md", "text/markdown")]
    [InlineData("json", "application/json")]
    public async Task A_result_is_taken_away_as_a_file(string extension, string type)
    {
        var http = await service.ClientAsync();

        var (response, _) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/result.{extension}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileNameStar.ShouldBe($"packet.{extension}");
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Csv_has_every_field_of_the_result_and_every_row_of_its_tables()
    {
        var http = await service.ClientAsync();
        var accounts = (await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/result")).Body.GetProperty("accounts").EnumerateArray().ToList();

        var fields = await http.GetStringAsync(new Uri($"/v1/documents/{service.Packet}/result.csv", UriKind.Relative), TestContext.Current.CancellationToken);
        var rows = await http.GetStringAsync(new Uri($"/v1/documents/{service.Packet}/result.csv?part=tables", UriKind.Relative), TestContext.Current.CancellationToken);

        fields.Split("\r\n").Length.ShouldBe(2 + accounts.Sum(account => account.GetProperty("fields").GetArrayLength()));
        rows.Split("\r\n").Length.ShouldBe(2 + accounts.Sum(account => account.GetProperty("tables").EnumerateArray().Sum(table => table.GetProperty("rows").GetArrayLength())));
    }

    [Fact]
    public async Task A_workbook_is_a_zip_of_xml_without_formulas()
    {
        var http = await service.ClientAsync();
        await using var stream = await http.GetStreamAsync(new Uri($"/v1/documents/{service.Packet}/result.xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);

        await using var zip = new ZipArchive(bytes);
        foreach (var sheet in zip.Entries.Where(entry => entry.FullName.Contains("worksheets/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await sheet.OpenAsync(TestContext.Current.CancellationToken));
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("<x:f>");
        }

        zip.Entries.Count(entry => entry.FullName.Contains("worksheets/", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task An_unknown_part_is_refused_and_an_unknown_document_not_found()
    {
        var http = await service.ClientAsync();

        (await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/result.csv?part=colours")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/part");
        (await http.CallAsync(HttpMethod.Get, "/v1/documents/doc_01a20162dae7764db767658324d377ec/result.csv")).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_document_without_a_result_cannot_be_exported()
    {
        var http = await service.ClientAsync();
        var (_, document) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", [.. "%PDF-1.4\nno pages here"u8])));

        var (response, problem) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{document.GetProperty("id").GetString()}/result.csv");

        (response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.Conflict, "result.not-ready"));
    }

    [Fact]
    public async Task A_hostile_file_name_becomes_a_safe_one()
    {
        var http = await service.ClientAsync();
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(PdfBuilder.OfPages("A page under a hostile name."));
        file.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file\"; filename*=UTF-8''..%2F%E2%80%AEa%0D%0AX-Injected%3A%201%3B%22.png");
        form.Add(file);
        var (_, document) = await http.CallAsync(HttpMethod.Post, "/v1/documents", form);
        var path = $"/v1/documents/{document.GetProperty("id").GetString()}/result.csv";
        var response = (await http.CallAsync(HttpMethod.Get, path)).Response;
        while (response.StatusCode is HttpStatusCode.Conflict)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            response = (await http.CallAsync(HttpMethod.Get, path)).Response;
        }

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("X-Injected").ShouldBeFalse();
        response.Content.Headers.ContentDisposition!.FileNameStar!.ShouldAllBe(character => !char.IsControl(character) && character != '/' && character != '\u202E');
    }
}
