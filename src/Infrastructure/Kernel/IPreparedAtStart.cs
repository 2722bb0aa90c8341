namespace Idp.Infrastructure.Kernel;

/// <summary>An adapter with something to do or to check before the first request: tables, leftovers, files that must be readable.</summary>
/// <remarks>Every command that uses the stores calls all of them once, in the order of registration; calling twice does no harm.</remarks>
public interface IPreparedAtStart
{
    /// <summary>Prepares the adapter.</summary>
    /// <exception cref="SetupException">It cannot be used as it is set up; the message says what to mend.</exception>
    Task PrepareAsync(CancellationToken ct);
}
