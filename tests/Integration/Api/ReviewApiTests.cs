using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Idp.Integration.Api;

public sealed class ReviewApiTests(RunningService service)
{
    [Fact]
    public async Task A_correction_is_stored_in_normal_form_and_survives_another_run()
    {
        var (http, id) = await PacketAsync();
        var field = await FieldAsync(http, id, "balance");

        var (response, answer) = await PatchAsync(http, id, field, """{"value":" $1,234.50 ","note":"read it"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("value").GetString().ShouldBe("1234.50");
        answer.GetProperty("reviewed").GetBoolean().ShouldBeTrue();
        answer.GetProperty("printed").GetString().ShouldBe(field.GetProperty("printed").GetString());
        answer.GetProperty("review").GetProperty("original_value").GetString().ShouldBe(field.GetProperty("value").GetString());
        answer.GetProperty("review").GetProperty("note").GetString().ShouldBe("read it");
        answer.GetProperty("alternatives")[0].GetProperty("value").GetString().ShouldBe(field.GetProperty("value").GetString());

        await http.CallAsync(HttpMethod.Post, $"/v1/documents/{id}/process", HttpCalls.Json("""{"force":true}"""));
        await EndAsync(http, id);
        var again = (await ResultAsync(http, id)).Single(other => other.GetProperty("id").GetString() == field.GetProperty("id").GetString());
        again.GetProperty("value").GetString().ShouldBe("1234.50");
        again.GetProperty("reviewed").GetBoolean().ShouldBeTrue();

        var (_, runs) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/runs");
        var ids = runs.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("run_id").GetString()).ToList();
        ids.Count.ShouldBe(2);
        runs.GetProperty("items")[0].GetProperty("current").GetBoolean().ShouldBeTrue();
        var (_, difference) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/runs/{ids[1]}/diff/{ids[0]}");
        difference.GetProperty("identical").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_correction_follows_its_account_when_accounts_are_edited()
    {
        var (http, id) = await PacketAsync();
        var (accounts, map) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/accounts");
        var (_, result) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/result");
        var last = result.GetProperty("accounts").EnumerateArray().Last();
        var field = last.GetProperty("fields").EnumerateArray().First(candidate => candidate.GetProperty("type").GetString() == "account_number");
        await PatchAsync(http, id, field, """{"value":"55-123-9"}""");
        var reversed = map.GetProperty("accounts").EnumerateArray().Reverse().Select(account => account.GetRawText());

        var (edited, _) = await http.CallAsync(
            HttpMethod.Put, $"/v1/documents/{id}/accounts", HttpCalls.Json($$"""{"accounts":[{{string.Join(',', reversed)}}]}"""), ("If-Match", accounts.Headers.ETag!.Tag));
        edited.StatusCode.ShouldBe(HttpStatusCode.OK);
        await EndAsync(http, id);

        var (_, after) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/result");
        after.GetProperty("accounts").EnumerateArray()
            .Single(account => account.GetProperty("fields").EnumerateArray().Any(candidate => candidate.GetProperty("value").ToString() == "551239"))
            .GetProperty("account_number").GetString().ShouldBe(last.GetProperty("account_number").GetString());
    }

    [Fact]
    public async Task Approving_and_taking_it_back_is_audited_and_told()
    {
        var (http, id) = await PacketAsync();
        var field = await FieldAsync(http, id, "phone");

        (await PatchAsync(http, id, field, """{"approved":true}""")).Answer.GetProperty("review").GetProperty("action").GetString().ShouldBe("approved");
        (await PatchAsync(http, id, field, """{"approved":true}""")).Answer.GetProperty("reviewed").GetBoolean().ShouldBeTrue();
        var (_, back) = await PatchAsync(http, id, field, """{"approved":false}""");

        back.ToString().ShouldBe(field.ToString());
        var (_, trail) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/reviews");
        trail.GetProperty("items").EnumerateArray().Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("actor").GetString()))
            .ShouldBe([("approved", "local"), ("withdrawn", "local")]);
    }

    [Fact]
    public async Task A_field_is_added_once_corrected_and_removed_again()
    {
        var (http, id) = await PacketAsync();
        const string Body = """{"account_index":0,"name":"guarantors","value":"JOHN Q PUBLIC","page":2,"boxes":[{"x":0.1,"y":0.2,"w":0.3,"h":0.02}]}""";

        var (created, field) = await http.CallAsync(HttpMethod.Post, $"/v1/documents/{id}/fields", HttpCalls.Json(Body));
        var (repeated, same) = await http.CallAsync(HttpMethod.Post, $"/v1/documents/{id}/fields", HttpCalls.Json(Body));

        (created.StatusCode, repeated.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        same.GetProperty("id").GetString().ShouldBe(field.GetProperty("id").GetString());
        field.GetProperty("review").GetProperty("action").GetString().ShouldBe("added");
        field.GetProperty("evidence")[0].GetProperty("boxes")[0].GetProperty("w").GetDouble().ShouldBe(0.3);
        var (_, corrected) = await PatchAsync(http, id, field, """{"value":"Jane Public"}""");
        corrected.GetProperty("value").GetString().ShouldBe("Jane Public");
        corrected.GetProperty("alternatives").GetArrayLength().ShouldBe(0);
        (await PatchAsync(http, id, field, """{"approved":false}""")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ResultAsync(http, id)).ShouldNotContain(other => other.GetProperty("id").GetString() == field.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"value":"much"}""", 422, "field.not-valid")]
    [InlineData("""{"value":""}""", 422, "field.not-valid")]
    [InlineData("""{"value":"=1+1"}""", 422, "field.not-valid")]
    [InlineData("""{"value":[1]}""", 422, "request.invalid")]
    [InlineData("""{"value":true}""", 422, "request.invalid")]
    [InlineData("""{"value":{"key":"a","value":"1.00"}}""", 422, "field.not-valid")]
    [InlineData("""{}""", 422, "request.invalid")]
    [InlineData("""{"value":"1.00","approved":false}""", 422, "request.invalid")]
    [InlineData("""{"approved":"yes"}""", 400, "request.malformed")]
    [InlineData("""{"value":""", 400, "request.malformed")]
    public async Task What_is_no_review_is_refused(string body, int status, string code)
    {
        var http = await service.ClientAsync();
        var field = await FieldAsync(http, service.Packet, "balance");

        var (response, problem) = await PatchAsync(http, service.Packet, field, body);

        ((int)response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_huge_value_is_refused()
    {
        var http = await service.ClientAsync();
        var field = await FieldAsync(http, service.Packet, "address");

        var (response, problem) = await PatchAsync(http, service.Packet, field, JsonSerializer.Serialize(new Dictionary<string, string> { ["value"] = new('x', 1_000_000) }));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/value");
    }

    [Theory]
    [InlineData("fields/fld_01a20162dae7764db767658324d377ec", "field.not-found")]
    [InlineData("fields/nothing", "field.not-found")]
    public async Task An_unknown_field_is_not_found(string path, string code)
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(HttpMethod.Patch, $"/v1/documents/{service.Packet}/{path}", HttpCalls.Json("""{"approved":true}"""));

        (response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.NotFound, code));
    }

    [Theory]
    [InlineData("""{"name":"colour","value":"red"}""", 422, "field.unknown-name")]
    [InlineData("""{"name":"cif"}""", 422, "request.invalid")]
    [InlineData("""{"value":"1"}""", 422, "request.invalid")]
    [InlineData("""{"account_index":99,"name":"cif","value":"123"}""", 404, "account.not-found")]
    [InlineData("""{"name":"guarantors","value":"A Person","page":999}""", 404, "page.not-found")]
    [InlineData("""{"name":"guarantors","value":"A Person","boxes":[{"x":0,"y":0,"w":1,"h":1}]}""", 422, "request.invalid")]
    [InlineData("""{"name":"guarantors","value":"A Person","page":2,"boxes":[{"x":5,"y":0,"w":1,"h":1}]}""", 422, "request.invalid")]
    [InlineData("""{"name":"account_number","value":"12345678"}""", 409, "field.exists")]
    public async Task What_is_no_field_is_not_added(string body, int status, string code)
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(HttpMethod.Post, $"/v1/documents/{service.Packet}/fields", HttpCalls.Json(body));

        ((int)response.StatusCode, problem.GetProperty("code").GetString()).ShouldBe((status, code));
    }

    [Theory]
    [InlineData("run_01a20162dae7764db767658324d377ec")]
    [InlineData("run_x")]
    public async Task An_unknown_run_is_not_found(string run)
    {
        var http = await service.ClientAsync();

        (await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/runs/{run}/diff/{run}")).Body.GetProperty("code").GetString().ShouldBe("run.not-found");
    }

    private static Task<(HttpResponseMessage Response, JsonElement Answer)> PatchAsync(HttpClient http, string id, JsonElement field, string body) =>
        http.CallAsync(HttpMethod.Patch, $"/v1/documents/{id}/fields/{field.GetProperty("id").GetString()}", HttpCalls.Json(body));

    private static async Task<JsonElement> FieldAsync(HttpClient http, string id, string name) =>
        (await ResultAsync(http, id)).First(field => field.GetProperty("name").GetString() == name);

    private static async Task<List<JsonElement>> ResultAsync(HttpClient http, string id) =>
        [.. (await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}/result")).Body.GetProperty("accounts").EnumerateArray()
            .SelectMany(account => account.GetProperty("fields").EnumerateArray())];

    private static async Task EndAsync(HttpClient http, string id)
    {
        while ((await http.CallAsync(HttpMethod.Get, $"/v1/documents/{id}")).Body.GetProperty("status").GetString() is "queued" or "processing")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The sample packet once more, for this test alone.</summary>
    private async Task<(HttpClient Http, string Id)> PacketAsync()
    {
        var http = await service.ClientAsync();
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(await File.ReadAllBytesAsync(SamplePacket.Path, TestContext.Current.CancellationToken));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "packet.pdf");
        var (_, document) = await http.CallAsync(HttpMethod.Post, "/v1/documents", form);
        var id = document.GetProperty("id").GetString()!;
        await EndAsync(http, id);
        return (http, id);
    }
}
