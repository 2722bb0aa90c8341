namespace Idp.Domain.Kernel;

/// <summary>Something that went wrong with a document and that a person should know: a failed page, an unusable file, a lost row.</summary>
/// <param name="Error">What and why.</param>
/// <param name="Page">The page it concerns, from 1; null when it concerns the whole document.</param>
/// <param name="Account">The printed account number that it concerns, where it does.</param>
public sealed record Problem(Error Error, int? Page = null, string? Account = null)
{
    /// <summary>The step of the work that met it; null until the step has ended.</summary>
    public string? Stage { get; init; }
}
