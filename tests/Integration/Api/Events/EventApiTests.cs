using System.Net;
using Idp.Integration.Documents;

namespace Idp.Integration.Api.Events;

public sealed class EventApiTests(RunningService service) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The packet has no id before the service runs.</summary>
    public async ValueTask InitializeAsync() => await service.ClientAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stream_is_neither_buffered_nor_cached_and_says_when_to_reconnect()
    {
        using var stream = await ServerSentEvents.OpenAsync(await service.ClientAsync(), $"/v1/documents/{service.Packet}/events", Ct);
        await stream.ReadToEndAsync(Ct);

        stream.Response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        stream.Response.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        stream.Retry.ShouldBe(3000);
    }

    [Fact]
    public async Task A_document_that_has_ended_gives_its_snapshot_and_done()
    {
        var http = await service.ClientAsync();
        using var stream = await ServerSentEvents.OpenAsync(http, $"/v1/documents/{service.Packet}/events", Ct);

        var events = await stream.ReadToEndAsync(Ct);

        events.Select(happened => happened.Name).ShouldBe(["snapshot", "done"]);
        events[0].Id.ShouldNotBeNull().ShouldBeGreaterThan(0);
        var (_, document) = await http.CallAsync(HttpMethod.Get, $"/v1/documents/{service.Packet}");
        events[0].Data.ToString().ShouldBe(document.ToString());
        events[1].Id.ShouldBeNull();
        events[1].Data.ToString().ShouldBe($$"""{"document_id":"{{service.Packet}}","status":"completed"}""");
    }

    [Fact]
    public async Task After_zero_replays_everything_without_a_snapshot()
    {
        var events = await ReadAsync($"/v1/documents/{service.Packet}/events?after=0");

        events[0].Name.ShouldBe("document_queued");
        events.Count(happened => happened.Name == "page_completed").ShouldBe(8);
        events.TakeLast(2).Select(happened => happened.Name).ShouldBe(["document_completed", "done"]);
        events.SkipLast(1).ShouldAllBe(happened => happened.Data.GetProperty("document_id").GetString() == service.Packet);
        events.SkipLast(1).Select(happened => happened.Id).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_reconnect_after_the_end_gets_what_it_missed_and_done_again()
    {
        var all = await ReadAsync($"/v1/documents/{service.Packet}/events?after=0");
        var bookmark = all[^4].Id.ShouldNotBeNull();

        var missed = await ReadAsync($"/v1/documents/{service.Packet}/events", ("Last-Event-ID", $"{bookmark}"));
        var nothing = await ReadAsync($"/v1/documents/{service.Packet}/events?after={all[^2].Id}");

        Comparable(missed).ShouldBe(Comparable(all.TakeLast(3)));
        nothing.ShouldHaveSingleItem().Name.ShouldBe("done");
    }

    [Fact]
    public async Task The_header_of_a_reconnect_goes_before_the_address_of_the_first_connection()
    {
        var all = await ReadAsync($"/v1/documents/{service.Packet}/events?after=0");

        var events = await ReadAsync($"/v1/documents/{service.Packet}/events?after=0", ("Last-Event-ID", $"{all[^2].Id}"));

        events.ShouldHaveSingleItem().Name.ShouldBe("done");
    }

    [Fact]
    public async Task A_bookmark_of_another_log_starts_anew()
    {
        var events = await ReadAsync($"/v1/documents/{service.Packet}/events?after={long.MaxValue}");

        events.Select(happened => happened.Name).ShouldBe(["snapshot", "done"]);
    }

    [Theory]
    [InlineData("after=-1", "")]
    [InlineData("after=first", "")]
    [InlineData("after=99999999999999999999", "")]
    [InlineData("after=0", "1.5")]
    public async Task A_bad_bookmark_is_malformed(string query, string header)
    {
        var http = await service.ClientAsync();
        foreach (var path in new[] { $"/v1/documents/{service.Packet}/events", "/v1/events" })
        {
            var (response, problem) = await http.CallAsync(HttpMethod.Get, $"{path}?{query}", null, ("Last-Event-ID", header));

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            problem.GetProperty("code").GetString().ShouldBe("events.bad-id");
        }
    }

    [Fact]
    public async Task A_document_that_nobody_knows_has_no_stream()
    {
        var http = await service.ClientAsync();

        var (response, problem) = await http.CallAsync(HttpMethod.Get, "/v1/documents/doc_0197aaaaaaaa7aaaaaaaaaaaaaaaaaaa/events?after=0");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        problem.GetProperty("code").GetString().ShouldBe("document.not-found");
    }

    [Fact]
    public async Task A_stream_follows_a_document_to_its_end()
    {
        var http = await service.ClientAsync();
        var id = await UploadAsync(http, 1);
        using var stream = await ServerSentEvents.OpenAsync(http, $"/v1/documents/{id}/events", Ct);

        var events = await stream.ReadToEndAsync(Ct);

        events[0].Name.ShouldBe("snapshot");
        events[^1].Name.ShouldBe("done");
        var after = (await ReadAsync($"/v1/documents/{id}/events?after={events[0].Id}")).SkipLast(1);
        Comparable(events.Skip(1).SkipLast(1)).ShouldBe(Comparable(after));
    }

    [Fact]
    public async Task A_document_that_is_deleted_ends_its_stream()
    {
        var http = await service.ClientAsync();
        var id = await UploadAsync(http, 2);
        using var stream = await ServerSentEvents.OpenAsync(http, $"/v1/documents/{id}/events", Ct);
        (await http.CallAsync(HttpMethod.Delete, $"/v1/documents/{id}")).Response.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var events = await stream.ReadToEndAsync(Ct);

        events[^1].Name.ShouldBe("done");
        events[^1].Data.GetProperty("document_id").GetString().ShouldBe(id);
        events[^1].Data.GetProperty("status").GetString().ShouldBeOneOf("cancelled", "completed", "deleted");
    }

    [Fact]
    public async Task A_document_that_runs_again_has_a_stream_to_its_new_end()
    {
        var http = await service.ClientAsync();
        var id = await UploadAsync(http, 3);
        await ReadAsync($"/v1/documents/{id}/events");
        await http.CallAsync(HttpMethod.Post, $"/v1/documents/{id}/process", HttpCalls.Json("""{"force":true}"""));

        var events = await ReadAsync($"/v1/documents/{id}/events?after=0");

        events.Count(happened => happened.Name == "document_queued").ShouldBe(2);
        events.Count(happened => happened.Name == "document_completed").ShouldBe(2);
        events[^1].Name.ShouldBe("done");
    }

    [Fact]
    public async Task The_stream_of_all_events_begins_with_the_processor_and_carries_every_document()
    {
        var http = await service.ClientAsync();
        using var stream = await ServerSentEvents.OpenAsync(http, "/v1/events", Ct);
        var first = (await stream.NextAsync(Ct)).ShouldNotBeNull();
        var ids = new HashSet<string> { await UploadAsync(http, 4), await UploadAsync(http, 5) };

        first.Name.ShouldBe("snapshot");
        first.Data.GetProperty("processor").GetProperty("running").GetBoolean().ShouldBeTrue();
        while (ids.Count > 0)
        {
            var next = (await stream.NextAsync(Ct)).ShouldNotBeNull();
            next.Id.ShouldNotBeNull().ShouldBeGreaterThan(first.Id!.Value);
            if (next.Name == "document_completed")
            {
                ids.Remove(next.Data.GetProperty("document_id").GetString()!);
            }
        }
    }

    private static Task<string> UploadAsync(HttpClient http, int number) => EventDocuments.UploadAsync(http, $"stream {number}", pages: 6, Ct);

    private async Task<List<ServerSentEvent>> ReadAsync(string path, params (string Name, string Value)[] headers)
    {
        using var stream = await ServerSentEvents.OpenAsync(await service.ClientAsync(), path, Ct, headers);
        return await stream.ReadToEndAsync(Ct);
    }

    private static List<string> Comparable(IEnumerable<ServerSentEvent> events) => [.. events.Select(happened => $"{happened.Id} {happened.Name} {happened.Data}")];
}

/// <summary>Documents for the tests of events.</summary>
internal static class EventDocuments
{
    /// <summary>Uploads a PDF that no other test sends.</summary>
    public static async Task<string> UploadAsync(HttpClient http, string text, int pages, CancellationToken ct)
    {
        var content = PdfBuilder.OfPages(Enumerable.Range(1, pages).Select(page => $"{text}, page {page}"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "events.pdf" } };
        using var response = await http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var document = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
