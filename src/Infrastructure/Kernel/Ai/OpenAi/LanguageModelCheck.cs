using System.Globalization;
using System.Net;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>Asks the provider whether it answers and takes the key, without paying anything.</summary>
internal sealed class LanguageModelCheck(OpenAiConnection connection, ModelPricing pricing, LanguageModelOptions options, TimeProvider clock) : ILanguageModelCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task<LanguageModelStatus> LookAsync(CancellationToken ct)
    {
        var price = pricing.Current is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"${known.InputPerMillion} in and ${known.OutputPerMillion} out per million tokens")
            : "price unknown: set LLM__PRICE_INPUT_PER_MILLION and LLM__PRICE_OUTPUT_PER_MILLION, or no budget can be kept";
        return new LanguageModelStatus($"{options.Model} at {connection.Address.Identify(options.Model).Endpoint}, {price}", await FindFaultAsync(ct));
    }

    private async Task<string?> FindFaultAsync(CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            using var response = await connection.ListModelsAsync(either.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "the model's provider does not accept the key (LLM__API_KEY)",
                >= HttpStatusCode.InternalServerError => $"the model's provider answers with status {(int)response.StatusCode}",

                // Some servers know nothing but chat.
                _ => null,
            };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "the model's provider does not answer (LLM__BASE_URL)";
        }
        catch (HttpRequestException exception)
        {
            return $"the model's provider cannot be reached: {exception.HttpRequestError} (LLM__BASE_URL)";
        }
    }
}
