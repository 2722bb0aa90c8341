namespace Idp.Domain.Kernel;

/// <summary>How likely it is that something is right: 0 (surely wrong) to 1 (surely right).</summary>
public readonly record struct Confidence : IComparable<Confidence>
{
    /// <summary>Takes a probability; anything outside 0–1 is moved to the nearer end, and not-a-number to 0.</summary>
    public Confidence(double value) => Value = double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);

    /// <summary>The probability, 0 to 1.</summary>
    public double Value { get; }

    /// <summary>Certainty.</summary>
    public static Confidence Full => new(1);

    /// <summary>No trust at all.</summary>
    public static Confidence None => new(0);

    /// <inheritdoc />
    public int CompareTo(Confidence other) => Value.CompareTo(other.Value);

    /// <summary>Less trusted than the other.</summary>
    public static bool operator <(Confidence left, Confidence right) => left.Value < right.Value;

    /// <summary>More trusted than the other.</summary>
    public static bool operator >(Confidence left, Confidence right) => left.Value > right.Value;

    /// <summary>At most as trusted as the other.</summary>
    public static bool operator <=(Confidence left, Confidence right) => left.Value <= right.Value;

    /// <summary>At least as trusted as the other.</summary>
    public static bool operator >=(Confidence left, Confidence right) => left.Value >= right.Value;
}
