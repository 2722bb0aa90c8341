using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>What every event log promises.</summary>
public abstract class EventLogContract
{
    protected abstract IEventLog Log { get; }

    protected abstract ManualTimeProvider Clock { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Appends as a repository does.</summary>
    protected abstract Task AppendAsync(ValueList<NewEvent> events);

    /// <summary>Appends as another process does.</summary>
    protected abstract Task AppendElsewhereAsync(ValueList<NewEvent> events);

    [Fact]
    public async Task Events_come_back_in_the_order_in_which_they_were_appended()
    {
        await AppendAsync([Event("doc_a", "first"), Event("doc_b", "second")]);
        await AppendAsync([Event("doc_a", "third")]);

        (await Log.ReadAsync(null, 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public async Task An_event_comes_back_whole_with_its_moment()
    {
        await AppendAsync([new NewEvent("doc_a", "document_queued", """{"name":"Größe 日本"}""")]);

        var logged = (await Log.ReadAsync(null, 0, 10, Ct)).ShouldHaveSingleItem();

        logged.ShouldBe(new LoggedEvent(logged.Sequence, "doc_a", "document_queued", """{"name":"Größe 日本"}""", Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_subject_sees_its_own_events_alone()
    {
        await AppendAsync([Event("doc_a", "first"), Event("doc_b", "second"), Event("doc_a", "third")]);

        (await Log.ReadAsync("doc_a", 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task A_batch_sees_its_own_events_and_those_of_its_documents()
    {
        await AppendAsync([Event("doc_a", "first") with { Batch = "bat_x" }, Event("doc_b", "second"), Event("bat_x", "third"), Event("bat_y", "fourth")]);

        (await Log.ReadAsync("bat_x", 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task Reading_goes_on_after_a_bookmark_page_by_page()
    {
        await AppendAsync(Enumerable.Range(0, 5).Select(index => Event("doc_a", $"event_{index}")).ToValueList());

        var first = await Log.ReadAsync("doc_a", 0, 2, Ct);
        var rest = await Log.ReadAsync("doc_a", first[^1].Sequence, 10, Ct);

        first.Concat(rest).Select(logged => logged.Name).ShouldBe(["event_0", "event_1", "event_2", "event_3", "event_4"]);
    }

    [Fact]
    public async Task Sequences_increase()
    {
        await AppendAsync([Event("doc_a", "first"), Event("doc_b", "second")]);

        var sequences = (await Log.ReadAsync(null, 0, 10, Ct)).Select(logged => logged.Sequence).ToList();

        sequences[0].ShouldBeGreaterThan(0);
        sequences[1].ShouldBeGreaterThan(sequences[0]);
    }

    [Fact]
    public async Task An_event_names_the_batch_whose_readers_are_told_too()
    {
        await AppendAsync([Event("doc_a", "first") with { Batch = "bat_x" }, Event("doc_b", "second")]);

        (await Log.ReadAsync(null, 0, 10, Ct)).Select(logged => logged.Batch).ShouldBe(["bat_x", null]);
    }

    [Fact]
    public async Task A_batch_sees_its_events_page_by_page_each_once_and_in_order()
    {
        await AppendAsync(Enumerable.Range(0, 9)
            .Select(index => Event(index % 3 == 0 ? "bat_x" : "doc_a", $"event_{index}") with { Batch = index % 3 == 1 ? null : "bat_x" }).ToValueList());
        var names = new List<string>();
        var after = 0L;
        while (await Log.ReadAsync("bat_x", after, 2, Ct) is { Count: > 0 } page)
        {
            names.AddRange(page.Select(logged => logged.Name));
            after = page[^1].Sequence;
        }

        names.ShouldBe(["event_0", "event_2", "event_3", "event_5", "event_6", "event_8"]);
    }

    [Fact]
    public async Task The_last_sequence_is_that_of_the_newest_event()
    {
        (await Log.LastSequenceAsync(Ct)).ShouldBe(0);
        await AppendAsync([Event("doc_a", "first"), Event("doc_b", "second")]);

        (await Log.LastSequenceAsync(Ct)).ShouldBe((await Log.ReadAsync(null, 0, 10, Ct))[^1].Sequence);
    }

    [Fact]
    public async Task Waiting_ends_at_once_when_there_is_an_event_already()
    {
        await AppendAsync([Event("doc_a", "first")]);

        await Log.WaitForEventsAsync(0, Ct);
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_event_that_this_process_appends()
    {
        await AppendAsync([Event("doc_a", "first")]);
        var waiting = Log.WaitForEventsAsync(await Log.LastSequenceAsync(Ct), Ct);
        await UntilAsync(() => Clock.TimersSet > 0);
        waiting.IsCompleted.ShouldBeFalse();

        await AppendAsync([Event("doc_a", "second")]);

        await waiting;
    }

    [Fact]
    public async Task Waiting_notices_within_a_second_what_another_process_appends()
    {
        var waiting = Log.WaitForEventsAsync(0, Ct);
        await UntilAsync(() => Clock.TimersSet > 0);
        await AppendElsewhereAsync([Event("doc_a", "first")]);

        Clock.Advance(TimeSpan.FromSeconds(1));

        await waiting;
    }

    [Fact]
    public async Task Waiting_ends_with_its_caller()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var waiting = Log.WaitForEventsAsync(0, gone.Token);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Log.ReadAsync(null, 0, limit, Ct));

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);
        }
    }

    private static NewEvent Event(string subject, string name) => new(subject, name, "{}");
}
