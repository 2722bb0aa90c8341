using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Idp.Application.Extraction;

/// <summary>How pages are put into calls of a model.</summary>
public enum PackingMode
{
    /// <summary>As many pages as the budgets of input and forecast output hold.</summary>
    Budget,

    /// <summary>The same number of pages in every call.</summary>
    Fixed,
}

/// <summary>How a model reads documents; section <c>EXTRACTION</c>.</summary>
public sealed class ExtractionOptions : IValidatableObject
{
    /// <summary>The word that leaves the number of calls under way to the provider's gate.</summary>
    private const string Automatic = "auto";

    /// <summary>More calls than this are never asked for at once by one document; the gate decides how many of them run.</summary>
    private const int MostAtOnce = 256;

    /// <summary>How pages are put into calls.</summary>
    /// <value>Default <see cref="PackingMode.Budget"/>.</value>
    public PackingMode Packing { get; init; } = PackingMode.Budget;

    /// <summary>Pages of one call where <see cref="Packing"/> is <see cref="PackingMode.Fixed"/>.</summary>
    /// <value>Default 2.</value>
    [Range(1, 1000)]
    public int BatchSize { get; init; } = 2;

    /// <summary>Calls of one document under way at the same time: a number, or <c>auto</c> for what the provider bears.</summary>
    /// <value>Default <c>auto</c>.</value>
    public string MaxWorkers { get; init; } = Automatic;

    /// <summary>Input of one call, in estimated tokens, where <see cref="Packing"/> is <see cref="PackingMode.Budget"/>.</summary>
    /// <value>Default 6,000.</value>
    [Range(100, 10_000_000)]
    public int InputBudgetTokens { get; init; } = 6000;

    /// <summary>Forecast output of one call, in tokens, where <see cref="Packing"/> is <see cref="PackingMode.Budget"/>.</summary>
    /// <value>Default 3,000.</value>
    [Range(100, 1_000_000)]
    public int OutputBudgetTokens { get; init; } = 3000;

    /// <summary>Calls of one document that are asked for at the same time.</summary>
    public int CallsAtOnce => IsAutomatic ? MostAtOnce : int.Parse(MaxWorkers, CultureInfo.InvariantCulture);

    private bool IsAutomatic => string.Equals(MaxWorkers, Automatic, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsAutomatic && !(int.TryParse(MaxWorkers, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers is >= 1 and <= MostAtOnce))
        {
            yield return new ValidationResult($"EXTRACTION__MAX_WORKERS is '{MaxWorkers}' but must be 'auto' or a number from 1 to {MostAtOnce}.");
        }
    }
}
