using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>Identifies the work that makes a document searchable; the same value as the document's own id.</summary>
/// <param name="Value">The raw value; time-ordered (UUID version 7).</param>
public readonly record struct KnowledgeId(Guid Value) : IStrongId<KnowledgeId>
{
    /// <inheritdoc />
    public static string Prefix => "kno";

    /// <inheritdoc />
    public static KnowledgeId From(Guid value) => new(value);

    /// <summary>The knowledge of a document.</summary>
    public static KnowledgeId Of(DocumentId document) => new(document.Value);

    /// <summary>The document.</summary>
    public DocumentId Document => DocumentId.From(Value);

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}

/// <summary>Where the knowledge of a document stands.</summary>
public enum KnowledgeStatus
{
    /// <summary>Nothing has begun.</summary>
    Queued,

    /// <summary>In the middle of its steps.</summary>
    Processing,

    /// <summary>The document can be searched.</summary>
    Completed,

    /// <summary>Gave up; the problem says why.</summary>
    Failed,
}

/// <summary>Names of the steps, as the contract prints them.</summary>
public static class KnowledgeSteps
{
    /// <summary>Reads the pages.</summary>
    public const string Parsing = "parsing";

    /// <summary>Takes out what repeats and makes words and paragraphs whole, page by page.</summary>
    public const string Cleaning = "cleaning";

    /// <summary>Says in short what the document says.</summary>
    public const string Summary = "summary";

    /// <summary>Divides it.</summary>
    public const string Chunking = "chunking";

    /// <summary>Makes the chunks searchable.</summary>
    public const string Indexing = "indexing";

    /// <summary>Makes the chunks searchable by what they mean; only where a provider of embeddings is set.</summary>
    public const string Embedding = "embedding";

    /// <summary>A model sums the document up; only where that is set.</summary>
    public const string ModelSummary = "model_summary";

    /// <summary>All in their order but <see cref="Embedding"/> and <see cref="ModelSummary"/>, which come last where they are wanted.</summary>
    public static ValueList<string> InOrder { get; } = [Parsing, Cleaning, Summary, Chunking, Indexing];
}

/// <summary>What is known of a document beside its data, and how far the work on it is. A value: each change makes a new one.</summary>
/// <param name="Id">The document.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Steps">Its steps in order.</param>
/// <param name="Fingerprint">Stands for everything that the chunks were made of; empty before.</param>
/// <param name="Summary">What the document says in short; null before.</param>
/// <param name="Chunks">How many chunks it has; 0 before.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record DocumentKnowledge(
    DocumentId Id, KnowledgeStatus Status, ValueList<StageProgress> Steps, string Fingerprint, DocumentSummary? Summary, int Chunks, Error? Problem, DateTimeOffset UpdatedAt)
{
    /// <summary>Stands for the code and the settings that it is made by, whatever the document says; empty where that is not known.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>Nothing has begun.</summary>
    /// <param name="id">The document.</param>
    /// <param name="at">Now.</param>
    /// <param name="withVectors">True when its chunks get vectors as the last step.</param>
    public static DocumentKnowledge Begin(DocumentId id, DateTimeOffset at, bool withVectors = false) => new(
        id, KnowledgeStatus.Queued, KnowledgeSteps.InOrder.Concat(withVectors ? [KnowledgeSteps.Embedding] : []).Select(StageProgress.Pending).ToValueList(), string.Empty, null, 0, null, at);

    /// <summary>The step that runs or comes next; the last one when all are done.</summary>
    public string CurrentStep => (Steps.FirstOrDefault(static step => step.Status != StageStatus.Completed) ?? Steps[^1]).Name;

    /// <summary>Overall progress, 0 to 100.</summary>
    public int Percent => Status == KnowledgeStatus.Completed ? 100 : Math.Min(99, Steps.Sum(static step => step.Percent) / Steps.Count);

    /// <summary>A step begins.</summary>
    public DocumentKnowledge WithStepStarted(string step, DateTimeOffset at) =>
        WithStep(step, progress => progress with { Status = StageStatus.Processing, StartedAt = at }, at) with { Status = KnowledgeStatus.Processing };

    /// <summary>A step is done.</summary>
    public DocumentKnowledge WithStepCompleted(string step, DateTimeOffset at) =>
        WithStep(step, progress => progress with { Status = StageStatus.Completed, Percent = 100, EndedAt = at }, at);

    /// <summary>All steps are done: the document can be searched.</summary>
    public DocumentKnowledge WithCompletion(string fingerprint, DocumentSummary summary, int chunks, DateTimeOffset at) =>
        this with { Status = KnowledgeStatus.Completed, Fingerprint = fingerprint, Summary = summary, Chunks = chunks, Problem = null, UpdatedAt = at };

    /// <summary>The document can be searched by its words; its vectors come next.</summary>
    public DocumentKnowledge WithVectorsAhead(string fingerprint, DocumentSummary? summary, int chunks, DateTimeOffset at) => this with
    {
        Status = KnowledgeStatus.Processing,
        Steps = Steps.Where(static step => step.Name != KnowledgeSteps.Embedding).Append(StageProgress.Pending(KnowledgeSteps.Embedding)).ToValueList(),
        Fingerprint = fingerprint,
        Summary = summary,
        Chunks = chunks,
        Problem = null,
        UpdatedAt = at,
    };

    /// <summary>The chunks have their vectors: nothing is left to do.</summary>
    public DocumentKnowledge WithVectors(DateTimeOffset at) =>
        WithStepCompleted(KnowledgeSteps.Embedding, at) with { Status = KnowledgeStatus.Completed, Problem = null };

    /// <summary>True when a model is still to sum the document up.</summary>
    public bool HasSummaryAhead => Steps.Any(static step => step.Name == KnowledgeSteps.ModelSummary && step.Status != StageStatus.Completed);

    /// <summary>What else can be done is done; a model is still to sum the document up.</summary>
    public DocumentKnowledge WithSummaryAhead(DateTimeOffset at) => this with
    {
        Status = KnowledgeStatus.Processing,
        Steps = Steps.Where(static step => step.Name != KnowledgeSteps.ModelSummary).Append(StageProgress.Pending(KnowledgeSteps.ModelSummary)).ToValueList(),
        UpdatedAt = at,
    };

    /// <summary>The summary stands, whoever made it in the end. What failed before stays so.</summary>
    public DocumentKnowledge WithSummary(DocumentSummary? summary, DateTimeOffset at)
    {
        var isFailed = Steps.Any(static step => step.Status == StageStatus.Failed);
        return WithStepCompleted(KnowledgeSteps.ModelSummary, at) with
        {
            Status = isFailed ? KnowledgeStatus.Failed : KnowledgeStatus.Completed,
            Problem = isFailed ? Problem : null,
            Summary = summary,
        };
    }

    /// <summary>Nothing makes vectors any more: what can be done is done.</summary>
    public DocumentKnowledge WithoutVectors(DateTimeOffset at) => this with
    {
        Status = KnowledgeStatus.Completed,
        Steps = Steps.Where(static step => step.Name != KnowledgeSteps.Embedding).ToValueList(),
        Problem = null,
        UpdatedAt = at,
    };

    /// <summary>So much of a step is done.</summary>
    /// <param name="step">The step.</param>
    /// <param name="percent">0 to 100.</param>
    /// <param name="at">Now.</param>
    public DocumentKnowledge WithProgress(string step, int percent, DateTimeOffset at) => WithStep(step, progress => progress with { Percent = percent }, at);

    /// <summary>The running step could not go on; it is tried again later.</summary>
    public DocumentKnowledge WithDelay(Error problem, DateTimeOffset at) => this with { Problem = problem, UpdatedAt = at };

    /// <summary>The running step gave up.</summary>
    public DocumentKnowledge WithFailure(Error problem, DateTimeOffset at) =>
        WithStep(CurrentStep, progress => progress with { Status = StageStatus.Failed, EndedAt = at }, at) with { Status = KnowledgeStatus.Failed, Problem = problem };

    private DocumentKnowledge WithStep(string name, Func<StageProgress, StageProgress> change, DateTimeOffset at) => this with
    {
        Steps = Steps.Select(step => step.Name == name ? change(step) : step).ToValueList(),
        UpdatedAt = at,
    };
}
