namespace Idp.Infrastructure.Kernel;

/// <summary>Something that is slow at its first use, and can be used once for nothing while the service has nothing to do.</summary>
public interface IWarmedUp
{
    /// <summary>Uses it; leaves no trace. To be called once the service is ready, so that nobody waits for it.</summary>
    Task WarmUpAsync(CancellationToken ct);
}
