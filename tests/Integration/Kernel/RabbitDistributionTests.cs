using System.Collections.Concurrent;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.RabbitMq;
using Idp.Integration.Containers;
using RabbitMQ.Client;

namespace Idp.Integration.Kernel;

/// <summary>Nodes that hardly ever look for work unless they are invited, so that what is done was distributed.</summary>
public sealed class RabbitDistributionTests(PostgresServer postgres, RabbitServer rabbit) : IAsyncLifetime
{
    private readonly List<RabbitTestNode> _nodes = [];
    private PostgresTestDatabase _database = null!;
    private QueueOptions _queue = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _queue = await rabbit.NewQueueAsync();
        _database = await PostgresTestDatabase.CreateAsync(postgres);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_nothing_is_done_twice()
    {
        const int Items = 30;
        RabbitTestNode[] workers = [await NodeAsync(), await NodeAsync()];
        var done = new ConcurrentQueue<string>();
        var bothWork = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        for (var index = 0; index < workers.Length; index++)
        {
            var (node, begun) = (workers[index], bothWork[index]);
            node.Work(async item =>
            {
                begun.TrySetResult();
                await Task.WhenAll(bothWork.Select(source => source.Task)).WaitAsync(Ct);
                await node.Queue.CompleteAsync(item.Id, Ct);
                done.Enqueue(item.Subject);
            });
        }

        await (await NodeAsync()).AddAsync([.. Enumerable.Range(0, Items).Select(index => $"doc_{index}")]);

        await UntilAsync(() => done.Count >= Items);
        done.Order().ShouldBe(Enumerable.Range(0, Items).Select(index => $"doc_{index}").Order());
    }

    [Fact]
    public async Task Messages_are_for_the_more_urgent_first()
    {
        var node = await NodeAsync();
        await node.AddAsync("doc_low", Priority.Low);
        await node.AddAsync("doc_normal", Priority.Normal);
        await node.AddAsync("doc_high", Priority.High);
        await using var queue = await RabbitTestQueue.ConnectAsync(_queue);
        await queue.HoldsAsync(3);

        Priority[] order = [(await queue.TakeAsync()).Priority, (await queue.TakeAsync()).Priority, (await queue.TakeAsync()).Priority];

        order.ShouldBe([Priority.High, Priority.Normal, Priority.Low]);
    }

    [Fact]
    public async Task Work_that_failed_comes_back_when_it_is_due()
    {
        var node = await NodeAsync();
        var attempts = new ConcurrentQueue<int>();
        node.Work(async item =>
        {
            attempts.Enqueue(item.Attempts);
            await (item.Attempts < 2 ? node.Queue.RetryLaterAsync(item.Id, TimeSpan.FromMilliseconds(100), Ct) : node.Queue.CompleteAsync(item.Id, Ct));
        });

        await node.AddAsync("doc_a");

        await UntilAsync(() => attempts.Count == 3);
        attempts.ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task What_a_node_had_in_hand_when_it_vanished_is_done_by_another()
    {
        var (lost, other) = (await NodeAsync(), await NodeAsync());
        await lost.AddAsync("doc_a", "doc_b");
        (await ClaimAsync(lost, TimeSpan.FromSeconds(2))).ShouldBe("doc_a");
        (await ClaimAsync(lost, TimeSpan.FromSeconds(2))).ShouldBe("doc_b");

        await lost.VanishAsync();
        var done = other.WorkAndComplete();

        await UntilAsync(() => done.Count == 2);
        done.Order().ShouldBe(["doc_a", "doc_b"]);
    }

    [Fact]
    public async Task Messages_that_a_killed_consumer_never_answered_go_to_another()
    {
        var node = await NodeAsync();
        await node.AddAsync("doc_a", "doc_b", "doc_c");
        var killed = await RabbitTestQueue.ConnectAsync(_queue);
        await killed.HoldsAsync(3);
        for (var message = 0; message < 3; message++)
        {
            await killed.TakeAsync();
        }

        // One item is found by the look with which a node begins; of the others it hears only when they are delivered again.
        var done = node.WorkAndComplete();
        await killed.DisposeAsync();

        await UntilAsync(() => done.Count == 3);
    }

    [Fact]
    public async Task What_the_broker_lost_is_published_again()
    {
        var api = await NodeAsync();
        await api.AddAsync("doc_a", "doc_b", "doc_c");
        await using (var queue = await RabbitTestQueue.ConnectAsync(_queue))
        {
            await queue.HoldsAsync(3);
            await queue.DeleteAsync();
        }

        var done = (await NodeAsync()).WorkAndComplete();

        await UntilAsync(() => done.Count == 3);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_a_node_is_made_again()
    {
        var node = await NodeAsync();
        var done = node.WorkAndComplete();
        await node.AddAsync("doc_a");
        await UntilAsync(() => done.Count == 1);

        await using (var queue = await RabbitTestQueue.ConnectAsync(_queue))
        {
            await queue.DeleteAsync();
        }

        await node.AddAsync("doc_b", "doc_c");
        await UntilAsync(() => done.Count == 3);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_put_aside_and_work_goes_on()
    {
        var node = await NodeAsync();
        var done = node.WorkAndComplete();
        await using var queue = await RabbitTestQueue.ConnectAsync(_queue);

        await queue.PublishAsync(new BasicProperties { Type = "idp.work" }, "wrk_nonsense"u8.ToArray());
        await queue.PublishAsync(new BasicProperties(), new byte[1000]);

        await queue.HasPutAsideAsync(2);
        await node.AddAsync("doc_a", "doc_b");
        await UntilAsync(() => done.Count == 2);
    }

    [Fact]
    public async Task A_message_that_came_back_too_often_is_put_aside()
    {
        await using var queue = await RabbitTestQueue.ConnectAsync(_queue);
        var node = await NodeAsync();
        var message = new WorkMessage(StrongId.New<WorkItemId>(TimeProvider.System), Priority.Low, WorkMessage.MostRedeliveries);
        await queue.PublishAsync(message.ToProperties(), message.Body);
        await queue.HoldsAsync(1);
        await using (var killed = await RabbitTestQueue.ConnectAsync(_queue))
        {
            await killed.TakeAsync();
        }

        node.WorkAndComplete();

        await queue.HasPutAsideAsync(1);
    }

    [Fact]
    public async Task A_message_that_comes_back_is_counted()
    {
        var item = StrongId.New<WorkItemId>(TimeProvider.System);
        var first = await NodeAsync();
        await first.Queue.ClaimAsync(TimeSpan.FromMinutes(1), Ct);
        await using var queue = await RabbitTestQueue.ConnectAsync(_queue);
        var message = new WorkMessage(item, Priority.High);
        await using (var killed = await RabbitTestQueue.ConnectAsync(_queue))
        {
            await killed.PublishAsync(message.ToProperties(), message.Body);
            await first.Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromHours(1), Ct);
        }

        await first.VanishAsync();
        await queue.HoldsAsync(1);
        var second = await NodeAsync();
        await second.Queue.ClaimAsync(TimeSpan.FromMinutes(1), Ct);
        await second.Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromHours(1), Ct);
        await second.VanishAsync();

        await queue.HoldsAsync(1);
        (await queue.TakeAsync()).ShouldBe(message.ComeBack());
    }

    [Fact]
    public async Task What_the_broker_did_not_confirm_is_still_to_be_published()
    {
        var node = NewNode();
        await node.AddAsync("doc_a");
        await Should.ThrowAsync<TimeoutException>(() => node.Outbox.PublishDueAsync(_ => throw new TimeoutException(), Ct));

        (await node.Outbox.PublishDueAsync(_ => Task.CompletedTask, Ct)).ShouldBe(1);

        (await node.Outbox.PublishDueAsync(_ => Task.CompletedTask, Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_as_much_is_published_again_as_is_missing()
    {
        var node = NewNode();
        await node.AddAsync("doc_a", "doc_b", "doc_c");
        await node.Outbox.PublishDueAsync(_ => Task.CompletedTask, Ct);

        (await node.Outbox.AnnounceMissingAsync(3, Ct)).ShouldBe(0);
        (await node.Outbox.AnnounceMissingAsync(1, Ct)).ShouldBe(2);
        (await node.Outbox.PublishDueAsync(_ => Task.CompletedTask, Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task A_broker_that_refuses_the_user_is_named_without_the_password()
    {
        var refused = new QueueOptions { Provider = "rabbitmq", Uri = _queue.Uri.Replace("guest:guest", "guest:hush-hush", StringComparison.Ordinal) };

        var exception = await Should.ThrowAsync<SetupException>(() => NewNode(refused).ConnectAsync());

        exception.Message.ShouldContain("QUEUE__URI");
        exception.ToString().ShouldNotContain("hush-hush");
    }

    [Fact]
    public async Task A_virtual_host_that_does_not_exist_is_named_with_the_mend()
    {
        var missing = new QueueOptions { Provider = "rabbitmq", Uri = $"{_queue.Uri}nowhere" };

        var exception = await Should.ThrowAsync<SetupException>(() => NewNode(missing).ConnectAsync());

        exception.Message.ShouldContain("nowhere");
        exception.Message.ShouldContain("add_vhost");
    }

    [Fact]
    public async Task A_node_whose_broker_does_not_answer_works_all_the_same()
    {
        var node = NewNode(new QueueOptions { Provider = "rabbitmq", Uri = "amqp://guest:guest@127.0.0.1:1/" });
        await node.ConnectAsync();
        var done = node.WorkAndComplete();

        await node.AddAsync("doc_a", "doc_b", "doc_c");

        await UntilAsync(() => done.Count == 3);
    }

    private static async Task<string?> ClaimAsync(RabbitTestNode node, TimeSpan lease)
    {
        while (true)
        {
            if (await node.Queue.ClaimAsync(lease, Ct) is { } item)
            {
                return item.Subject;
            }

            await node.Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromSeconds(1), Ct);
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    private async Task<RabbitTestNode> NodeAsync()
    {
        var node = NewNode();
        await node.ConnectAsync();
        return node;
    }

    private RabbitTestNode NewNode(QueueOptions? queue = null)
    {
        var node = new RabbitTestNode(_database.ConnectionString, queue ?? _queue);
        _nodes.Add(node);
        return node;
    }
}
