namespace Idp.Application.Kernel;

/// <summary>Who asks, as audit trails name them.</summary>
/// <param name="Name">Role and fingerprint of an API key, such as <c>operator 3f9a</c>; never a key.</param>
public sealed record Actor(string Name)
{
    /// <summary>Whoever sits at the machine: the command line, and every caller while there are no API keys.</summary>
    public static Actor Local { get; } = new("local");
}
