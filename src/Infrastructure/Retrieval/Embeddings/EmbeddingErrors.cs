using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>Names the settings of embeddings where errors of model calls name those of the language model.</summary>
internal static class EmbeddingErrors
{
    /// <summary>The same error in the words of embeddings.</summary>
    public static Error Explain(Error error, string model) =>
        error.Code == ModelErrors.Unauthorised().Code ? error with { Message = "The provider of embeddings does not accept the key (EMBEDDING__API_KEY)." }
        : error.Code == ModelErrors.PriceUnknown(model).Code
            ? error with { Message = $"The price of model '{model}' is not known, so its budget cannot be kept. Set EMBEDDING__PRICE_PER_MILLION; 0 for a server of one's own." }
        : error;
}
