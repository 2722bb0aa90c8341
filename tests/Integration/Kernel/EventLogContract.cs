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

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_limit_out_of_range_is_refused(int limit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Log.ReadAsync(null, 0, limit, Ct));

    private static NewEvent Event(string subject, string name) => new(subject, name, "{}");
}
