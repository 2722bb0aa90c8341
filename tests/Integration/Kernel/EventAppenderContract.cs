using Idp.Application.Kernel.Events;

namespace Idp.Integration.Kernel;

/// <summary>What every appender of events promises.</summary>
public abstract class EventAppenderContract
{
    protected abstract IEventAppender Appender { get; }

    /// <summary>The log that it appends to.</summary>
    protected abstract IEventLog Log { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_appended_is_read_in_its_order()
    {
        await Appender.AppendAsync([new NewEvent("doc_a", "first", "{}"), new NewEvent("doc_b", "second", "{}")], Ct);
        await Appender.AppendAsync([new NewEvent("doc_a", "third", """{"n":3}""")], Ct);

        (await Log.ReadAsync(null, 0, 10, Ct)).Select(logged => (logged.Subject, logged.Name, logged.Data))
            .ShouldBe([("doc_a", "first", "{}"), ("doc_b", "second", "{}"), ("doc_a", "third", """{"n":3}""")]);
    }

    [Fact]
    public async Task A_cancelled_append_appends_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Appender.AppendAsync([new NewEvent("doc_a", "first", "{}")], cancelled.Token));

        (await Log.ReadAsync(null, 0, 10, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Appenders_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Appender.AppendAsync([new NewEvent("doc_a", $"event_{index}", "{}")], Ct)));

        (await Log.ReadAsync("doc_a", 0, 100, Ct)).Count.ShouldBe(20);
    }
}
