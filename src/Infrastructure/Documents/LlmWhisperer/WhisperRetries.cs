using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Providers;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>How requests are tried again: by the class of their failure.</summary>
internal sealed class WhisperRetries(ProviderRetries<AcceptedOrder> submissions, ProviderRetries<string> questions)
{
    /// <summary>Submits until it is accepted or there is no hope; each try passes budget and gate anew.</summary>
    public Task<Result<AcceptedOrder>> SubmitAsync(Func<CancellationToken, Task<Result<AcceptedOrder>>> attempt, CancellationToken ct) => submissions.RunAsync(attempt, ct);

    /// <summary>Asks about an order, which costs nothing.</summary>
    public Task<Result<string>> AskAsync(Func<CancellationToken, Task<Result<string>>> attempt, CancellationToken ct) => questions.RunAsync(attempt, ct);
}
