using System.Net;
using System.Text;
using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Kernel.Providers;

namespace Idp.Bench.Gate;

/// <summary>What the provider answered.</summary>
/// <param name="IsRejected">With 429.</param>
/// <param name="RetryAfter">How long it asked to wait.</param>
/// <param name="Limits">What it said of its limits.</param>
internal sealed record ProviderAnswer(bool IsRejected, TimeSpan? RetryAfter, ProviderLimits? Limits);

/// <summary>Sends small questions with a bare client.</summary>
/// <param name="baseUrl">The provider's address, up to <c>/v1</c>.</param>
internal sealed class ProviderCalls(string baseUrl) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Sends one.</summary>
    public async Task<ProviderAnswer> SendAsync(int number, CancellationToken ct)
    {
        using var body = new StringContent(
            FormattableString.Invariant($$"""{"model":"simulated","messages":[{"role":"user","content":"Question {{number}}"}]}"""), Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri($"{baseUrl}/chat/completions"), body, ct);
        await response.Content.ReadAsByteArrayAsync(ct);
        var isRejected = response.StatusCode is HttpStatusCode.TooManyRequests;
        if (!isRejected)
        {
            response.EnsureSuccessStatusCode();
        }

        return new ProviderAnswer(
            isRejected, ProviderHeaders.RetryAfter(response.Headers, TimeProvider.System.GetUtcNow()), ProviderHeaders.Limits(response.Headers));
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
