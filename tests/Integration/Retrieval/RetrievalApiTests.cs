using System.Net;
using System.Text.Json;
using Idp.Integration.Api;
using Idp.Integration.Api.Events;

namespace Idp.Integration.Retrieval;

public sealed class RetrievalApiTests(RunningService service)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_document_becomes_searchable_by_itself_and_tells_how_far_that_is()
    {
        var http = await SearchableAsync();

        var (_, knowledge) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/knowledge");
        var (_, chunks) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}/chunks");

        knowledge.GetProperty("stages").EnumerateObject().Select(stage => (stage.Name, stage.Value.GetProperty("status").GetString())).ShouldBe(
            [("parsing", "completed"), ("cleaning", "completed"), ("summary", "completed"), ("chunking", "completed"), ("indexing", "completed")]);
        knowledge.GetProperty("progress").GetInt32().ShouldBe(100);
        knowledge.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
        chunks.GetProperty("items").GetArrayLength().ShouldBe(knowledge.GetProperty("chunks").GetInt32());
    }

    [Fact]
    public async Task The_overview_counts_what_is_searchable()
    {
        var http = await SearchableAsync();

        var (response, overview) = await http.CallAsync(HttpMethod.Get, "/v1/knowledge");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        overview.GetProperty("searchable").GetInt32().ShouldBeInRange(1, overview.GetProperty("documents").GetInt32());
        overview.GetProperty("catches_up").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Its_events_are_a_stream_of_their_own_that_ends_and_leaves_that_of_the_document_alone()
    {
        var http = await SearchableAsync();
        using var knowledge = await ServerSentEvents.OpenAsync(http, $"/v1/documents/{service.Packet}/knowledge/events?after=0", TestContext.Current.CancellationToken);
        using var document = await ServerSentEvents.OpenAsync(http, $"/v1/documents/{service.Packet}/events?after=0", TestContext.Current.CancellationToken);

        var told = await knowledge.ReadToEndAsync(TestContext.Current.CancellationToken);

        told.TakeWhile(happened => happened.Name == "knowledge_progress").Select(happened => happened.Data.GetProperty("stage").GetString()!).Distinct()
            .ShouldBe(["parsing", "cleaning", "summary", "chunking", "indexing"]);
        told.Select(happened => happened.Name).TakeLast(2).ShouldBe(["knowledge_completed", "done"]);
        told[^2].Data.GetProperty("document_id").GetString().ShouldBe(service.Packet);
        (await document.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldAllBe(happened => !happened.Name.StartsWith("knowledge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_answers_with_passages_pages_and_boxes()
    {
        var http = await SearchableAsync();

        var (response, body) = await http.CallAsync(
            HttpMethod.Post, "/v1/search", HttpCalls.Json($$$"""{"query":"account number 4410027835","top_k":3,"filters":{"document_id":"{{{service.Packet}}}"}}"""));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var hit = body.GetProperty("hits")[0];
        hit.GetProperty("document_id").GetString().ShouldBe(service.Packet);
        hit.GetProperty("text").GetString()!.ShouldContain("4410027835");
        hit.GetProperty("pages").EnumerateArray().Select(page => page.GetInt32()).ShouldContain(2);
        hit.GetProperty("highlights").EnumerateArray().Select(highlight => highlight.GetProperty("quote").GetString()!).ShouldContain(quote => quote.Contains("4410027835", StringComparison.Ordinal));
        hit.GetProperty("highlights")[0].GetProperty("boxes")[0].GetProperty("w").GetDouble().ShouldBeInRange(0.01, 1);
    }

    [Fact]
    public async Task An_answer_cites_what_it_quotes_and_nothing_is_invented()
    {
        var http = await SearchableAsync();
        var filter = $$"""{"document_id":"{{service.Packet}}"}""";

        var (_, found) = await http.CallAsync(HttpMethod.Post, "/v1/ask", HttpCalls.Json($$"""{"question":"How many days before a new fee list begins is it sent?","filters":{{filter}}}"""));
        var (_, missing) = await http.CallAsync(HttpMethod.Post, "/v1/ask", HttpCalls.Json($$"""{"question":"Which planet has the largest volcano?","filters":{{filter}}}"""));

        found.GetProperty("found").GetBoolean().ShouldBeTrue();
        found.GetProperty("answer").GetString()!.ShouldContain("thirty days");
        found.GetProperty("citations")[0].GetProperty("supported").GetBoolean().ShouldBeTrue();
        found.GetProperty("citations")[0].GetProperty("boxes").GetArrayLength().ShouldBeGreaterThan(0);
        missing.GetProperty("found").GetBoolean().ShouldBeFalse();
        missing.GetProperty("citations").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("/v1/search", """{"query":""}""", "/query")]
    [InlineData("/v1/search", """{"query":"x","top_k":0}""", "/top_k")]
    [InlineData("/v1/search", """{"query":"x","mode":"psychic"}""", "/mode")]
    [InlineData("/v1/search", """{"query":"x","filters":{"kind":"letter"}}""", "/filters/kind")]
    [InlineData("/v1/ask", """{"top_k":3}""", "/question")]
    public async Task What_cannot_be_searched_is_a_problem_that_points_at_the_fault(string path, string body, string fault)
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(HttpMethod.Post, path, HttpCalls.Json(body));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(fault);
    }

    [Theory]
    [InlineData("""{"query":"???"}""", "search.nothing-to-search")]
    [InlineData("""{"query":"harbour","mode":"vector"}""", "search.no-vectors")]
    public async Task What_cannot_be_answered_has_a_code(string body, string code)
    {
        var http = await service.ClientAsync();

        var (_, problem) = await http.CallAsync(HttpMethod.Post, "/v1/search", HttpCalls.Json(body));

        problem.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_deleted_document_is_not_found_any_more()
    {
        var http = await service.ClientAsync();
        var (_, uploaded) = await http.CallAsync(
            HttpMethod.Post, "/v1/documents", HttpCalls.Form(("file", await File.ReadAllBytesAsync(SamplePacket.Path, TestContext.Current.CancellationToken))));
        var id = uploaded.GetProperty("id").GetString()!;
        await SearchableAsync(id);
        await http.CallAsync(HttpMethod.Delete, $"/v1/documents/{id}");

        var (_, body) = await http.CallAsync(HttpMethod.Post, "/v1/search", HttpCalls.Json("""{"query":"4410027835","top_k":100}"""));

        body.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("document_id").GetString()).ShouldNotContain(id);
    }

    private async Task<HttpClient> SearchableAsync(string? document = null)
    {
        var http = await service.ClientAsync();
        using var patience = new CancellationTokenSource(Patience);
        JsonElement knowledge;
        do
        {
            await Task.Delay(LookInterval, TimeProvider.System, patience.Token);
            (_, knowledge) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{document ?? service.Packet}/knowledge");
        }
        while (knowledge.GetProperty("status").GetString() != "completed");

        return http;
    }
}
