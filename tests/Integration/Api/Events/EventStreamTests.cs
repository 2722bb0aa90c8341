using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dapper;
using Idp.Integration.Faults;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Api.Events;

/// <summary>Streams of a service of their own, which they load and stop.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    /// <summary>Long enough for a slow machine, and short of the 20 s that the host would wait for open connections.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProcess _service;

    public EventStreamTests() => _service = new ServiceProcess(_folder.Path, new Dictionary<string, string> { ["EVENTS__HEARTBEAT_SECONDS"] = "0.2" });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Http => _service.Http;

    public async ValueTask InitializeAsync() => await _service.StartAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_reader_cut_off_again_and_again_misses_and_repeats_nothing()
    {
        var moments = new Random(20261122);
        var id = await EventDocuments.UploadAsync(Http, "cut off", pages: 120, Ct);
        var seen = new List<ServerSentEvent>();
        var connections = 0;
        while (seen.Count == 0 || seen[^1].Name != "done")
        {
            connections++;
            var bookmark = seen.Count > 0 ? seen[^1].Id!.Value : 0;
            using var stream = await ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events?after=0", Ct, ("Last-Event-ID", $"{bookmark}"));
            for (var left = moments.Next(0, 6); left > 0 && await stream.NextAsync(Ct) is { } next; left--)
            {
                seen.Add(next);
            }
        }

        using var replay = await ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events?after=0", Ct);
        var expected = await replay.ReadToEndAsync(Ct);
        connections.ShouldBeGreaterThan(20);
        seen.Select(happened => $"{happened.Id} {happened.Name}").ShouldBe(expected.Select(happened => $"{happened.Id} {happened.Name}"));
        expected.Count(happened => happened.Name == "page_completed").ShouldBe(120);
    }

    [Fact]
    public async Task A_reader_misses_and_repeats_nothing_when_the_service_is_killed()
    {
        var id = await EventDocuments.UploadAsync(Http, "killed", pages: 60, Ct);
        var seen = new List<ServerSentEvent>();
        using (var stream = await ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events?after=0", Ct))
        {
            seen.Add((await stream.NextAsync(Ct)).ShouldNotBeNull());
            seen.Add((await stream.NextAsync(Ct)).ShouldNotBeNull());
        }

        await _service.KillAsync(Ct);
        await _service.StartAsync(Ct);
        using (var stream = await ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events", Ct, ("Last-Event-ID", $"{seen[^1].Id}")))
        {
            seen.AddRange(await stream.ReadToEndAsync(Ct));
        }

        using var replay = await ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events?after=0", Ct);
        seen.Select(happened => $"{happened.Id} {happened.Name}").ShouldBe((await replay.ReadToEndAsync(Ct)).Select(happened => $"{happened.Id} {happened.Name}"));
    }

    [Fact]
    public async Task Comments_keep_an_idle_stream_open()
    {
        using var stream = await ServerSentEvents.OpenAsync(Http, "/v1/events", Ct);
        using var seen = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var reading = stream.ReadToEndAsync(seen.Token);
        while (stream.Comments < 3)
        {
            reading.IsCompleted.ShouldBeFalse();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }

        await seen.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Three_hundred_listeners_of_one_document_get_everything()
    {
        var id = await EventDocuments.UploadAsync(Http, "three hundred", pages: 40, Ct);
        var streams = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events?after=0", Ct)));

        var all = await Task.WhenAll(streams.Select(stream => stream.ReadToEndAsync(Ct)));

        Array.ForEach(streams, stream => stream.Dispose());
        var expected = all[0].Select(happened => $"{happened.Id} {happened.Name}").ToList();
        expected.Count(name => name.EndsWith("page_completed", StringComparison.Ordinal)).ShouldBe(40);
        all.ShouldAllBe(events => events.Select(happened => $"{happened.Id} {happened.Name}").SequenceEqual(expected));
    }

    [Fact]
    public async Task A_listener_that_never_reads_holds_up_nobody_and_not_the_end_of_the_service()
    {
        await FillLogAsync(megabytes: 30);
        using var deaf = await ConnectWithoutReadingAsync("/v1/events?after=0");
        using var all = await ServerSentEvents.OpenAsync(Http, "/v1/events", Ct);
        var id = await EventDocuments.UploadAsync(Http, "never reads", pages: 5, Ct);
        using var own = await ServerSentEvents.OpenAsync(Http, $"/v1/documents/{id}/events?after=0", Ct);

        (await own.ReadToEndAsync(Ct))[^1].Name.ShouldBe("done");
        var next = await all.NextAsync(Ct);
        while (next is not { Name: "document_completed" })
        {
            next = (await all.NextAsync(Ct)).ShouldNotBeNull();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(StopLimit);
        (await _service.StopAsync(limit.Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Streams_end_cleanly_and_at_once_when_the_service_stops()
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ServerSentEvents.OpenAsync(Http, "/v1/events", Ct)));
        var reading = Task.WhenAll(streams.Select(stream => stream.ReadToEndAsync(Ct)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(StopLimit);

        (await _service.StopAsync(limit.Token)).ShouldBe(0);

        // A connection that is cut would throw here.
        (await reading).ShouldAllBe(events => events.Count == 1 && events[0].Name == "snapshot");
        Array.ForEach(streams, stream => stream.Dispose());
    }

    [Fact]
    public async Task What_another_process_appends_arrives_too()
    {
        using var stream = await ServerSentEvents.OpenAsync(Http, "/v1/events", Ct);
        (await stream.NextAsync(Ct)).ShouldNotBeNull().Name.ShouldBe("snapshot");

        await AppendElsewhereAsync("doc_elsewhere", "noticed", """{"document_id":"doc_elsewhere"}""", times: 1);

        (await stream.NextAsync(Ct)).ShouldNotBeNull().Name.ShouldBe("noticed");
    }

    private async Task FillLogAsync(int megabytes) => await AppendElsewhereAsync(
        "doc_other", "filled", $$"""{"document_id":"doc_other","filler":"{{new string('x', 10_000)}}"}""", megabytes * 100);

    private async Task AppendElsewhereAsync(string subject, string name, string data, int times)
    {
        await using var connection = new SqliteConnection($"Data Source={_service.DatabasePath}");
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        for (var count = 0; count < times; count++)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO events (subject, name, data, at) VALUES (@subject, @name, @data, '2026-11-22T00:00:00.0000000Z')",
                new { subject, name, data },
                transaction,
                cancellationToken: Ct));
        }

        await transaction.CommitAsync(Ct);
    }

    /// <summary>Sends the request and reads no byte of the answer.</summary>
    private async Task<Socket> ConnectWithoutReadingAsync(string path)
    {
        var address = Http.BaseAddress!;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(address.Host, address.Port, Ct);
        var request = string.Create(CultureInfo.InvariantCulture, $"GET {path} HTTP/1.1\r\nHost: {address.Host}:{address.Port}\r\n\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Ct);
        return socket;
    }
}
