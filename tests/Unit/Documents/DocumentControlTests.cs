using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Documents;

/// <summary>Processing again, retrying, cancelling and deleting.</summary>
public sealed class DocumentControlTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryDocuments _documents;
    private readonly InMemoryBlobs _blobs = new();
    private readonly RunningWork _running = new();

    public DocumentControlTests() => _documents = new InMemoryDocuments(_clock);

    [Fact]
    public async Task Processing_a_completed_document_again_does_nothing_unless_forced()
    {
        var document = await GivenAsync(Completed(SampleDocuments.Queued(_clock)));

        (await ProcessAsync(document.Id, force: false)).Value.ShouldNotBeNull().RunId.ShouldBe(document.RunId);
        _documents.Work.ShouldBeEmpty();

        var again = (await ProcessAsync(document.Id, force: true)).Value.ShouldNotBeNull();
        again.Status.ShouldBe(DocumentStatus.Queued);
        again.ForceFresh.ShouldBeTrue();
        again.RunId.ShouldNotBe(document.RunId);
        _documents.Work.ShouldHaveSingleItem().Step.ShouldBe(StageNames.OcrExtraction);
    }

    [Fact]
    public async Task Processing_a_document_under_way_changes_nothing()
    {
        var document = await GivenAsync(SampleDocuments.Queued(_clock));

        (await ProcessAsync(document.Id, force: true)).Value.ShouldNotBeNull().RunId.ShouldBe(document.RunId);
    }

    [Fact]
    public async Task A_failed_document_can_be_retried_and_a_completed_one_cannot()
    {
        var failed = await GivenAsync(SampleDocuments.Queued(_clock).WithFailure(StageNames.OcrExtraction, new Problem(DocumentErrors.Encrypted()), _clock.GetUtcNow()));
        var completed = await GivenAsync(Completed(SampleDocuments.Queued(_clock)));

        (await RetryAsync(failed.Id)).Value.ShouldNotBeNull().Problems.ShouldBeEmpty();
        (await RetryAsync(completed.Id)).Error.ShouldNotBeNull().Kind.ShouldBe(ErrorKind.Conflict);
    }

    [Fact]
    public async Task Cancelling_stops_the_work_in_hand_and_removes_what_waits()
    {
        var document = await GivenAsync(SampleDocuments.Queued(_clock));
        var stopped = new TaskCompletionSource();
        var work = _running.RunAsync(document.Id.ToString(), WaitForCancellationAsync, TestContext.Current.CancellationToken);

        var cancelled = await CancelAsync(document.Id);

        cancelled.Value.ShouldNotBeNull().Status.ShouldBe(DocumentStatus.Cancelled);
        await work;
        _documents.Work.ShouldBeEmpty();

        async Task WaitForCancellationAsync(CancellationToken ct)
        {
            await using var registration = ct.Register(stopped.SetResult);
            await stopped.Task;
        }
    }

    [Fact]
    public async Task Cancelling_twice_is_one_wish_and_cancelling_what_ended_is_a_conflict()
    {
        var document = await GivenAsync(SampleDocuments.Queued(_clock));
        var completed = await GivenAsync(Completed(SampleDocuments.Queued(_clock)));

        await CancelAsync(document.Id);
        (await CancelAsync(document.Id)).IsSuccess.ShouldBeTrue();
        (await CancelAsync(completed.Id)).Error.ShouldNotBeNull().Kind.ShouldBe(ErrorKind.Conflict);
    }

    [Fact]
    public async Task Deleting_removes_the_document_with_its_files()
    {
        var document = await GivenAsync(SampleDocuments.Queued(_clock));
        _blobs.Contents[$"documents/{document.Id}/original"] = [1];
        _blobs.Contents[$"ocr_cache/{document.Id}/page_1.json"] = [1];
        var accounts = Substitute.For<IDocumentAccounts>();
        var ocr = Substitute.For<IOcrEngine>();
        var journal = Substitute.For<ICallJournal>();
        var handler = new DeleteDocumentHandler(_documents, accounts, _blobs, ocr, journal, Cancellation(), _running, []);

        (await handler.Handle(new DeleteDocument(document.Id), TestContext.Current.CancellationToken)).IsSuccess.ShouldBeTrue();

        _blobs.Contents.ShouldBeEmpty();
        (await _documents.FindAsync(document.Id, TestContext.Current.CancellationToken)).ShouldBeNull();
        await ocr.Received(1).ForgetAsync(document.Hash, Arg.Any<CancellationToken>());
        await accounts.Received(1).DeleteAsync(document.Id, Arg.Any<CancellationToken>());
        await journal.Received(1).ForgetAsync(document.Id.ToString(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_page_that_waits_says_at_which_stage_and_is_moved_to_the_front()
    {
        var document = await GivenAsync(SampleDocuments.Queued(_clock));
        var handler = new GetPageHandler(_documents, Substitute.For<IPages>());

        var page = await handler.Handle(new GetPage(document.Id, 1, Hasten: true), TestContext.Current.CancellationToken);

        page.Error.ShouldNotBeNull().Code.ShouldBe("page.not-ready");
        page.Error.Message.ShouldContain("ocr_extraction");
        _documents.Hastened.ShouldBe([document.Id.ToString()]);
    }

    private static Document Completed(Document document) => document.Stages.Aggregate(
        document, (current, stage) => current.WithStageCompleted(stage.Name, [], current.UpdatedAt));

    private async Task<Document> GivenAsync(Document document)
    {
        var ct = TestContext.Current.CancellationToken;
        var work = new Domain.Kernel.Work.WorkItem(
            StrongId.New<Domain.Kernel.Work.WorkItemId>(_clock), document.Id.ToString(), "ocr_extraction", document.Priority, document.CreatedAt, document.CreatedAt, 0);
        await _documents.AddAsync(document, work, [], ct);
        if (document.IsTerminal)
        {
            await _documents.ClaimAsync(TimeSpan.FromSeconds(1), ct);
            await _documents.CompleteAsync(work.Id, ct);
        }

        return document;
    }

    private DocumentCancellation Cancellation() => new(_documents, _running, _clock);

    private Task<Result<Document>> ProcessAsync(DocumentId id, bool force) => new ProcessDocumentHandler(_documents, new DocumentRuns(_documents, _clock))
        .Handle(new ProcessDocument(id, force), TestContext.Current.CancellationToken);

    private Task<Result<Document>> RetryAsync(DocumentId id) => new RetryDocumentHandler(_documents, new DocumentRuns(_documents, _clock))
        .Handle(new RetryDocument(id), TestContext.Current.CancellationToken);

    private Task<Result<Document>> CancelAsync(DocumentId id) => new CancelDocumentHandler(Cancellation(), NullLogger<CancelDocumentHandler>.Instance)
        .Handle(new CancelDocument(id), TestContext.Current.CancellationToken);
}
