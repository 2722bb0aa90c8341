using System.Net;
using System.Text;
using System.Text.Json;
using Idp.Integration.Batches;
using Idp.Integration.Documents;

namespace Idp.Integration.Api;

public sealed class BatchApiTests(RunningService service)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_answers_202_with_a_verdict_on_each_file_and_ends_when_its_documents_have()
    {
        var http = await service.ClientAsync();

        var (response, batch) = await http.CallAsync(
            HttpMethod.Post, "/v1/batches", Form([("one.pdf", Page("batch one")), ("tool.exe", "MZ\0"u8.ToArray()), ("two.pdf", Page("batch two"))]));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location!.ToString().ShouldBe($"/v1/batches/{Text(batch, "id")}");
        Verdicts(batch).ShouldBe([("one.pdf", "accepted", null), ("tool.exe", "rejected", "document.unsupported-type"), ("two.pdf", "accepted", null)]);
        Text(batch, "batch_id").ShouldBe(Text(batch, "id"));
        batch.GetProperty("priority").GetInt32().ShouldBe(2);

        var ended = await EndAsync(http, Text(batch, "id"));
        Text(ended, "status").ShouldBe("completed");
        ended.GetProperty("progress").GetInt32().ShouldBe(100);
        Counts(ended).ShouldBe("""{"total":3,"completed":2,"partial":0,"failed":0,"cancelled":0,"rejected":1}""");
    }

    [Fact]
    public async Task Its_documents_name_the_batch_and_are_listed_by_it()
    {
        var http = await service.ClientAsync();
        var (_, batch) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("listed a")), ("b.pdf", Page("listed b"))]));

        var (_, listed) = await http.CallAsync(HttpMethod.Get, $"/v1/documents?batch_id={Text(batch, "id")}");

        var documents = listed.GetProperty("items").EnumerateArray().ToList();
        documents.Select(document => Text(document, "batch_id")).ShouldBe([Text(batch, "id"), Text(batch, "id")]);
        documents.Select(document => Text(document, "file_name")).Order().ShouldBe(["a.pdf", "b.pdf"]);
    }

    [Fact]
    public async Task The_same_file_twice_is_a_duplicate_of_the_first()
    {
        var http = await service.ClientAsync();

        var (_, batch) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("twice")), ("copy.pdf", Page("twice"))]));

        var files = batch.GetProperty("files");
        Text(files[1], "status").ShouldBe("duplicate");
        Text(files[1], "duplicate_of").ShouldBe(Text(files[0], "document_id"));
        Text(await EndAsync(http, Text(batch, "id")), "status").ShouldBe("completed");
    }

    [Fact]
    public async Task Archives_are_opened_and_each_file_in_them_has_its_verdict()
    {
        var http = await service.ClientAsync();
        var inner = ZipFiles.Pack(("deep.pdf", Page("deep in an archive")));
        var deepest = ZipFiles.Pack(("inner.zip", ZipFiles.Pack(("far.zip", ZipFiles.Pack(("x.pdf", Page("never read")))))));

        var (_, batch) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form(
        [
            ("scans.zip", ZipFiles.Pack(("2024/first.pdf", Page("first of an archive")), ("tool.exe", "MZ\0"u8.ToArray()), ("inner.zip", inner))),
            ("deepest.zip", deepest),
            ("empty.zip", ZipFiles.Pack()),
            ("broken.zip", [.. "PK\x03\x04"u8, 1, 2, 3, 4]),
        ]));

        Verdicts(batch).ShouldBe(
        [
            ("scans.zip/2024/first.pdf", "accepted", null),
            ("scans.zip/tool.exe", "rejected", "document.unsupported-type"),
            ("scans.zip/inner.zip/deep.pdf", "accepted", null),
            ("deepest.zip/inner.zip/far.zip", "rejected", "archive.too-deep"),
            ("empty.zip", "rejected", "archive.empty"),
            ("broken.zip", "rejected", "archive.damaged"),
        ]);
    }

    [Fact]
    public async Task Files_over_the_limit_of_a_batch_are_rejected_one_by_one()
    {
        var http = await service.ClientAsync();
        var files = Enumerable.Range(0, 52).Select(index => ($"{index}.bin", Encoding.ASCII.GetBytes($"file {index}"))).ToArray();

        var (_, batch) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form(files));

        Verdicts(batch).Count(verdict => verdict.Code == "document.unsupported-type").ShouldBe(50);
        Verdicts(batch).TakeLast(2).ShouldAllBe(verdict => verdict.Code == "batch.too-many-files");
        Text(batch, "status").ShouldBe("failed");
    }

    [Fact]
    public async Task A_file_over_the_limit_of_uploads_is_rejected_and_the_others_are_taken()
    {
        var http = await service.ClientAsync();

        var (_, batch) = await http.CallAsync(
            HttpMethod.Post, "/v1/batches", Form([("large.pdf", [.. "%PDF-1.7\n"u8, .. new byte[1_100_000]]), ("small.pdf", Page("beside a large one"))]));

        Verdicts(batch).ShouldBe([("large.pdf", "rejected", "document.too-large"), ("small.pdf", "accepted", null)]);
    }

    [Theory]
    [InlineData("error_strategy", "stop")]
    [InlineData("priority", "7")]
    [InlineData("budget_usd", "much")]
    [InlineData("schema", "nobody-knows-this")]
    public async Task A_bad_field_refuses_the_whole_batch(string name, string value)
    {
        var http = await service.ClientAsync();
        var form = Form([("a.pdf", Page($"refused by {name}"))]);
        form.Add(new StringContent(value), name);

        (await http.CallAsync(HttpMethod.Post, "/v1/batches", form)).Response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_form_without_files_is_malformed()
    {
        var http = await service.ClientAsync();
        using var form = new MultipartFormDataContent { { new StringContent("continue"), "error_strategy" } };

        var (response, problem) = await http.CallAsync(HttpMethod.Post, "/v1/batches", form);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Text(problem, "code").ShouldBe("batch.no-files");
    }

    [Fact]
    public async Task The_same_key_and_files_give_the_first_answer_and_other_files_are_refused()
    {
        var http = await service.ClientAsync();
        var key = ("Idempotency-Key", $"batch-{StrongId()}");

        var (_, first) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("key"))]), key);
        var (again, second) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("key"))]), key);
        var (other, _) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("other"))]), key);

        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Text(second, "id").ShouldBe(Text(first, "id"));
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_unknown_batch_is_a_404_wherever_it_is_asked_for()
    {
        var http = await service.ClientAsync();
        const string Unknown = "bat_00000000000000000000000000000000";

        (await http.CallAsync(HttpMethod.Get, $"/v1/batches/{Unknown}")).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.CallAsync(HttpMethod.Post, $"/v1/batches/{Unknown}/cancel")).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.CallAsync(HttpMethod.Post, $"/v1/batches/{Unknown}/retry-failed")).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.CallAsync(HttpMethod.Get, $"/batch/{Unknown}")).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_failed_document_stops_the_rest_where_one_fails_all_and_retrying_opens_the_batch_again()
    {
        var http = await service.ClientAsync();
        var form = Form([("broken.pdf", Encoding.ASCII.GetBytes($"%PDF-1.7\nnothing {StrongId()}")), .. Enumerable.Range(0, 12).Select(index => ($"{index}.pdf", Page($"stopped {index}")))]);
        form.Add(new StringContent("fail_all"), "error_strategy");
        var (_, batch) = await http.CallAsync(HttpMethod.Post, "/v1/batches", form);

        var ended = await EndAsync(http, Text(batch, "id"));

        Text(ended, "status").ShouldBe("failed");
        ended.GetProperty("counts").GetProperty("failed").GetInt32().ShouldBe(1);
        var (response, retried) = await http.CallAsync(HttpMethod.Post, $"/v1/batches/{Text(batch, "id")}/retry-failed");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Text(retried, "status").ShouldBe("processing");
        Text(await EndAsync(http, Text(batch, "id")), "status").ShouldBe("failed");
    }

    [Fact]
    public async Task The_paths_of_the_system_that_this_replaces_work()
    {
        var http = await service.ClientAsync();

        var (response, batch) = await http.CallAsync(HttpMethod.Post, "/batch/upload", Form([("old.pdf", Page("old path"))]));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var (_, details) = await http.CallAsync(HttpMethod.Get, $"/batch/{Text(batch, "batch_id")}");
        var (_, recent) = await http.CallAsync(HttpMethod.Get, "/batch/");

        Text(details, "batch_id").ShouldBe(Text(batch, "batch_id"));
        recent.GetProperty("items").EnumerateArray().Select(item => Text(item, "batch_id")).ShouldContain(Text(batch, "batch_id"));
    }

    [Fact]
    public async Task Its_stream_tells_of_each_document_and_of_the_batch_and_ends()
    {
        var http = await service.ClientAsync();
        var (_, batch) = await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("stream a")), ("b.pdf", Page("stream b"))]));
        var id = Text(batch, "id");

        var told = await http.GetStringAsync(new Uri($"/v1/batches/{id}/events?after=0", UriKind.Relative), Ct);
        var again = await http.GetStringAsync(new Uri($"/batch/{id}/stream?after=0", UriKind.Relative), Ct);

        var names = told.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line[7..]).ToList();
        names.Count(name => name == "document_queued").ShouldBe(2);
        names.Count(name => name == "document_completed").ShouldBe(2);
        names.TakeLast(2).ShouldBe(["batch_completed", "done"]);
        told.ShouldContain($"\"batch_id\":\"{id}\"");
        again.ShouldBe(told);
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("md", "text/markdown")]
    [InlineData("json", "application/json")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task Its_results_can_be_had_as_one_file(string format, string type)
    {
        var http = await service.ClientAsync();
        var (_, batch) = await http.CallAsync(
            HttpMethod.Post, "/v1/batches", Form([("one.pdf", Page($"export one {format}")), ("no.txt", "no"u8.ToArray()), ("two.pdf", Page($"export two {format}"))]));
        await EndAsync(http, Text(batch, "id"));

        using var response = await http.GetAsync(new Uri($"/v1/batches/{Text(batch, "id")}/result.{format}", UriKind.Relative), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe($"batch-{Text(batch, "id")}.{format}");
        if (format is "json")
        {
            JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement.EnumerateArray().Select(result => Text(result, "document_id")).ShouldBe(
                batch.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("document_id").GetString()).OfType<string>());
        }
    }

    [Fact]
    public async Task The_list_goes_on_where_the_cursor_points()
    {
        var http = await service.ClientAsync();
        await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("a.pdf", Page("cursor a"))]));
        await http.CallAsync(HttpMethod.Post, "/v1/batches", Form([("b.pdf", Page("cursor b"))]));

        var (_, first) = await http.CallAsync(HttpMethod.Get, "/v1/batches?limit=1");
        var (_, second) = await http.CallAsync(HttpMethod.Get, $"/v1/batches?limit=1&cursor={Text(first, "next_cursor")}");

        string.CompareOrdinal(Text(second.GetProperty("items")[0], "id"), Text(first.GetProperty("items")[0], "id")).ShouldBeLessThan(0);
        (await http.CallAsync(HttpMethod.Get, "/v1/batches?status=sleeping&limit=x")).Body.GetProperty("errors").GetArrayLength().ShouldBe(2);
    }

    private static async Task<JsonElement> EndAsync(HttpClient http, string id)
    {
        while (true)
        {
            var (_, batch) = await http.CallAsync(HttpMethod.Get, $"/v1/batches/{id}");
            if (Text(batch, "status") != "processing")
            {
                return batch;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }
    }

    private static byte[] Page(string text) => PdfBuilder.OfPages($"A page for the tests of batches.\nIt says: {text}.\nAnd it ends here.");

    private static string StrongId() => Guid.CreateVersion7().ToString("n");

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private static string Counts(JsonElement batch) => batch.GetProperty("counts").GetRawText();

    private static List<(string Name, string Status, string? Code)> Verdicts(JsonElement batch) =>
    [
        .. batch.GetProperty("files").EnumerateArray().Select(file => (
            Text(file, "file_name"), Text(file, "status"),
            file.GetProperty("problem") is { ValueKind: JsonValueKind.Object } problem ? Text(problem, "code") : null)),
    ];

    private static MultipartFormDataContent Form((string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(content), "files", name);
        }

        return form;
    }
}
