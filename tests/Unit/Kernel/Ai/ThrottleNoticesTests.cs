using System.Text.Json;
using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Kernel.Ai;

namespace Idp.Unit.Kernel.Ai;

public sealed class ThrottleNoticesTests
{
    private static readonly GateSignal Signal = new(GateSignalKind.TooFast, 3, new DateTimeOffset(2026, 3, 14, 9, 27, 0, TimeSpan.Zero), 60);

    private readonly InMemoryEvents _events = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly ThrottleNotices _notices;

    public ThrottleNoticesTests() => _notices = new ThrottleNotices(_events, ScriptedModel.Identity, _clock);

    [Fact]
    public async Task The_one_who_was_refused_is_told_what_the_gate_makes_of_it()
    {
        await TellAsync("doc_1");

        var told = _events.All.ShouldHaveSingleItem();
        (told.Subject, told.Name).ShouldBe(("doc_1", "provider_throttled"));
        using var data = JsonDocument.Parse(told.Data);
        data.RootElement.EnumerateObject().Select(property => $"{property.Name} {property.Value}").ShouldBe(
        [
            "document_id doc_1", "provider http://model", "model m", "reason too_fast", "limit 3", "requests_per_minute 60", "paused_until 2026-03-14T09:27:00+00:00",
        ]);
    }

    [Fact]
    public async Task The_readers_of_its_batch_are_told_too()
    {
        await _notices.TellAsync(TranscriptTask.For("doc_1") with { Batch = "batch_1" }, Signal, TestContext.Current.CancellationToken);

        _events.All.ShouldHaveSingleItem().Batch.ShouldBe("batch_1");
    }

    [Fact]
    public async Task All_who_wait_are_told_once()
    {
        var entry = new TaskCompletionSource<int>();
        Task[] waits = [Wait("doc_2"), Wait("doc_2"), Wait("doc_3")];

        await TellAsync("doc_1");
        entry.SetResult(0);
        await Task.WhenAll(waits);

        _events.All.Select(told => told.Subject).ShouldBe(["doc_1", "doc_2", "doc_3"]);

        Task Wait(string subject) => _notices.WhileWaitingAsync(TranscriptTask.For(subject), () => entry.Task);
    }

    [Fact]
    public async Task Whoever_waits_no_longer_is_not_told()
    {
        await _notices.WhileWaitingAsync(TranscriptTask.For("doc_2"), () => Task.FromResult(0));
        await Should.ThrowAsync<OperationCanceledException>(() => _notices.WhileWaitingAsync(TranscriptTask.For("doc_3"), () => Task.FromCanceled<int>(new CancellationToken(canceled: true))));

        await TellAsync("doc_1");

        _events.All.Select(told => told.Subject).ShouldBe(["doc_1"]);
    }

    [Fact]
    public async Task Nobody_is_told_twice_within_a_second()
    {
        await TellAsync("doc_1");
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        await TellAsync("doc_1");
        await TellAsync("doc_2");
        _events.All.Select(told => told.Subject).ShouldBe(["doc_1", "doc_2"]);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await TellAsync("doc_1");
        await TellAsync("doc_2");

        _events.All.Select(told => told.Subject).ShouldBe(["doc_1", "doc_2", "doc_1"]);
    }

    private Task TellAsync(string refused) => _notices.TellAsync(TranscriptTask.For(refused), Signal, TestContext.Current.CancellationToken);
}
