namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Looks whether the language model can be used as it is set up; for the operator.</summary>
public interface ILanguageModelCheck
{
    /// <summary>Looks; asks the provider nothing that costs money.</summary>
    Task<LanguageModelStatus> LookAsync(CancellationToken ct);
}

/// <summary>How the language model is set up.</summary>
/// <param name="Description">Who answers, and at what price.</param>
/// <param name="Fault">What is wrong; null when it can be used.</param>
public sealed record LanguageModelStatus(string Description, string? Fault);
