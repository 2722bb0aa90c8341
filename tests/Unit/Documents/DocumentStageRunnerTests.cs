using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Unit.Documents;

public sealed class DocumentStageRunnerTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryDocuments _documents;
    private readonly Dictionary<string, Func<StageContext, Task<Result<StageOutcome>>>> _stages = new(StringComparer.Ordinal);
    private readonly List<string> _ran = [];

    public DocumentStageRunnerTests()
    {
        _documents = new InMemoryDocuments(_clock);
        foreach (var stage in DocumentPipeline.StageNamesInOrder)
        {
            _stages[stage] = _ => Task.FromResult<Result<StageOutcome>>(new StageOutcome([]));
        }
    }

    [Fact]
    public async Task A_document_goes_through_its_stages_in_order_and_completes()
    {
        var id = await GivenADocumentAsync();

        await RunAllAsync();

        _ran.ShouldBe(DocumentPipeline.StageNamesInOrder);
        (await FindAsync(id)).Status.ShouldBe(DocumentStatus.Completed);
        _documents.Work.ShouldBeEmpty();
        _documents.Events[^1].Name.ShouldBe("document_completed");
    }

    [Fact]
    public async Task Problems_of_a_stage_make_the_document_partial()
    {
        var id = await GivenADocumentAsync();
        _stages[StageNames.OcrExtraction] = _ => Answer(new StageOutcome([new Problem(DocumentErrors.PageCrashesReader(), 2)]));

        await RunAllAsync();

        var document = await FindAsync(id);
        document.Status.ShouldBe(DocumentStatus.Partial);
        document.Problems.ShouldHaveSingleItem().Page.ShouldBe(2);
    }

    [Fact]
    public async Task A_lasting_error_ends_the_document_as_failed_and_says_why()
    {
        var id = await GivenADocumentAsync();
        _stages[StageNames.OcrExtraction] = _ => Answer(DocumentErrors.Encrypted());

        await RunAllAsync();

        var document = await FindAsync(id);
        document.Status.ShouldBe(DocumentStatus.Failed);
        document.Problems.ShouldHaveSingleItem().Error.Code.ShouldBe("document.encrypted");
        _ran.ShouldBe([StageNames.OcrExtraction]);
        _documents.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_passing_error_is_tried_again_later_and_not_before()
    {
        var id = await GivenADocumentAsync();
        var tries = 0;
        _stages[StageNames.OcrExtraction] = _ => Answer(++tries == 1 ? DocumentErrors.WorkerUnavailable("test") : new StageOutcome([]));

        await RunAllAsync();
        tries.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await RunAllAsync();

        (await FindAsync(id)).Status.ShouldBe(DocumentStatus.Completed);
    }

    [Fact]
    public async Task A_stage_that_keeps_failing_ends_the_document_after_four_tries()
    {
        var id = await GivenADocumentAsync();
        _stages[StageNames.AccountSplitting] = _ => throw new InvalidOperationException("a bug");

        for (var round = 0; round < 10; round++)
        {
            await RunAllAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var document = await FindAsync(id);
        document.Status.ShouldBe(DocumentStatus.Failed);
        document.Problems.ShouldHaveSingleItem().Error.Code.ShouldBe("document.stage-crashed");
        _ran.Count(stage => stage == StageNames.AccountSplitting).ShouldBe(4);
    }

    [Fact]
    public async Task Work_on_a_document_that_is_gone_is_dropped()
    {
        var id = await GivenADocumentAsync();
        await _documents.DeleteAsync(id, [], TestContext.Current.CancellationToken);

        await RunAllAsync();

        _ran.ShouldBeEmpty();
        _documents.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_cancelled_in_the_middle_of_a_stage_stays_cancelled_and_runs_no_further_stage()
    {
        var id = await GivenADocumentAsync();
        var cancellation = new DocumentCancellation(_documents, new RunningWork(), _clock);
        _stages[StageNames.OcrExtraction] = async context =>
        {
            await cancellation.CancelAsync(id, TestContext.Current.CancellationToken);
            await context.Progress.ReportAsync(1, 2, [], TestContext.Current.CancellationToken);
            return new StageOutcome([]);
        };

        await RunAllAsync();

        (await FindAsync(id)).Status.ShouldBe(DocumentStatus.Cancelled);
        _ran.ShouldBe([StageNames.OcrExtraction]);
        _documents.Work.ShouldBeEmpty();
        _documents.Events.Count(logged => logged.Name == "document_cancelled").ShouldBe(1);
    }

    [Fact]
    public async Task A_stage_interrupted_by_a_crash_is_run_again_and_finished_ones_are_not()
    {
        var id = await GivenADocumentAsync();
        _stages[StageNames.PageAnalysis] = _ => throw new OperationCanceledException("the process is killed");
        await Should.ThrowAsync<OperationCanceledException>(() => RunAllAsync());
        _stages[StageNames.PageAnalysis] = _ => Answer(new StageOutcome([]));

        foreach (var item in _documents.Work)
        {
            await _documents.ReleaseAsync(item.Id, TestContext.Current.CancellationToken);
        }

        await RunAllAsync();

        (await FindAsync(id)).Status.ShouldBe(DocumentStatus.Completed);
        _ran.ShouldBe([
            StageNames.OcrExtraction, StageNames.AccountSplitting, StageNames.PageAnalysis, StageNames.PageAnalysis, StageNames.LlmExtraction]);
    }

    [Fact]
    public async Task Reported_pages_never_go_back()
    {
        var id = await GivenADocumentAsync();
        _stages[StageNames.OcrExtraction] = async context =>
        {
            await context.Progress.ReportAsync(3, 4, [], TestContext.Current.CancellationToken);
            await context.Progress.ReportAsync(2, 4, [], TestContext.Current.CancellationToken);
            (await FindAsync(id)).PagesProcessed.ShouldBe(3);
            return new StageOutcome([]);
        };

        await RunAllAsync();

        (await FindAsync(id)).Status.ShouldBe(DocumentStatus.Completed);
    }

    [Fact]
    public async Task A_stage_that_has_long_to_wait_goes_on_in_another_pool_and_the_next_stage_comes_back()
    {
        var id = await GivenADocumentAsync();
        _stages[StageNames.OcrExtraction] = context =>
            Answer(new StageOutcome([]) { ContinuesIn = context.Pool == DocumentPools.Recognition ? null : DocumentPools.Recognition });

        await RunAllAsync();
        _documents.Work.ShouldHaveSingleItem().Pool.ShouldBe(DocumentPools.Recognition);
        await RunAllAsync(DocumentPools.Recognition);
        await RunAllAsync();

        _ran.ShouldBe([StageNames.OcrExtraction, .. DocumentPipeline.StageNamesInOrder]);
        (await FindAsync(id)).Status.ShouldBe(DocumentStatus.Completed);
    }

    private static Task<Result<StageOutcome>> Answer(Result<StageOutcome> outcome) => Task.FromResult(outcome);

    private async Task<Document> FindAsync(DocumentId id) =>
        (await _documents.FindAsync(id, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    private async Task<DocumentId> GivenADocumentAsync()
    {
        var document = SampleDocuments.Queued(_clock);
        var work = new WorkItem(
            StrongId.New<WorkItemId>(_clock), document.Id.ToString(), document.CurrentStage, document.Priority, document.CreatedAt, document.CreatedAt, 0);
        await _documents.AddAsync(document, work, [], TestContext.Current.CancellationToken);
        return document.Id;
    }

    private async Task RunAllAsync(string pool = WorkPools.Documents)
    {
        var runner = new DocumentStageRunner(
            _documents, _documents, _stages.Keys.Select(name => new Stage(this, name)), [], _clock, NullLogger<DocumentStageRunner>.Instance);
        while (await _documents.ClaimAsync(pool, Lease, TestContext.Current.CancellationToken) is { } item)
        {
            await runner.HandleAsync(item, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Stage(DocumentStageRunnerTests test, string name) : IDocumentStage
    {
        public string Name => name;

        public Task<Result<StageOutcome>> RunAsync(StageContext context, CancellationToken ct)
        {
            test._ran.Add(name);
            return test._stages[name](context);
        }
    }
}
