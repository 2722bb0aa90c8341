using System.Globalization;

namespace Idp.Domain.Kernel.Costs;

/// <summary>An amount in US dollars, exact to a millionth of a millionth: one token of the cheapest model is still a whole number of these.</summary>
/// <param name="Picodollars">The amount times 10¹²; never negative for what was spent.</param>
public readonly record struct Money(long Picodollars) : IComparable<Money>
{
    private const decimal PicodollarsPerDollar = 1_000_000_000_000m;

    /// <summary>Nothing.</summary>
    public static Money Zero => default;

    /// <summary>The most that can be expressed, about nine million dollars.</summary>
    public static Money Maximum => new(long.MaxValue);

    /// <summary>The amount in dollars.</summary>
    public decimal Dollars => Picodollars / PicodollarsPerDollar;

    /// <summary>An amount in dollars; what is finer than a picodollar is rounded up, so that no cost is ever understated.</summary>
    /// <exception cref="OverflowException">The amount is larger than <see cref="Maximum"/>.</exception>
    public static Money FromDollars(decimal dollars) => new((long)decimal.Ceiling(dollars * PicodollarsPerDollar));

    /// <summary>
    /// A cap in dollars, zero or more; what is finer than a picodollar is rounded down, so that no cap is ever passed, and what is larger than
    /// <see cref="Maximum"/> is that. Null stays null.
    /// </summary>
    public static Money? CapOf(decimal? dollars) => dollars switch
    {
        null => null,
        { } amount when amount >= Maximum.Dollars => Maximum,
        { } amount => new Money((long)decimal.Floor(amount * PicodollarsPerDollar)),
    };

    /// <summary>The sum.</summary>
    public static Money operator +(Money left, Money right) => new(left.Picodollars + right.Picodollars);

    /// <summary>The difference.</summary>
    public static Money operator -(Money left, Money right) => new(left.Picodollars - right.Picodollars);

    /// <summary>True when the first is less.</summary>
    public static bool operator <(Money left, Money right) => left.Picodollars < right.Picodollars;

    /// <summary>True when the first is more.</summary>
    public static bool operator >(Money left, Money right) => left.Picodollars > right.Picodollars;

    /// <summary>True when the first is not more.</summary>
    public static bool operator <=(Money left, Money right) => left.Picodollars <= right.Picodollars;

    /// <summary>True when the first is not less.</summary>
    public static bool operator >=(Money left, Money right) => left.Picodollars >= right.Picodollars;

    /// <inheritdoc cref="operator +"/>
    public Money Add(Money other) => this + other;

    /// <inheritdoc cref="operator -"/>
    public Money Subtract(Money other) => this - other;

    /// <inheritdoc />
    public int CompareTo(Money other) => Picodollars.CompareTo(other.Picodollars);

    /// <summary>Dollars as a plain decimal without trailing zeros, e.g. <c>0.0124</c>.</summary>
    public override string ToString() => Dollars.ToString("0.############", CultureInfo.InvariantCulture);
}
