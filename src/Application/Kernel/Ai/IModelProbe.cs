using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Ai;

/// <summary>Makes small calls past cache, gate and retries, to measure a provider. They are paid, and they are in the journal and under the day's cap.</summary>
/// <remarks>Adapters: any server that speaks OpenAI's chat interface.</remarks>
public interface IModelProbe
{
    /// <summary>Who is measured.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Makes one call.</summary>
    /// <param name="name">Sets the call apart from all others, so that no cache of the provider answers it.</param>
    /// <param name="ct">Aborts the call.</param>
    /// <returns>How long the answer took, or an error of <see cref="ModelErrors"/>.</returns>
    Task<Result<TimeSpan>> CallAsync(string name, CancellationToken ct);
}
