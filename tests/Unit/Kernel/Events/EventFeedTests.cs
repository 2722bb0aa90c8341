using Idp.Application.Kernel.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Unit.Kernel.Events;

public sealed class EventFeedTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly InMemoryEventLog _log = new();
    private readonly EventFeed _feed;

    public EventFeedTests() => _feed = new EventFeed(
        _log,
        new EventFeedSettings { WindowEvents = 4, PageSize = 2, Rest = TimeSpan.Zero, RetryDelay = TimeSpan.Zero },
        TimeProvider.System,
        NullLogger<EventFeed>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task A_listener_from_the_start_gets_what_was_there_and_what_follows()
    {
        _log.Append("doc_a");
        using var listener = _feed.Listen("doc_a", 0);
        var first = await TakeAsync(listener, 1);

        _log.Append("doc_a");
        var second = await TakeAsync(listener, 1);

        first.Concat(second).ShouldBe(_log.Events);
    }

    [Fact]
    public async Task A_listener_gets_only_what_concerns_it_and_a_batch_its_documents_too()
    {
        using var document = _feed.Listen("doc_a", 0);
        using var batch = _feed.Listen("bat_x", 0);
        using var everything = _feed.Listen(null, 0);

        var mine = _log.Append("doc_a", "bat_x");
        var others = _log.Append("doc_b", "bat_x");
        var batches = _log.Append("bat_x");
        var strange = _log.Append("doc_c");

        (await TakeAsync(document, 1)).ShouldBe([mine]);
        (await TakeAsync(batch, 3)).ShouldBe([mine, others, batches]);
        (await TakeAsync(everything, 4)).ShouldBe([mine, others, batches, strange]);
    }

    [Fact]
    public async Task An_event_of_a_batch_that_names_itself_comes_once()
    {
        using var batch = _feed.Listen("bat_x", 0);
        var first = _log.Append("bat_x", "bat_x");
        var second = _log.Append("bat_x", "bat_x");

        (await TakeAsync(batch, 2)).ShouldBe([first, second]);
    }

    [Fact]
    public async Task Nothing_within_the_patience_answers_with_nothing()
    {
        using var listener = _feed.Listen("doc_a", 0);

        (await listener.NextAsync(TimeSpan.FromMilliseconds(1), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_patience_all_that_had_been_appended_still_comes()
    {
        for (var count = 0; count < 5; count++)
        {
            _log.Append("doc_a");
        }

        using var listener = _feed.Listen("doc_a", 0);
        var taken = new List<LoggedEvent>();
        while (await listener.NextAsync(TimeSpan.Zero, Ct) is { Count: > 0 } page)
        {
            taken.AddRange(page);
        }

        taken.ShouldBe(_log.Events);
    }

    [Fact]
    public async Task A_listener_that_fell_behind_the_window_reads_on_from_the_log()
    {
        using var slow = _feed.Listen(null, 0);
        using var fast = _feed.Listen(null, 0);
        for (var count = 0; count < 50; count++)
        {
            _log.Append("doc_a");
        }

        await TakeAsync(fast, 50);
        (await TakeAsync(slow, 50)).ShouldBe(_log.Events);
    }

    [Fact]
    public async Task An_idle_listener_is_not_sent_to_the_log_by_what_happens_to_others()
    {
        using var idle = _feed.Listen("doc_a", 0);
        using var busy = _feed.Listen("doc_b", 0);
        _log.Append("doc_a");
        await TakeAsync(idle, 1);
        (await idle.NextAsync(TimeSpan.FromMilliseconds(1), Ct)).ShouldBeEmpty();

        // What comes now comes from the feed, which until then may not have begun.
        _log.Append("doc_a");
        await TakeAsync(idle, 1);
        (await idle.NextAsync(TimeSpan.FromMilliseconds(1), Ct)).ShouldBeEmpty();
        var readsBefore = _log.ReadsOf("doc_a");
        for (var count = 0; count < 50; count++)
        {
            _log.Append("doc_b");
        }

        await TakeAsync(busy, 50);
        (await idle.NextAsync(TimeSpan.FromMilliseconds(1), Ct)).ShouldBeEmpty();

        _log.ReadsOf("doc_a").ShouldBe(readsBefore);
    }

    [Fact]
    public async Task Many_listeners_cost_no_more_reads_than_one()
    {
        var listeners = Enumerable.Range(0, 100).Select(_ => _feed.Listen("doc_a", 0)).ToList();
        var first = _log.Append("doc_a");
        foreach (var listener in listeners)
        {
            (await TakeAsync(listener, 1)).ShouldBe([first]);
            (await listener.NextAsync(TimeSpan.FromMilliseconds(1), Ct)).ShouldBeEmpty();
        }

        // What comes now comes from the feed, which until then may not have begun.
        await AppendAsync();
        var readsBefore = _log.Reads;
        await AppendAsync();
        await AppendAsync();
        await AppendAsync();

        // A few for each event, however many listen.
        (_log.Reads - readsBefore).ShouldBeLessThan(20);
        listeners.ForEach(listener => listener.Dispose());
        _feed.Listeners.ShouldBe(0);

        async Task AppendAsync()
        {
            var logged = _log.Append("doc_a");
            foreach (var listener in listeners)
            {
                (await TakeAsync(listener, 1)).ShouldBe([logged]);
            }
        }
    }

    [Fact]
    public async Task Listening_goes_on_after_the_log_was_away()
    {
        using var listener = _feed.Listen("doc_a", 0);
        (await listener.NextAsync(TimeSpan.Zero, Ct)).ShouldBeEmpty();
        _log.FailNext(3);
        _log.Append("doc_a");
        _log.Append("doc_a");

        (await TakeAsync(listener, 2)).ShouldBe(_log.Events);
    }

    [Fact]
    public async Task A_wait_ends_with_its_caller()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var listener = _feed.Listen("doc_a", 0);
        var waiting = listener.NextAsync(Long, gone.Token);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Listening_begins_again_after_nobody_listened_for_a_while()
    {
        var first = _feed.Listen(null, 0);
        var before = _log.Append("doc_a");
        (await TakeAsync(first, 1)).ShouldBe([before]);
        first.Dispose();
        var meanwhile = _log.Append("doc_a");

        using var second = _feed.Listen(null, before.Sequence);
        var after = _log.Append("doc_a");

        (await TakeAsync(second, 2)).ShouldBe([meanwhile, after]);
    }

    /// <summary>Exactly so many events; more than asked for fails.</summary>
    private static async Task<List<LoggedEvent>> TakeAsync(EventListener listener, int count)
    {
        var taken = new List<LoggedEvent>();
        while (taken.Count < count)
        {
            var page = await listener.NextAsync(Long, Ct);
            page.ShouldNotBeEmpty();
            taken.AddRange(page);
        }

        taken.Count.ShouldBe(count);
        return taken;
    }
}
