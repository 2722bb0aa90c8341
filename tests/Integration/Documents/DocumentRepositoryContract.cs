using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Documents;
using Idp.Unit.Kernel;

namespace Idp.Integration.Documents;

/// <summary>What every document repository promises.</summary>
public abstract partial class DocumentRepositoryContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IDocumentRepository Documents { get; }

    /// <summary>The queue of the same node.</summary>
    protected abstract IWorkQueue Queue { get; }

    protected abstract IEventLog Events { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The queue as another node sees it.</summary>
    protected abstract IWorkQueue AnotherNode();

    [Fact]
    public async Task A_new_document_comes_back_as_it_was_stored()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));

        (await Documents.FindAsync(document.Id, Ct)).ShouldBe(document);
    }

    [Fact]
    public async Task Everything_that_a_document_can_hold_comes_back()
    {
        var document = await AddAsync(DocumentSamples.Rich(Clock));

        (await Documents.FindAsync(document.Id, Ct)).ShouldBe(document);
    }

    [Fact]
    public async Task An_unknown_document_is_not_found() =>
        (await Documents.FindAsync(StrongId.New<DocumentId>(Clock), Ct)).ShouldBeNull();

    [Fact]
    public async Task A_new_document_brings_its_work_and_its_events()
    {
        var document = DocumentSamples.Uploaded(Clock);
        var work = DocumentSamples.WorkOn(document, Clock);

        await Documents.AddAsync(document, work, [Happened(document, "document_queued")], Ct);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(work);
        (await EventNamesAsync(document)).ShouldBe(["document_queued"]);
    }

    [Fact]
    public async Task New_work_wakes_whoever_waits_for_it()
    {
        var waiting = Queue.WaitForWorkAsync(WorkPools.Documents, TimeSpan.FromHours(1), Ct);

        await AddAsync(DocumentSamples.Uploaded(Clock));

        await waiting;
    }

    [Fact]
    public async Task When_an_event_cannot_be_stored_there_is_no_document_and_no_work()
    {
        var document = DocumentSamples.Uploaded(Clock);
        NewEvent broken = new(document.Id.ToString(), "document_queued", null!);

        await Should.ThrowAsync<Exception>(
            () => Documents.AddAsync(document, DocumentSamples.WorkOn(document, Clock), [Happened(document, "first"), broken], Ct));

        (await Documents.FindAsync(document.Id, Ct)).ShouldBeNull();
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
        (await EventNamesAsync(document)).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_an_event_cannot_be_stored_a_change_does_not_happen()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));
        var work = (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull();
        NewEvent broken = new(document.Id.ToString(), "document_queued", null!);

        await Should.ThrowAsync<Exception>(() => Documents.SaveAsync(
            new DocumentChange(document with { PagesProcessed = 5 }, [broken])
            {
                FinishedWork = work.Id,
                NextWork = DocumentSamples.WorkOn(document, Clock, StageNames.LlmExtraction),
            },
            Ct));

        (await Documents.FindAsync(document.Id, Ct)).ShouldBe(document);
        (await Queue.RenewAsync(work.Id, Lease, Ct)).ShouldBeTrue();
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_change_is_stored_under_the_next_version()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));
        var changed = DocumentSamples.Rich(Clock) with { Id = document.Id, Version = document.Version };

        var saved = (await Documents.SaveAsync(new DocumentChange(changed, []), Ct)).ShouldNotBeNull();

        saved.ShouldBe(changed with { Version = document.Version + 1 });
        (await Documents.FindAsync(document.Id, Ct)).ShouldBe(saved);
    }

    [Fact]
    public async Task A_change_of_an_old_version_changes_nothing()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));
        var saved = await Documents.SaveAsync(new DocumentChange(document with { PagesProcessed = 1 }, []), Ct);

        var late = await Documents.SaveAsync(new DocumentChange(document with { PagesProcessed = 2 }, [Happened(document, "late")]), Ct);

        late.ShouldBeNull();
        (await Documents.FindAsync(document.Id, Ct)).ShouldBe(saved);
        (await EventNamesAsync(document)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_changes_of_one_version_exactly_one_is_stored()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));

        var saved = await Task.WhenAll(Enumerable.Range(1, 12).Select(pages => Task.Run(
            () => Documents.SaveAsync(new DocumentChange(document with { PagesProcessed = pages }, [Happened(document, "saved")]), Ct), Ct)));

        saved.Count(result => result is not null).ShouldBe(1);
        (await EventNamesAsync(document)).ShouldBe(["saved"]);
    }

    [Fact]
    public async Task A_change_of_an_unknown_document_is_refused() =>
        (await Documents.SaveAsync(new DocumentChange(DocumentSamples.Uploaded(Clock), []), Ct)).ShouldBeNull();

    [Fact]
    public async Task A_change_finishes_its_work_and_brings_the_next()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));
        var work = (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull();
        var next = DocumentSamples.WorkOn(document, Clock, StageNames.LlmExtraction);

        await Documents.SaveAsync(new DocumentChange(document, []) { FinishedWork = work.Id, NextWork = next }, Ct);

        (await Queue.RenewAsync(work.Id, Lease, Ct)).ShouldBeFalse();
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBe(next);
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_change_whose_lease_is_lost_changes_nothing()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));
        var work = (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull();
        Clock.Advance(Lease);
        var another = AnotherNode();
        await another.ClaimAsync(Lease, Ct);

        var late = await Documents.SaveAsync(
            new DocumentChange(document with { PagesProcessed = 9 }, [Happened(document, "late")]) { FinishedWork = work.Id }, Ct);

        late.ShouldBeNull();
        (await Documents.FindAsync(document.Id, Ct)).ShouldBe(document);
        (await EventNamesAsync(document)).ShouldBeEmpty();
        (await another.RenewAsync(work.Id, Lease, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Dropping_work_takes_leased_and_waiting_items_but_not_the_next_nor_those_of_others()
    {
        var document = await AddAsync(DocumentSamples.Uploaded(Clock));
        var leased = (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull();
        var other = await AddAsync(DocumentSamples.Uploaded(Clock));
        var next = DocumentSamples.WorkOn(document, Clock, "again");

        await Documents.SaveAsync(new DocumentChange(document, []) { DropsWork = true, NextWork = next }, Ct);

        (await Queue.RenewAsync(leased.Id, Lease, Ct)).ShouldBeFalse();
        (await ClaimedStepsAsync()).ShouldBe([(other.Id.ToString(), StageNames.OcrExtraction), (document.Id.ToString(), "again")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_removed_document_takes_its_work_along_and_leaves_its_events()
    {
        var document = DocumentSamples.Uploaded(Clock);
        await Documents.AddAsync(document, DocumentSamples.WorkOn(document, Clock), [Happened(document, "document_queued")], Ct);

        (await Documents.DeleteAsync(document.Id, [Happened(document, "done")], Ct)).ShouldBeTrue();

        (await Documents.FindAsync(document.Id, Ct)).ShouldBeNull();
        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
        (await EventNamesAsync(document)).ShouldBe(["document_queued", "done"]);
    }

    [Fact]
    public async Task Removing_what_is_not_there_leaves_no_event()
    {
        var document = DocumentSamples.Uploaded(Clock);

        (await Documents.DeleteAsync(document.Id, [Happened(document, "done")], Ct)).ShouldBeFalse();

        (await EventNamesAsync(document)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hastened_work_goes_before_all_other()
    {
        await AddAsync(DocumentSamples.Uploaded(Clock) with { Priority = Priority.High });
        var hastened = await AddAsync(DocumentSamples.Uploaded(Clock) with { Priority = Priority.Low });

        await Documents.HastenAsync(hastened.Id, Ct);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldNotBeNull().Subject.ShouldBe(hastened.Id.ToString());
    }

    [Fact]
    public async Task Hastening_a_document_without_work_is_no_error()
    {
        await Documents.HastenAsync(StrongId.New<DocumentId>(Clock), Ct);

        (await Queue.ClaimAsync(Lease, Ct)).ShouldBeNull();
    }

    private static NewEvent Happened(Document document, string name) => new(document.Id.ToString(), name, "{}");

    private async Task<Document> AddAsync(Document document)
    {
        await Documents.AddAsync(document, DocumentSamples.WorkOn(document, Clock), [], Ct);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        return document;
    }

    private async Task<List<string>> EventNamesAsync(Document document) =>
        (await Events.ReadAsync(document.Id.ToString(), 0, 100, Ct)).Select(logged => logged.Name).ToList();

    private async Task<List<(string Subject, string Step)>> ClaimedStepsAsync()
    {
        var steps = new List<(string, string)>();
        while (await Queue.ClaimAsync(Lease, Ct) is { } item)
        {
            steps.Add((item.Subject, item.Step));
        }

        return steps;
    }
}
