using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Unit.Kernel.Events;

public sealed class EventFeedProperties
{
    private static readonly string?[] Subjects = ["doc_a", "doc_b", "bat_x", null];

    /// <summary>What happens next: the kind of step, and on whom it falls.</summary>
    private sealed record Step(int Kind, int Whom);

    /// <summary>
    /// Appends for several subjects, listeners that read a little, a lot or not at all, that leave and come back with the last sequence they saw, a window of a few events and a
    /// log that is away now and then: each listener sees every event that concerns it once, in order.
    /// </summary>
    [Fact]
    public void Every_listener_sees_every_event_once_and_in_order() =>
        Prop.ForAll(Scripts(), PlayAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    private static Arbitrary<List<Step>> Scripts() => Gen.Choose(0, 9)
        .SelectMany(kind => Gen.Choose(0, 7).Select(whom => new Step(kind, whom)))
        .ListOf().Select(steps => steps.ToList()).ToArbitrary();

    private static async Task PlayAsync(List<Step> script)
    {
        var log = new InMemoryEventLog();
        using var feed = new EventFeed(
            log,
            new EventFeedSettings { WindowEvents = 5, WindowCharacters = 12, PageSize = 3, Rest = TimeSpan.Zero, RetryDelay = TimeSpan.Zero },
            TimeProvider.System,
            NullLogger<EventFeed>.Instance);
        var readers = Enumerable.Range(0, 8).Select(index => new Reader(feed, Subjects[index % Subjects.Length])).ToList();
        foreach (var step in script)
        {
            await PlayAsync(step, log, readers[step.Whom]);
        }

        foreach (var reader in readers)
        {
            await reader.FinishAsync(log.Events);
        }
    }

    private static async Task PlayAsync(Step step, InMemoryEventLog log, Reader reader)
    {
        switch (step.Kind)
        {
            case <= 3:
                var subject = Subjects[step.Whom % 3]!;
                log.Append(subject, step.Whom % 2 == 0 || subject == "bat_x" ? "bat_x" : null);
                break;
            case <= 6:
                await reader.ReadAsync();
                break;
            case 7:
                reader.Reconnect();
                break;
            case 8:
                log.FailNext(1);
                break;
            default:
                // Lets the feed do something of its own.
                await Task.Yield();
                break;
        }
    }

    private sealed class Reader(EventFeed feed, string? subject)
    {
        private readonly List<LoggedEvent> _seen = [];
        private EventListener? _listener;

        public async Task ReadAsync()
        {
            _listener ??= feed.Listen(subject, Bookmark);
            _seen.AddRange(await _listener.NextAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        }

        public void Reconnect()
        {
            _listener?.Dispose();
            _listener = feed.Listen(subject, Bookmark);
        }

        public async Task FinishAsync(IReadOnlyList<LoggedEvent> appended)
        {
            var expected = appended.Where(logged => subject is null || logged.Subject == subject || logged.Batch == subject).ToList();
            _listener ??= feed.Listen(subject, Bookmark);
            while (_seen.Count < expected.Count)
            {
                var page = await _listener.NextAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
                page.ShouldNotBeEmpty();
                _seen.AddRange(page);
            }

            (await _listener.NextAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeEmpty();
            _seen.ShouldBe(expected);
            _listener.Dispose();
        }

        private long Bookmark => _seen.Count > 0 ? _seen[^1].Sequence : 0;
    }
}
