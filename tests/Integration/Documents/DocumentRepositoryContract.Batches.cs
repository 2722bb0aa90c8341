using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Integration.Documents;

/// <summary>What every store of documents promises of those that came together.</summary>
public abstract partial class DocumentRepositoryContract
{
    [Fact]
    public async Task Documents_that_came_together_are_stored_together_or_not_at_all()
    {
        var batch = StrongId.New<BatchId>(Clock);
        var first = Member(batch);
        var broken = Member(batch) with { Id = first.Id };

        await Should.ThrowAsync<Exception>(() => Documents.AddAsync([Arrival(first), Arrival(broken)], Ct));

        (await Documents.ListOfBatchAsync(batch, Ct)).ShouldBeEmpty();
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_batch_lists_its_own_documents_oldest_first()
    {
        var batch = StrongId.New<BatchId>(Clock);
        var first = Member(batch);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = Member(batch);
        await Documents.AddAsync([Arrival(second), Arrival(first), Arrival(Member(StrongId.New<BatchId>(Clock)))], Ct);

        (await Documents.ListOfBatchAsync(batch, Ct)).Select(document => document.Id).ShouldBe([first.Id, second.Id]);
        (await Documents.ListAsync(new DocumentQuery(null, null, null, null, 10) { Batch = batch }, Ct)).Select(document => document.Id).ShouldBe([second.Id, first.Id]);
    }

    [Fact]
    public async Task A_change_of_all_reaches_every_document_of_the_batch_and_tells_of_it()
    {
        var batch = StrongId.New<BatchId>(Clock);
        var changed = Member(batch);
        var left = Member(batch) with { Status = DocumentStatus.Completed };
        await Documents.AddAsync([Arrival(changed), Arrival(left)], Ct);

        var saved = await Documents.UpdateAllAsync(
            batch,
            document => document.IsTerminal ? null : new DocumentChange(document with { Status = DocumentStatus.Cancelled }, [Happened(document, "document_cancelled")]) { DropsWork = true },
            Ct);

        saved.ShouldBe([changed with { Status = DocumentStatus.Cancelled, Version = changed.Version + 1 }]);
        (await Documents.FindAsync(changed.Id, Ct)).ShouldBe(saved[0]);
        (await Documents.FindAsync(left.Id, Ct)).ShouldBe(left);
        (await EventNamesAsync(changed)).ShouldBe(["document_cancelled"]);
        (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull().Subject.ShouldBe(left.Id.ToString());
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_change_of_all_that_breaks_off_changes_nothing()
    {
        var batch = StrongId.New<BatchId>(Clock);
        var first = Member(batch);
        await Documents.AddAsync([Arrival(first), Arrival(Member(batch))], Ct);
        var seen = 0;

        await Should.ThrowAsync<InvalidOperationException>(() => Documents.UpdateAllAsync(
            batch,
            document => seen++ == 0 ? new DocumentChange(document with { Status = DocumentStatus.Cancelled }, []) : throw new InvalidOperationException(),
            Ct));

        (await Documents.FindAsync(first.Id, Ct)).ShouldBe(first);
    }

    private Document Member(BatchId batch) => DocumentSamples.Uploaded(Clock) with { BatchId = batch };

    private DocumentArrival Arrival(Document document) => new(document, []) { FirstWork = DocumentSamples.WorkOn(document, Clock) };
}
