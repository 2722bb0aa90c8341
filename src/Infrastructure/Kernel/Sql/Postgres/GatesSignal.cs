namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>Wakes the gates of this process when another node tells that calls may begin.</summary>
internal sealed class GatesSignal
{
    /// <summary>Called by the thread that listens.</summary>
    public event Action? Raised;

    /// <summary>Wakes them.</summary>
    public void Raise() => Raised?.Invoke();
}
