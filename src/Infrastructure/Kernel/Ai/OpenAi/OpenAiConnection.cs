using System.Runtime.CompilerServices;
using Idp.Infrastructure.Kernel.Providers;
using RestEase;

[assembly: InternalsVisibleTo(RestClient.FactoryAssemblyName)]

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>The one HTTP client to a provider, for the life of the process.</summary>
internal sealed class OpenAiConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _query;

    public OpenAiConnection(OpenAiAddress address, string apiKey)
    {
        _http = ProviderClient.To(address.Base, apiKey);
        if (apiKey.Length > 0 && address.IsAzure)
        {
            _http.DefaultRequestHeaders.Add("api-key", apiKey);
        }

        Address = address;
        _query = new Dictionary<string, string>(address.Query, StringComparer.Ordinal);
        Chat = new RestClient(_http) { RequestBodySerializer = new ChatBodySerializer() }.For<IOpenAiChat>();
    }

    /// <summary>Where it goes.</summary>
    public OpenAiAddress Address { get; }

    /// <summary>The interface.</summary>
    private IOpenAiChat Chat { get; }

    /// <summary>Asks for one completion.</summary>
    public Task<HttpResponseMessage> CompleteAsync(ChatRequest request, CancellationToken ct) => Chat.CompleteAsync(request, _query, ct);

    /// <summary>Asks for vectors of texts.</summary>
    public Task<HttpResponseMessage> EmbedAsync(EmbeddingRequest request, CancellationToken ct) => Chat.EmbedAsync(request, _query, ct);

    /// <summary>Lists models.</summary>
    public Task<HttpResponseMessage> ListModelsAsync(CancellationToken ct) => Chat.ListModelsAsync(_query, ct);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
