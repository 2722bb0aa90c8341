using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Domain.Documents;

/// <summary>One uploaded file and how far the work on it is. A value: each change makes a new one.</summary>
/// <param name="Id">The document.</param>
/// <param name="RunId">The present run through the stages.</param>
/// <param name="FileName">The name that the sender gave, for people only.</param>
/// <param name="Hash">Identity of its bytes.</param>
/// <param name="ByteCount">Size of the file.</param>
/// <param name="FileType">What the bytes are.</param>
/// <param name="RequestedKind">What the sender said it is; <see cref="DocumentKind.Auto"/> when nothing.</param>
/// <param name="Kind">What it is taken for: as requested, or as recognised; <see cref="DocumentKind.Auto"/> until then.</param>
/// <param name="SchemaName">The schema asked for; null takes the kind's own.</param>
/// <param name="Tags">The sender's own marks.</param>
/// <param name="Priority">Who goes first.</param>
/// <param name="BudgetUsd">Spending cap in US dollars; null for none.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Stages">Its stages in order.</param>
/// <param name="PagesProcessed">Pages that the present stage is done with.</param>
/// <param name="TotalPages">Pages of the file; null until counted.</param>
/// <param name="Problems">What went wrong.</param>
/// <param name="DuplicateOf">An earlier document of the same bytes, kind and schema.</param>
/// <param name="ForceFresh">True when this run must not be served from the cache.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Counts the stored changes; the store refuses to overwrite a version it does not expect.</param>
public sealed record Document(
    DocumentId Id,
    RunId RunId,
    string FileName,
    ContentHash Hash,
    long ByteCount,
    FileType FileType,
    DocumentKind RequestedKind,
    DocumentKind Kind,
    string? SchemaName,
    ValueList<string> Tags,
    Priority Priority,
    decimal? BudgetUsd,
    DocumentStatus Status,
    ValueList<StageProgress> Stages,
    int PagesProcessed,
    int? TotalPages,
    ValueList<Problem> Problems,
    DocumentId? DuplicateOf,
    bool ForceFresh,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version)
{
    /// <summary>The batch that it was sent with; null when it was sent by itself.</summary>
    public BatchId? BatchId { get; init; }

    /// <summary>True when nothing more happens unless someone asks.</summary>
    public bool IsTerminal => Status is DocumentStatus.Completed or DocumentStatus.Partial or DocumentStatus.Failed or DocumentStatus.Cancelled;

    /// <summary>The stage that runs or comes next; <see cref="StageNames.Completed"/> when all are done.</summary>
    public string CurrentStage => Stages.FirstOrDefault(stage => stage.Status != StageStatus.Completed)?.Name ?? StageNames.Completed;

    /// <summary>Overall progress, 0 to 100: recognition counts for most, because it takes most of the time.</summary>
    public int Percent
    {
        get
        {
            if (Stages.Count == 0 || Status == DocumentStatus.Completed)
            {
                return 100;
            }

            var total = Stages.Sum(stage => WeightOf(stage.Name));
            return Stages.Sum(stage => WeightOf(stage.Name) * stage.Percent) / total;
        }
    }

    /// <summary>The stage of that name.</summary>
    public StageProgress StageOf(string name) => Stages.Single(stage => stage.Name == name);

    /// <summary>A stage begins, or begins again after an interruption.</summary>
    public Result<Document> WithStageStarted(string name, DateTimeOffset at) =>
        IsTerminal || CurrentStage != name
            ? DocumentErrors.WrongStage(Id, CurrentStage, name)
            : WithStage(StageOf(name) with { Status = StageStatus.Processing, StartedAt = StageOf(name).StartedAt ?? at }, at) with
            {
                Status = DocumentStatus.Processing,
                PagesProcessed = 0,
            };

    /// <summary>The running stage got further.</summary>
    public Document WithPagesProcessed(int pagesProcessed, int totalPages, DateTimeOffset at) =>
        WithStage(StageOf(CurrentStage) with { Percent = totalPages == 0 ? 0 : Math.Min(99, pagesProcessed * 100 / totalPages) }, at) with
        {
            PagesProcessed = pagesProcessed,
            TotalPages = totalPages,
        };

    /// <summary>The running stage is done; the last one ends the document, <see cref="DocumentStatus.Partial"/> when there are problems.</summary>
    public Document WithStageCompleted(string name, ValueList<Problem> problems, DateTimeOffset at)
    {
        var next = WithStage(StageOf(name) with { Status = StageStatus.Completed, Percent = 100, EndedAt = at }, at) with
        {
            Problems = [.. Problems, .. problems.Select(problem => problem with { Stage = name })],
        };
        return next.CurrentStage != StageNames.Completed
            ? next
            : next with
            {
                Status = next.Problems.Count == 0 ? DocumentStatus.Completed : DocumentStatus.Partial,
                PagesProcessed = next.TotalPages ?? next.PagesProcessed,
            };
    }

    /// <summary>A stage gave up and with it the document.</summary>
    public Document WithFailure(string stage, Problem problem, DateTimeOffset at) =>
        WithStage(StageOf(stage) with { Status = StageStatus.Failed, EndedAt = at }, at) with
        {
            Status = DocumentStatus.Failed,
            Problems = [.. Problems, problem with { Stage = stage }],
        };

    /// <summary>Someone stops the work.</summary>
    public Result<Document> WithCancellation(DateTimeOffset at) => Status switch
    {
        DocumentStatus.Cancelled => this,
        _ when IsTerminal => DocumentErrors.AlreadyEnded(Id, Status),
        _ => this with { Status = DocumentStatus.Cancelled, UpdatedAt = at },
    };

    /// <summary>Starts a new run from a stage on; what stands before it is kept.</summary>
    /// <param name="run">The new run.</param>
    /// <param name="fromStage">The first stage to run again.</param>
    /// <param name="fresh">True when nothing may come from the cache.</param>
    /// <param name="at">Now.</param>
    public Document WithNewRun(RunId run, string fromStage, bool fresh, DateTimeOffset at)
    {
        var first = Stages.TakeWhile(stage => stage.Name != fromStage).Count();
        return this with
        {
            RunId = run,
            Status = DocumentStatus.Queued,
            Kind = first == 0 ? RequestedKind : Kind,
            Stages = Stages.Select((stage, index) => index < first ? stage : StageProgress.Pending(stage.Name)).ToValueList(),
            PagesProcessed = 0,
            Problems = Problems.Where(problem => Stages.Take(first).Any(stage => stage.Name == problem.Stage)).ToValueList(),
            ForceFresh = fresh,
            UpdatedAt = at,
        };
    }

    private static int WeightOf(string stage) => stage switch
    {
        StageNames.OcrExtraction => 70,
        StageNames.LlmExtraction => 20,
        _ => 5,
    };

    private Document WithStage(StageProgress stage, DateTimeOffset at) => this with
    {
        Stages = Stages.Select(existing => existing.Name == stage.Name ? stage : existing).ToValueList(),
        UpdatedAt = at,
    };
}
