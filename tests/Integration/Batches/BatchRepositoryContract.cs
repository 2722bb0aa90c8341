using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Kernel;

namespace Idp.Integration.Batches;

/// <summary>What every store of batches promises.</summary>
public abstract class BatchRepositoryContract
{
    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IBatchRepository Batches { get; }

    protected abstract IEventLog Events { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_comes_back_whole_with_its_files_in_their_order()
    {
        ValueList<BatchFile> files =
        [
            new("scans.zip/Überweisung 日本.pdf", BatchFileStatus.Accepted, StrongId.New<DocumentId>(Clock), null, null),
            BatchFile.Refused("notes.txt", DocumentErrors.UnsupportedType()),
            new("twin.pdf", BatchFileStatus.Duplicate, StrongId.New<DocumentId>(Clock), StrongId.New<DocumentId>(Clock), null),
        ];
        var batch = Batch.Received(StrongId.New<BatchId>(Clock), ErrorStrategy.FailAll, Priority.Normal, 0.125m, files, Clock.GetUtcNow());

        await Batches.AddAsync(batch, files, Ct);

        (await Batches.FindAsync(batch.Id, Ct)).ShouldBe(batch);
        (await Batches.FilesOfAsync(batch.Id, Ct)).ShouldBe(files);
    }

    [Fact]
    public async Task An_unknown_batch_is_not_found_and_has_no_files()
    {
        var unknown = StrongId.New<BatchId>(Clock);

        (await Batches.FindAsync(unknown, Ct)).ShouldBeNull();
        (await Batches.FilesOfAsync(unknown, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_is_stored_under_the_next_version_together_with_its_events()
    {
        var batch = await GivenAsync();
        var ended = batch with
        {
            Status = BatchStatus.Cancelled, Counts = batch.Counts with { Cancelled = 1 }, Percent = 100, IsCancelRequested = true,
            UpdatedAt = Clock.GetUtcNow() + TimeSpan.FromSeconds(1), EndedAt = Clock.GetUtcNow() + TimeSpan.FromSeconds(1),
        };

        var saved = await Batches.SaveAsync(ended, [new NewEvent(batch.Id.ToString(), "batch_completed", "{}")], Ct);

        saved.ShouldBe(ended with { Version = batch.Version + 1 });
        (await Batches.FindAsync(batch.Id, Ct)).ShouldBe(saved);
        (await Events.ReadAsync(batch.Id.ToString(), 0, 10, Ct)).ShouldHaveSingleItem().Name.ShouldBe("batch_completed");
    }

    [Fact]
    public async Task A_change_of_an_old_version_is_refused_and_tells_nothing()
    {
        var batch = await GivenAsync();
        await Batches.SaveAsync(batch with { Percent = 10 }, [], Ct);

        (await Batches.SaveAsync(batch with { Percent = 20 }, [new NewEvent(batch.Id.ToString(), "batch_update", "{}")], Ct)).ShouldBeNull();

        (await Batches.FindAsync(batch.Id, Ct)).ShouldNotBeNull().Percent.ShouldBe(10);
        (await Events.ReadAsync(batch.Id.ToString(), 0, 10, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_is_newest_first_by_status_and_goes_on_at_the_cursor()
    {
        var oldest = await GivenAsync();
        var ended = await GivenAsync();
        await Batches.SaveAsync(ended with { Status = BatchStatus.Completed }, [], Ct);
        var newest = await GivenAsync();

        (await ListedAsync(new BatchQuery(null, null, 2))).ShouldBe([newest.Id, ended.Id]);
        (await ListedAsync(new BatchQuery(null, ended.Id, 2))).ShouldBe([oldest.Id]);
        (await ListedAsync(new BatchQuery(BatchStatus.Processing, null, 10))).ShouldBe([newest.Id, oldest.Id]);
    }

    [Fact]
    public async Task Batches_that_have_not_ended_are_listed_apart()
    {
        var open = await GivenAsync();
        var ended = await GivenAsync();
        await Batches.SaveAsync(ended with { Status = BatchStatus.Failed }, [], Ct);

        (await Batches.ListUnfinishedAsync(Ct)).ShouldBe([open.Id]);
    }

    private async Task<Batch> GivenAsync()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        ValueList<BatchFile> files = [new("a.pdf", BatchFileStatus.Accepted, StrongId.New<DocumentId>(Clock), null, null)];
        var batch = Batch.Received(StrongId.New<BatchId>(Clock), ErrorStrategy.Continue, Priority.Low, null, files, Clock.GetUtcNow());
        await Batches.AddAsync(batch, files, Ct);
        return batch;
    }

    private async Task<List<BatchId>> ListedAsync(BatchQuery query) => [.. (await Batches.ListAsync(query, Ct)).Select(static batch => batch.Id)];
}
