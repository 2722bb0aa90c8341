using Idp.Application.Kernel.Ai;
using Idp.Application.Retrieval;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Measures the same passages and questions by vectors, and by words and vectors together, where a provider of embeddings is set.</summary>
internal static class RetrievalByMeaning
{
    private const int Considered = 50;

    private static readonly CallContext Payer = new("evaluation", Priority.Low, []);

    /// <summary>Measures chunks that are in the index already.</summary>
    /// <param name="set">The set.</param>
    /// <param name="document">The document that the chunks belong to.</param>
    /// <param name="passages">The passage of each chunk.</param>
    /// <param name="services">The service.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Figures by name; none without a provider.</returns>
    /// <exception cref="SetupException">The provider failed; the message says how.</exception>
    public static async Task<IReadOnlyDictionary<string, double?>> MeasureAsync(
        RetrievalSet set, DocumentId document, IReadOnlyDictionary<ChunkId, string> passages, IServiceProvider services, CancellationToken ct)
    {
        var figures = new Dictionary<string, double?>(StringComparer.Ordinal);
        if (services.GetService<ITextEmbedding>() is not { } embedding)
        {
            return figures;
        }

        var chunks = await services.GetRequiredService<IChunkIndex>().ListAsync(document, ct);
        var vectors = await EmbedAsync(embedding, [.. chunks.Select(static chunk => chunk.Chunk.TextUnderHeadings)], TextRole.Passage, ct);
        await services.GetRequiredService<IVectorIndex>().ReplaceAsync(
            document, embedding.Space, [.. chunks.Zip(vectors, static (chunk, vector) => new ChunkVector(chunk.Id, vector))], ct);

        // Together, so that each question finds its vector in the journal.
        await EmbedAsync(embedding, [.. set.Questions.Select(static question => question.Text)], TextRole.Question, ct);
        var search = services.GetRequiredService<PassageSearch>();
        figures["ndcg_at_10_vector"] = await MeasureAsync(set, SearchMode.Vector, search, passages, ct);
        figures["ndcg_at_10_hybrid"] = await MeasureAsync(set, SearchMode.Hybrid, search, passages, ct);
        return figures;
    }

    private static async Task<double?> MeasureAsync(RetrievalSet set, SearchMode mode, PassageSearch search, IReadOnlyDictionary<ChunkId, string> passages, CancellationToken ct)
    {
        var tally = new RetrievalTally();
        foreach (var question in set.Questions)
        {
            var found = await search.FindAsync(new PassageQuery(question.Text, mode, SearchFilter.None, Considered), Payer, ct);
            tally.Add(
                (found.Value?.Found.Matches ?? []).Select(match => passages.GetValueOrDefault(match.Chunk.Id)).OfType<string>().Distinct(StringComparer.Ordinal), question.Relevant);
        }

        return tally.Ndcg is { } figure ? Math.Round(figure, 4) : null;
    }

    private static async Task<IReadOnlyList<float[]>> EmbedAsync(ITextEmbedding embedding, IReadOnlyList<string> texts, TextRole role, CancellationToken ct)
    {
        var made = await embedding.EmbedAsync(texts, role, Payer, ct);
        return made.IsSuccess ? made.Value : throw new SetupException($"No vectors were made: {made.Error.Message} ({made.Error.Code})");
    }
}
