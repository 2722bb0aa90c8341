using System.Globalization;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using Idp.Infrastructure.Kernel.Ai;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>
/// Vectors by the steps of every paid call: caching → journal → budget → resilience → gate → HTTP. A text is a section of its call, so that the journal finds its vector again; it is
/// durable with the money that it cost, and is erased with the document that paid for it.
/// </summary>
internal sealed class OpenAiEmbedding(IModelCompletion completion, ICallJournal journal, EmbeddingOptions options, ModelIdentity identity) : ITextEmbedding
{
    private const string TaskName = "embedding";

    /// <summary>Providers count a few tokens around each text, which the bound of the call's cost must hold.</summary>
    private const string Between = "\n\n\n\n";

    private const int CallsAtOnce = 4;

    /// <inheritdoc />
    public VectorSpace Space { get; } = new(Fingerprint.Of(
        ("endpoint", identity.Endpoint), ("model", identity.Model), ("dimensions", options.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? string.Empty),
        ("passage", options.PassagePrefix), ("question", options.QuestionPrefix)).Value[..32]);

    /// <inheritdoc />
    public ModelIdentity Identity => identity;

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<float[]>>> EmbedAsync(IReadOnlyList<string> texts, TextRole role, CallContext context, CancellationToken ct)
    {
        var prefix = role == TextRole.Question ? options.QuestionPrefix : options.PassagePrefix;
        var wanted = texts.Select(text => EmbeddedText.Of(prefix + text, Space, options.MaxTokensPerText)).ToList();
        var known = await FindAsync(wanted, ct);
        var packs = EmbeddedText.Pack(
            wanted.Where(text => !known.ContainsKey(text.Key)).DistinctBy(static text => text.Key, StringComparer.Ordinal), options.MaxTextsPerCall, options.MaxTokensPerCall);
        foreach (var answer in await Bounded.MapAsync(packs, CallsAtOnce, (pack, token) => AskAsync(pack, context, token), ct))
        {
            if (!answer.IsSuccess)
            {
                return answer.Error;
            }

            foreach (var (key, vector) in answer.Value)
            {
                known[key] = vector;
            }
        }

        return Result<IReadOnlyList<float[]>>.Success([.. wanted.Select(text => known[text.Key])]);
    }

    /// <summary>What earlier calls brought.</summary>
    private async Task<Dictionary<string, float[]>> FindAsync(List<EmbeddedText> texts, CancellationToken ct)
    {
        var answered = await journal.FindSectionsAsync([.. texts.Select(static text => text.Key).Distinct(StringComparer.Ordinal)], ct);
        var known = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var sameReply in answered.GroupBy(static section => section.Value.Reply.Content, StringComparer.Ordinal))
        {
            var vectors = VectorText.Read(sameReply.Key) ?? [];
            foreach (var (key, section) in sameReply.Where(section => section.Value.Index < vectors.Length))
            {
                known[key] = vectors[section.Index];
            }
        }

        return known;
    }

    /// <summary>Asks for a pack; where that is too large, for its halves, and for half of a text that is too large by itself.</summary>
    private async Task<Result<IReadOnlyList<KeyValuePair<string, float[]>>>> AskAsync(IReadOnlyList<EmbeddedText> pack, CallContext context, CancellationToken ct)
    {
        var asked = await completion.CompleteAsync(new ModelCall(RequestFor(pack), context), ct);
        if (asked.IsSuccess)
        {
            return VectorText.Read(asked.Value.Content) is { } vectors && vectors.Length == pack.Count
                ? Result<IReadOnlyList<KeyValuePair<string, float[]>>>.Success([.. pack.Zip(vectors, static (text, vector) => KeyValuePair.Create(text.Key, vector))])
                : ModelErrors.BrokenAnswer();
        }

        if (asked.Error.Kind != ErrorKind.TooLarge || (pack.Count == 1 && pack[0].IsOneCharacter))
        {
            return EmbeddingErrors.Explain(asked.Error, identity.Model);
        }

        if (pack.Count == 1)
        {
            return await AskAsync([pack[0].Halved()], context, ct);
        }

        var first = await AskAsync([.. pack.Take(pack.Count / 2)], context, ct);
        if (!first.IsSuccess)
        {
            return first;
        }

        var second = await AskAsync([.. pack.Skip(pack.Count / 2)], context, ct);
        return second.IsSuccess ? Result<IReadOnlyList<KeyValuePair<string, float[]>>>.Success([.. first.Value, .. second.Value]) : second;
    }

    /// <summary>The content is for counting: what is sent are the sections.</summary>
    private static ModelRequest RequestFor(IReadOnlyList<EmbeddedText> pack) => new(
        TaskName, string.Empty, string.Join(Between, pack.Select(static text => text.Text)), string.Empty, MaximumOutputTokens: 0,
        pack.Select(static text => new ModelSection(0, text.Text, text.Key)).ToValueList())
    {
        IsAnsweredBy = static _ => true,
    };
}
