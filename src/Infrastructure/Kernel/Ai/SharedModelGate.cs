using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>The one gate, of the process or of all nodes, for the model that is set: what one document's calls teach it, all others profit from.</summary>
internal sealed class SharedModelGate(ProviderGates gates, ModelIdentity model, LanguageModelOptions options) : IModelGate
{
    private readonly CallGate _gate = gates.For(new ProviderGateKey(model.Endpoint, ProviderGateKey.HashOf(options.ApiKey), model.Model));

    public async Task<IModelGatePermit> EnterAsync(Priority priority, int estimatedTokens, CancellationToken ct) =>
        new Permit(await _gate.EnterAsync(priority, estimatedTokens, ct));

    private sealed class Permit(GatePermit permit) : IModelGatePermit
    {
        public void Succeeded(TimeSpan latency, int actualTokens, ProviderLimits? limits) => permit.Succeeded(latency, actualTokens, limits);

        public GateSignal? RateLimited(TimeSpan? retryAfter, ProviderLimits? limits) => permit.RateLimited(retryAfter, limits);

        public void TimedOut() => permit.TimedOut();

        public void Failed() => permit.Failed();

        public void Refused() => permit.Refused();

        public void Dispose() => permit.Dispose();
    }
}
