using System.Globalization;

namespace Idp.Domain.Kernel.Costs;

/// <summary>What a spending cap applies to: one document, one batch, one research job, or one day.</summary>
/// <param name="Value">The printed form: an id such as <c>doc_…</c>, or <c>day:2026-11-22</c>.</param>
public readonly record struct BudgetScope(string Value)
{
    private const string DayPrefix = "day:";

    /// <summary>The settable default of every day; a day's own cap wins.</summary>
    public static BudgetScope EveryDay { get; } = new("day");

    /// <summary>The settable default of every document; a document's own cap wins.</summary>
    public static BudgetScope EveryDocument { get; } = new("document");

    /// <summary>One subject: a document, a batch, a job.</summary>
    public static BudgetScope Of(string subject) => new(subject);

    /// <summary>One day, UTC.</summary>
    public static BudgetScope Day(DateTimeOffset at) => new(string.Create(CultureInfo.InvariantCulture, $"day:{at.UtcDateTime:yyyy-MM-dd}"));

    /// <summary>Reads a printed scope: <c>day</c>, <c>day:2026-11-22</c>, <c>document</c>, or the id of a document, batch or job.</summary>
    public static bool TryParse(string? text, out BudgetScope scope)
    {
        scope = new BudgetScope(text ?? string.Empty);
        return scope == EveryDay || scope == EveryDocument || scope.Value.Split(DayPrefix) switch
        {
            ["", var day] => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => scope.Value.Split('_') is ["doc" or "bat" or "job", var id] && Guid.TryParseExact(id, "n", out var value) && value != Guid.Empty,
        };
    }

    /// <summary>The default that holds where this scope has no cap of its own; null when there is none.</summary>
    public BudgetScope? Default => Value switch
    {
        _ when Value.StartsWith(DayPrefix, StringComparison.Ordinal) => EveryDay,
        _ when Value.StartsWith("doc_", StringComparison.Ordinal) => EveryDocument,
        _ => null,
    };

    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>How a budget stands.</summary>
/// <param name="Scope">What it is for.</param>
/// <param name="Cap">The most that may be spent; null for no limit.</param>
/// <param name="Spent">Settled costs and what was possibly paid without an answer.</param>
/// <param name="Held">Reserved for calls under way.</param>
public sealed record Budget(BudgetScope Scope, Money? Cap, Money Spent, Money Held)
{
    /// <summary>What may still be reserved; null without a cap.</summary>
    public Money? Remaining => Cap is { } cap ? Spent + Held >= cap ? Money.Zero : cap - Spent - Held : null;

    /// <summary>Whether so much may be reserved.</summary>
    public ReservationAnswer Ask(Money amount) => Cap switch
    {
        null => ReservationAnswer.Granted,
        { } cap when Spent + Held + amount <= cap => ReservationAnswer.Granted,
        { } cap when Held > Money.Zero && Spent + amount <= cap => ReservationAnswer.Wait,
        _ => ReservationAnswer.Exceeded,
    };
}

/// <summary>What a budget says to a reservation.</summary>
public enum ReservationAnswer
{
    /// <summary>Go ahead.</summary>
    Granted,

    /// <summary>Only if calls under way cost less than they reserved: ask again when one has ended.</summary>
    Wait,

    /// <summary>It would pass the cap whatever the calls under way cost.</summary>
    Exceeded,
}
