using Idp.Api.Kernel.Json;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Api.Retrieval;

/// <summary>How far the work is that makes a document searchable.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Status"><c>queued</c>, <c>processing</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="Stage">The step that runs or comes next.</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="Stages">Each step by its name.</param>
/// <param name="Summary">What the document says in short; null before that is known.</param>
/// <param name="SummaryPages">The pages that the summary is from.</param>
/// <param name="SummarySource"><c>rules</c> or <c>model</c>; null before there is one.</param>
/// <param name="SummaryProblem">Why the summary is by rules although a model was to write it.</param>
/// <param name="Chunks">How many chunks it has.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="UpdatedAt">When it last changed.</param>
internal sealed record KnowledgeBody(
    string DocumentId, string Status, string Stage, int Progress, IReadOnlyDictionary<string, KnowledgeStepBody> Stages, string? Summary, IReadOnlyList<int> SummaryPages, string? SummarySource,
    KnowledgeProblemBody? SummaryProblem, int Chunks,
    KnowledgeProblemBody? Problem, string UpdatedAt)
{
    public static KnowledgeBody From(DocumentKnowledge knowledge) => new(
        knowledge.Id.ToString(), knowledge.Status.Print(), knowledge.Status == KnowledgeStatus.Completed ? "completed" : knowledge.CurrentStep, knowledge.Percent,
        knowledge.Steps.ToDictionary(
            static step => step.Name, static step => new KnowledgeStepBody(step.Status.Print(), step.Percent, step.StartedAt?.Print(), step.EndedAt?.Print()), StringComparer.Ordinal),
        knowledge.Summary?.Text, knowledge.Summary?.Pages ?? [], knowledge.Summary?.Source.Print(), KnowledgeProblemBody.Of(knowledge.Summary?.Problem), knowledge.Chunks,
        KnowledgeProblemBody.Of(knowledge.Problem), knowledge.UpdatedAt.Print());
}

/// <summary>How many documents are searchable.</summary>
/// <param name="Documents">Documents whose data is there.</param>
/// <param name="Searchable">Those that can be found as it is set now.</param>
/// <param name="UnderWay">Those that are being made searchable, or wait for it.</param>
/// <param name="Failed">Those whose work gave up.</param>
/// <param name="Behind">Those that an earlier version or other settings left behind, and that have no work yet.</param>
/// <param name="CatchesUp">True when those get work by themselves.</param>
internal sealed record KnowledgeOverviewBody(int Documents, int Searchable, int UnderWay, int Failed, int Behind, bool CatchesUp)
{
    public static KnowledgeOverviewBody From(KnowledgeOverview overview) => new(
        overview.Counts.Documents, overview.Counts.Searchable, overview.Counts.UnderWay, overview.Counts.Failed, overview.Counts.Behind, overview.CatchesUp);
}

/// <summary>How far one step is.</summary>
internal sealed record KnowledgeStepBody(string Status, int Progress, string? StartedAt, string? EndedAt);

/// <summary>Why something about the knowledge of a document could not be done.</summary>
internal sealed record KnowledgeProblemBody(string Code, string Detail)
{
    public static KnowledgeProblemBody? Of(Error? problem) => problem is null ? null : new KnowledgeProblemBody(problem.Code, problem.Message);
}

/// <summary>The chunks of a document in their order.</summary>
internal sealed record ChunkListBody(IReadOnlyList<ChunkBody> Items)
{
    public static ChunkListBody From(ChunkListing listing) => new([.. listing.Items.Select(ChunkBody.From)]);
}

/// <summary>A part of a document that is searched and cited as one.</summary>
/// <param name="ChunkId">The chunk.</param>
/// <param name="Ordinal">Its place in the document, from 0.</param>
/// <param name="Headings">The headings that it stands under, from the outermost.</param>
/// <param name="Pages">The pages that it stands on.</param>
/// <param name="Text">Its text; tables as Markdown.</param>
/// <param name="Tokens">About how many tokens it makes.</param>
/// <param name="Boxes">Its printed lines.</param>
internal sealed record ChunkBody(string ChunkId, int Ordinal, IReadOnlyList<string> Headings, IReadOnlyList<int> Pages, string Text, int Tokens, IReadOnlyList<PageBoxBody> Boxes)
{
    public static ChunkBody From(IndexedChunk chunk) => new(
        chunk.Id.ToString(), chunk.Chunk.Ordinal, chunk.Chunk.Headings, chunk.Chunk.Pages, chunk.Chunk.Text, chunk.Chunk.Tokens, PageBoxBody.Of(chunk.Chunk.Places));
}
