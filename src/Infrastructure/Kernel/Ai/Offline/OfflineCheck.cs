namespace Idp.Infrastructure.Kernel.Ai.Offline;

/// <summary>Rules are always there.</summary>
internal sealed class OfflineCheck : ILanguageModelCheck
{
    /// <inheritdoc />
    public Task<LanguageModelStatus> LookAsync(CancellationToken ct) => Task.FromResult(new LanguageModelStatus("offline: rules, no model, nothing is paid", Fault: null));
}
