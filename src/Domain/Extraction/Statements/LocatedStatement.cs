using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>The part of a page that belongs to a statement.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Heading">The title and the lines to the first value.</param>
/// <param name="Body">The lines after it.</param>
internal sealed record StatementPart(int Page, IReadOnlyList<PrintedRow> Heading, IReadOnlyList<PrintedRow> Body);

/// <summary>What a report says about all its statements, for those that do not say it themselves.</summary>
/// <param name="YearEndMonth">The month in which its years end; null when it is not printed.</param>
/// <param name="YearEndDay">The day of that month.</param>
/// <param name="Currency">The ISO code of the currency; null when nothing says.</param>
/// <param name="Unit">What one unit of values is worth; null when nothing says.</param>
internal sealed record ReportContext(int? YearEndMonth, int? YearEndDay, string? Currency, long? Unit);

/// <summary>A statement whose place is known, ready to be read.</summary>
public sealed class LocatedStatement
{
    internal LocatedStatement(StatementType type, string title, IReadOnlyList<StatementPart> parts, ReportContext context) =>
        (Type, Title, Parts, Context) = (type, title, parts, context);

    /// <summary>Which one.</summary>
    public StatementType Type { get; }

    /// <summary>Its title as printed; empty when it has none.</summary>
    public string Title { get; }

    /// <summary>Its pages, from 1, ascending.</summary>
    public ValueList<int> Pages => Parts.Select(part => part.Page).Distinct().ToValueList();

    internal IReadOnlyList<StatementPart> Parts { get; }

    internal ReportContext Context { get; }
}

/// <summary>The statements of a document.</summary>
/// <param name="Statements">Those to read, in the order of their pages.</param>
/// <param name="LeftOut">Those that were left out on purpose.</param>
public sealed record StatementPlaces(IReadOnlyList<LocatedStatement> Statements, ValueList<StatementLeftOut> LeftOut);
