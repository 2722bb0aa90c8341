namespace Idp.Api.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>Everything completed.</summary>
    public const int Completed = 0;

    /// <summary>Something failed, or the command line is wrong.</summary>
    public const int Failed = 1;

    /// <summary>Everything ended, and something is missing.</summary>
    public const int Partial = 2;
}
