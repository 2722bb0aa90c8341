using System.Net;
using System.Text;

namespace Idp.Integration.Api;

public sealed class DocumentApiTests(RunningService service)
{
    private static readonly byte[] Two = Encoding.ASCII.GetBytes("2");

    [Fact]
    public async Task An_upload_answers_202_with_its_location_and_takes_fields_before_and_after_the_file()
    {
        var http = await service.ClientAsync();

        var (response, body) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("priority", Two), ("file", Own(1)), ("kind", "receipt"u8.ToArray())));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location!.ToString().ShouldBe($"/v1/documents/{body.GetProperty("id").GetString()}");
        body.GetProperty("kind").GetString().ShouldBe("receipt");
        body.GetProperty("priority").GetInt32().ShouldBe(2);
        body.GetProperty("file_name").GetString().ShouldBe("page.png");
    }

    [Fact]
    public async Task A_bad_field_after_the_file_refuses_the_upload_and_keeps_nothing()
    {
        var http = await service.ClientAsync();

        var (response, body) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", Own(2)), ("kind", "letter"u8.ToArray())));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/kind");
    }

    [Fact]
    public async Task A_preview_is_a_picture_of_the_first_page()
    {
        var http = await service.ClientAsync();
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(SamplePacket.Path, TestContext.Current.CancellationToken));

        using var response = await http.PostAsync(new Uri("/v1/previews", UriKind.Relative), content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..4].ShouldBe([0x89, .. "PNG"u8]);
    }

    [Fact]
    public async Task The_result_names_accounts_fields_and_evidence()
    {
        var http = await service.ClientAsync();

        var (_, result) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/result");

        var accounts = result.GetProperty("accounts").EnumerateArray().ToList();
        accounts.Select(account => account.GetProperty("account_number").GetString()).ShouldBe(["4410027835", "88-204417-6", "4410038267"]);
        var number = accounts[0].GetProperty("fields").EnumerateArray().First(field => field.GetProperty("name").GetString() == "account_number");
        number.GetProperty("evidence")[0].GetProperty("boxes")[0].GetProperty("w").GetDouble().ShouldBeInRange(0.01, 0.9);
        result.GetProperty("statements").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_page_has_words_with_boxes_and_its_size_in_points()
    {
        var http = await service.ClientAsync();

        var (_, page) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/pages/6");

        page.GetProperty("source").GetString().ShouldBe("text_layer");
        page.GetProperty("page_size").GetProperty("width").GetDouble().ShouldBe(612, 1);
        page.GetProperty("words").GetArrayLength().ShouldBeGreaterThan(50);
        page.GetProperty("words")[0].GetProperty("box").GetProperty("x").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task A_page_image_is_a_png_as_large_as_asked_for()
    {
        var http = await service.ClientAsync();

        var bytes = await http.GetByteArrayAsync(new Uri($"/v1/documents/{service.Packet}/pages/6/image?dpi=72", UriKind.Relative), TestContext.Current.CancellationToken);

        bytes[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        ((bytes[18] << 8) + bytes[19]).ShouldBeInRange(610, 614);
    }

    [Fact]
    public async Task The_list_goes_on_where_the_cursor_points()
    {
        var http = await service.ClientAsync();
        await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", Own(3))));

        var (_, first) = await http.CallAsync(HttpMethod.Get, "/v1/documents?limit=1");
        var (_, second) = await http.CallAsync(HttpMethod.Get, $"/v1/documents?limit=1&cursor={first.GetProperty("next_cursor").GetString()}");

        first.GetProperty("items").GetArrayLength().ShouldBe(1);
        second.GetProperty("items")[0].GetProperty("id").GetString().ShouldNotBe(first.GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_deleted_document_is_gone()
    {
        var http = await service.ClientAsync();
        var (_, document) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", Own(4))));
        var path = $"/v1/documents/{document.GetProperty("id").GetString()}";

        (await http.CallAsync(HttpMethod.Delete, path)).Response.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await http.CallAsync(HttpMethod.Get, path)).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.CallAsync(HttpMethod.Delete, path)).Response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_map_is_changed_only_from_its_current_version()
    {
        var http = await service.ClientAsync();
        var path = $"/v1/documents/{service.Packet}/accounts";
        const string Edited = """{"accounts":[{"account_number":"1","pages":[1,99]}]}""";
        var (read, body) = await http.CallAsync(HttpMethod.Get, path);

        read.Headers.ETag!.Tag.ShouldBe($"\"{body.GetProperty("version").GetInt64()}\"");
        (await http.CallAsync(HttpMethod.Put, path, HttpCalls.Json(Edited))).Response.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await http.CallAsync(HttpMethod.Put, path, HttpCalls.Json("""{"accounts":[{"account_number":"1","pages":[1]}]}"""), ("If-Match", "\"999\""))).Response.StatusCode
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        (await http.CallAsync(HttpMethod.Put, path, HttpCalls.Json(Edited), ("If-Match", read.Headers.ETag.Tag))).Response.StatusCode
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_document_and_refuses_another_file()
    {
        var http = await service.ClientAsync();
        var key = ("Idempotency-Key", "upload-5");

        var (_, first) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", Own(5)), ("kind", "form"u8.ToArray())), key);
        var (again, second) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("kind", "form"u8.ToArray()), ("file", Own(5))), key);
        var (other, problem) = await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", Own(6)), ("kind", "form"u8.ToArray())), key);

        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        second.ToString().ShouldBe(first.ToString());
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("code").GetString().ShouldBe("idempotency.other-payload");
    }

    [Fact]
    public async Task A_refused_upload_leaves_its_idempotency_key_free()
    {
        var http = await service.ClientAsync();
        var key = ("Idempotency-Key", "upload-7");

        (await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", "text"u8.ToArray())), key)).Response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await http.CallAsync(HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", Own(7))), key)).Response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Openapi_3_1_describes_the_paths_of_the_contract()
    {
        var http = await service.ClientAsync();

        var (_, api) = await http.CallAsync(HttpMethod.Get, "/openapi/v1.json");

        api.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        string[] paths =
        [
            "/v1/documents", "/v1/documents/{id}", "/v1/documents/{id}/result", "/v1/documents/{id}/accounts", "/v1/documents/{id}/events", "/v1/events", "/v1/documents/{id}/process", "/v1/documents/{id}/cancel",
            "/v1/documents/{id}/retry", "/v1/processor", "/v1/processor/restart", "/v1/schemas/{name}", "/v1/usage", "/v1/budgets/{scope}",
            "/health/live", "/health/ready", "/metrics",
        ];
        paths.Where(path => !api.GetProperty("paths").TryGetProperty(path, out _)).ShouldBeEmpty();
    }

    /// <summary>An image that no other test sends: bytes after the end of a PNG count for its identity and for nothing else.</summary>
    private static byte[] Own(byte number) => [.. HttpCalls.Png, number];
}
