using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Kernel;

namespace Idp.Integration.Kernel;

/// <summary>What every work queue promises.</summary>
public abstract class WorkQueueContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected abstract ManualTimeProvider Clock { get; }

    /// <summary>The queue as this node sees it.</summary>
    protected abstract IWorkQueue Queue { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same queue as another node sees it, through connections of its own.</summary>
    protected abstract IWorkQueue AnotherNode();

    protected abstract Task AddAsync(WorkItem item);

    [Fact]
    public async Task An_item_comes_back_as_it_was_added()
    {
        var item = NewItem("doc_a", Priority.High) with { Attempts = 3, Lane = "bat_a" };
        await AddAsync(item);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(item);
    }

    [Fact]
    public async Task An_empty_queue_gives_nothing() => (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();

    [Fact]
    public async Task A_claimed_item_is_not_given_again()
    {
        await AddAsync(NewItem("doc_a"));
        await Queue.ClaimAsync(Lease, Ct);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
        (await AnotherNode().ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Each_pool_has_its_own_work()
    {
        var search = NewItem("cmp_a") with { Pool = "searches" };
        var document = NewItem("doc_a");
        await AddAsync(search);
        await AddAsync(document);

        (await Queue.ClaimAsync("searches", Lease, Ct)).ShouldBe(search);
        (await Queue.ClaimAsync("searches", Lease, Ct)).ShouldBeNull();
        (await Queue.ClaimAsync("analyses", Lease, Ct)).ShouldBeNull();
        (await Queue.ClaimAsync(WorkPools.Documents, Lease, Ct)).ShouldBe(document);
    }

    [Fact]
    public async Task Work_of_a_pool_that_is_given_back_is_given_to_that_pool_again()
    {
        var search = NewItem("cmp_a") with { Pool = "searches" };
        await AddAsync(search);
        await Queue.ReleaseAsync((await Queue.ClaimAsync("searches", Lease, Ct)).ShouldNotBeNull().Id, Ct);

        (await Queue.ClaimAsync(WorkPools.Documents, Lease, Ct)).ShouldBeNull();
        (await AnotherNode().ClaimAsync("searches", Lease, Ct)).ShouldBe(search);
    }

    [Fact]
    public async Task Many_claimers_on_several_nodes_get_every_item_exactly_once()
    {
        const int Items = 120;
        for (var index = 0; index < Items; index++)
        {
            await AddAsync(NewItem($"doc_{index}"));
        }

        IWorkQueue[] nodes = [Queue, AnotherNode(), AnotherNode()];
        var claimed = await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => Task.Run(() => ClaimAllAsync(nodes[worker % nodes.Length]), Ct)));

        claimed.SelectMany(ids => ids).ShouldBeUnique();
        claimed.Sum(ids => ids.Count).ShouldBe(Items);
    }

    [Fact]
    public async Task Higher_priority_goes_first()
    {
        await AddAsync(NewItem("doc_low", Priority.Low));
        await AddAsync(NewItem("doc_normal", Priority.Normal));
        await AddAsync(NewItem("doc_high", Priority.High));

        (await SubjectsInOrderAsync()).ShouldBe(["doc_high", "doc_normal", "doc_low"]);
    }

    [Fact]
    public async Task Lanes_take_turns_whoever_came_first()
    {
        await AddInLaneAsync("bat_large", 4);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AddInLaneAsync("bat_small", 2);

        (await SubjectsInOrderAsync()).ShouldBe(["bat_large_0", "bat_small_0", "bat_large_1", "bat_small_1", "bat_large_2", "bat_large_3"]);
    }

    [Fact]
    public async Task Single_work_takes_its_turn_between_that_of_a_lane()
    {
        await AddInLaneAsync("bat_large", 3);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AddAsync(NewItem("doc_single", Priority.Low));

        (await SubjectsInOrderAsync()).ShouldBe(["bat_large_0", "doc_single", "bat_large_1", "bat_large_2"]);
    }

    [Fact]
    public async Task A_lane_of_lower_priority_is_served_when_it_has_waited_long_enough_since_its_last_turn()
    {
        await AddInLaneAsync("bat_low", 2, Priority.Low);
        await Queue.CompleteAsync((await ClaimedAsync()).Id, Ct);
        Clock.Advance((2 * Ageing.PerLevel) + TimeSpan.FromSeconds(1));
        await AddAsync(NewItem("doc_high", Priority.High));

        (await SubjectsInOrderAsync()).ShouldBe(["bat_low_1", "doc_high"]);
    }

    [Fact]
    public async Task Work_that_waited_long_enough_overtakes_a_higher_priority()
    {
        await AddAsync(NewItem("doc_old_low", Priority.Low));
        Clock.Advance((2 * Ageing.PerLevel) + TimeSpan.FromSeconds(1));
        await AddAsync(NewItem("doc_new_high", Priority.High));

        (await SubjectsInOrderAsync()).ShouldBe(["doc_old_low", "doc_new_high"]);
    }

    [Fact]
    public async Task Work_that_has_not_waited_long_enough_does_not()
    {
        await AddAsync(NewItem("doc_old_low", Priority.Low));
        Clock.Advance((2 * Ageing.PerLevel) - TimeSpan.FromSeconds(1));
        await AddAsync(NewItem("doc_new_high", Priority.High));

        (await SubjectsInOrderAsync()).ShouldBe(["doc_new_high", "doc_old_low"]);
    }

    [Fact]
    public async Task Equal_work_goes_in_the_order_in_which_it_came()
    {
        foreach (var subject in (string[])["doc_1", "doc_2", "doc_3"])
        {
            await AddAsync(NewItem(subject));
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        (await SubjectsInOrderAsync()).ShouldBe(["doc_1", "doc_2", "doc_3"]);
    }

    [Fact]
    public async Task Work_is_not_given_before_it_is_available()
    {
        await AddAsync(NewItem("doc_a") with { AvailableAt = Clock.GetUtcNow() + TimeSpan.FromSeconds(10) });
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();

        Clock.Advance(TimeSpan.FromSeconds(10));

        (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_item_whose_lease_has_run_out_is_given_to_another()
    {
        await AddAsync(NewItem("doc_a"));
        var lost = await ClaimedAsync();

        Clock.Advance(Lease);
        var taken = await AnotherNode().ClaimAsync(Lease, Ct);

        taken.ShouldBe(lost);
        (await Queue.RenewAsync(lost.Id, Lease, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_renewed_lease_holds_on()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await ClaimedAsync();
        Clock.Advance(Lease / 2);
        (await Queue.RenewAsync(item.Id, Lease, Ct)).ShouldBeTrue();

        Clock.Advance(Lease / 2);

        (await AnotherNode().ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_on_what_is_done_cannot_be_renewed()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await ClaimedAsync();
        await Queue.CompleteAsync(item.Id, Ct);

        (await Queue.RenewAsync(item.Id, Lease, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Completed_work_never_comes_back()
    {
        await AddAsync(NewItem("doc_a"));
        await Queue.CompleteAsync((await ClaimedAsync()).Id, Ct);

        Clock.Advance(Lease * 2);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Released_work_is_available_at_once_and_counts_no_attempt()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await ClaimedAsync();

        await Queue.ReleaseAsync(item.Id, Ct);

        (await AnotherNode().ClaimAsync(Lease, Ct)).ShouldBe(item);
    }

    [Fact]
    public async Task Failed_work_comes_back_after_the_delay_with_one_more_attempt()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await ClaimedAsync();

        await Queue.RetryLaterAsync(item.Id, TimeSpan.FromSeconds(30), Ct);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(30));
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(item with { Attempts = 1, AvailableAt = Clock.GetUtcNow() });
    }

    [Fact]
    public async Task A_node_without_the_lease_changes_nothing()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await ClaimedAsync();
        var stranger = AnotherNode();

        await stranger.ReleaseAsync(item.Id, Ct);
        await stranger.RetryLaterAsync(item.Id, TimeSpan.Zero, Ct);
        await stranger.CompleteAsync(item.Id, Ct);

        (await stranger.ClaimAsync(Lease, Ct)).ShouldBeNull();
        (await Queue.RenewAsync(item.Id, Lease, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Depths_tell_waiting_from_running_for_every_priority()
    {
        await AddAsync(NewItem("doc_1", Priority.High));
        await AddAsync(NewItem("doc_2", Priority.Low));
        await AddAsync(NewItem("doc_3", Priority.Low));
        await Queue.ClaimAsync(Lease, Ct);

        (await Queue.DepthsAsync(Ct)).ShouldBe(
            [new QueueDepth(Priority.High, 0, 1), new QueueDepth(Priority.Normal, 0, 0), new QueueDepth(Priority.Low, 2, 0)]);
    }

    [Fact]
    public async Task Work_whose_lease_has_run_out_counts_as_waiting()
    {
        await AddAsync(NewItem("doc_1", Priority.Normal));
        await Queue.ClaimAsync(Lease, Ct);

        Clock.Advance(Lease);

        (await Queue.DepthsAsync(Ct))[1].ShouldBe(new QueueDepth(Priority.Normal, 1, 0));
    }

    [Fact]
    public async Task Waiting_ends_when_work_is_given_back()
    {
        await AddAsync(NewItem("doc_a"));
        var item = await ClaimedAsync();
        var waiting = Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromHours(1), Ct);

        await Queue.ReleaseAsync(item.Id, Ct);

        await waiting;
    }

    [Fact]
    public async Task Waiting_ends_after_the_time_given()
    {
        var waiting = Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromSeconds(5), Ct);
        waiting.IsCompleted.ShouldBeFalse();

        Clock.Advance(TimeSpan.FromSeconds(5));

        await waiting;
    }

    [Fact]
    public async Task Waiting_ends_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromHours(1), cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    protected WorkItem NewItem(string subject, Priority priority = Priority.Normal)
    {
        var now = Clock.GetUtcNow();
        return new WorkItem(StrongId.New<WorkItemId>(Clock), subject, "ocr_extraction", priority, now, now, 0);
    }

    private async Task<WorkItem> ClaimedAsync() => (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull();

    private async Task AddInLaneAsync(string lane, int items, Priority priority = Priority.Low)
    {
        for (var index = 0; index < items; index++)
        {
            await AddAsync(NewItem($"{lane}_{index}", priority) with { Lane = lane });
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private async Task<List<string>> SubjectsInOrderAsync()
    {
        var subjects = new List<string>();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        while (await Queue.ClaimAsync(Lease, Ct) is { } item)
        {
            subjects.Add(item.Subject);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        return subjects;
    }

    private static async Task<List<WorkItemId>> ClaimAllAsync(IWorkQueue node)
    {
        var ids = new List<WorkItemId>();
        while (await node.ClaimAsync(Lease, Ct) is { } item)
        {
            ids.Add(item.Id);
        }

        return ids;
    }
}
