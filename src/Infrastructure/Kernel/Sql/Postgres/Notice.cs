namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>What a committed transaction tells all nodes, as payload of one channel.</summary>
internal static class Notice
{
    /// <summary>The channel.</summary>
    public const string Channel = "idp";

    /// <summary>Events were appended.</summary>
    public const string Events = "events";

    /// <summary>Work may have become available.</summary>
    public const string Work = "work";

    /// <summary>Money may have become free.</summary>
    public const string Money = "money";

    /// <summary>Calls may begin at a shared gate.</summary>
    public const string Gates = "gates";
}
