using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval.Ports;

/// <summary>What a text is when its vector is made; some models want to be told.</summary>
public enum TextRole
{
    /// <summary>It is searched.</summary>
    Passage,

    /// <summary>It is searched for.</summary>
    Question,
}

/// <summary>Makes vectors of texts: texts that mean similar things get vectors of similar direction. Registered only where a provider is set.</summary>
/// <remarks>
/// Adapter: an endpoint that speaks OpenAI's embeddings. Passes <c>TextEmbeddingContract</c>. A text that was paid for is not paid again in the same space. Safe to call concurrently; as many
/// calls are under way as the provider's gate allows.
/// </remarks>
public interface ITextEmbedding
{
    /// <summary>What the vectors can be compared with.</summary>
    VectorSpace Space { get; }

    /// <summary>Who makes them.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Makes the vectors of texts.</summary>
    /// <param name="texts">Any number; none is empty. What is longer than the model takes is cut.</param>
    /// <param name="role">What they are.</param>
    /// <param name="context">Who pays.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Vectors of length 1, one for each text in the same order, or an error of <see cref="ModelErrors"/>; what was made before the error is kept and not paid again.</returns>
    Task<Result<IReadOnlyList<float[]>>> EmbedAsync(IReadOnlyList<string> texts, TextRole role, CallContext context, CancellationToken ct);
}
