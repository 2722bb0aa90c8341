namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>What a change of a call must know of it, in the order of <see cref="CallSql.SelectRow"/>.</summary>
internal sealed record CallRow(string Id, string Subject, string? Batch, string State, string TryState, long Held)
{
    /// <summary>True while its process works on it.</summary>
    public bool IsOpen => State == "open";

    /// <summary>True when its reply is stored.</summary>
    public bool IsAnswered => State == "answered";

    /// <summary>True while a try has a reservation.</summary>
    public bool HasTry => TryState != "none";

    /// <summary>True while a try may be paid.</summary>
    public bool IsSent => TryState == "sent";
}
