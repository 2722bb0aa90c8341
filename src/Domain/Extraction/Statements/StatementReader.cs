using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads a statement from the geometry of its pages: columns with their periods, lines with their values.</summary>
public static class StatementReader
{
    /// <summary>Labels whose left edges are this close, as a fraction of the page width, are indented alike.</summary>
    private const double SameIndent = 0.006;

    /// <summary>The same where recognition drew the boxes.</summary>
    private const double SameIndentRecognised = 0.009;

    /// <summary>How much a line is trusted less that is part of a sum that does not agree.</summary>
    private const double DoubtfulSum = 0.6;

    /// <summary>The most that a line is trusted that no sum confirms.</summary>
    private const double Unproven = 0.9;

    /// <summary>Reads one statement.</summary>
    /// <param name="located">Where it stands.</param>
    /// <returns>The statement; what could not be read of it is listed in it.</returns>
    public static FinancialStatement Read(LocatedStatement located)
    {
        var isBalance = located.Type is StatementType.BalanceSheet;
        var body = new StatementBody();
        var mapped = new List<(DraftLine Line, List<int> PeriodOf)>();
        ValueList<StatementPeriod> periods = [];
        foreach (var part in isBalance ? located.Parts.SelectMany(SideBySide.Cut) : located.Parts)
        {
            var columns = StatementColumn.Find(part.Body);
            if (columns.Count == 0)
            {
                body.Skip(part.Body);
                continue;
            }

            var times = StatementHeading.Read(part.Heading, columns, isBalance);
            var own = StatementPeriods.Of([.. times.OfType<ColumnTime>()], located.Context, isBalance);
            periods = periods.Count == 0 ? own : periods;
            var periodOf = PeriodsOf(times, own, periods);
            var from = body.Lines.Count;
            body.Read(part.Body, columns, [.. periodOf.Select(period => period >= 0)]);
            mapped.AddRange(body.Lines.Skip(from).Select(line => (line, periodOf)));
        }

        var levels = LevelsOf(body.Lines);
        var lines = mapped.Select((each, at) => Line(each.Line, each.PeriodOf, periods, levels[at])).ToList();
        var heading = string.Join('\n', located.Parts.SelectMany(part => part.Heading).Select(row => row.Text));
        var statement = new FinancialStatement(
            located.Type, located.Title, located.Pages, StatementUnits.CurrencyOf(heading) ?? located.Context.Currency,
            StatementUnits.UnitOf(heading) ?? located.Context.Unit ?? 1, periods, lines.ToValueList(), body.Seen, body.Unexplained.ToValueList(), []);
        return Checked(located.Parts.Any(part => part.Body.Any(row => row.Page.Recognised)) ? SumRepair.Repair(statement) : statement);
    }

    /// <summary>The same statement with its sums worked out again and its lines trusted accordingly.</summary>
    public static FinancialStatement Checked(FinancialStatement statement)
    {
        var checks = StatementChecks.Of(statement);
        var failed = checks.Where(check => !check.Holds).Select(check => check.Label).ToHashSet(StringComparer.Ordinal);
        var held = checks.Where(check => check.Holds).Select(check => check.Label).ToHashSet(StringComparer.Ordinal);
        return statement with
        {
            Checks = checks,
            Lines = statement.Lines.Select(line => line with
            {
                Confidence = new Confidence(failed.Contains(line.Label) ? line.Confidence.Value * DoubtfulSum
                    : held.Contains(line.Label) ? line.Confidence.Value : Math.Min(line.Confidence.Value, Unproven)),
            }).ToValueList(),
        };
    }

    /// <summary>The period of each column; -1 for one that has none.</summary>
    private static List<int> PeriodsOf(IReadOnlyList<ColumnTime?> times, ValueList<StatementPeriod> own, ValueList<StatementPeriod> periods)
    {
        var known = periods.Select(period => period.Key).ToList();
        var sameKeys = own.All(period => known.Contains(period.Key));
        var next = 0;
        var places = new List<int>();
        foreach (var time in times)
        {
            if (time is null)
            {
                places.Add(-1);
                continue;
            }

            // A page that goes on without headings has its columns in the same order.
            var place = sameKeys ? known.IndexOf(own[next].Key) : next;
            places.Add(place < periods.Count ? place : -1);
            next++;
        }

        return places;
    }

    private static StatementLine Line(DraftLine draft, List<int> periodOf, ValueList<StatementPeriod> periods, int level)
    {
        var page = draft.Row.Page;
        var cells = draft.Values.Select(value => new StatementCell(
            periods[periodOf[value.Column]].Key, Plain(page.Recognised ? WithDecimals(value.Piece.Value, draft) : value.Piece.Value), string.Join(' ', value.Piece.Words.Select(word => word.Text)), page.BoxOf(value.Piece.Words)));
        var words = draft.LabelWords.SelectMany(words => words).Concat(draft.Values.SelectMany(value => value.Piece.Words)).ToList();
        return new StatementLine(
            page.Recognised ? LabelRepair.Repair(StatementLabel.Clean(draft.Label)) : StatementLabel.Clean(draft.Label), level, draft.Section, page.Number, cells.ToValueList(),
            BoxesOf(draft, page), new Confidence(words.Average(word => word.Confidence.Value)));
    }

    /// <summary>One box a printed line; the values belong to the line that they stand on.</summary>
    private static ValueList<Box> BoxesOf(DraftLine draft, TablePage page)
    {
        var values = page.BoxOf(draft.Values.SelectMany(value => value.Piece.Words));
        var labels = draft.LabelWords.Select(page.BoxOf).ToList();
        var beside = labels.FindIndex(label => label.VerticalOverlap(values) > 0.5);
        return beside < 0 ? [.. labels, values] : [.. labels.Select((label, at) => at == beside ? label.Union(values) : label)];
    }

    /// <summary>Recognition loses a point: among values with decimals, one without is a hundred times too large.</summary>
    private static decimal WithDecimals(decimal value, DraftLine draft)
    {
        var others = draft.Values.Where(other => other.Piece.Value != value && other.Piece.Kind is PieceKind.Figure).Select(other => other.Piece.Value).ToList();
        return others.Count > 0 && others.TrueForAll(other => other.Scale == 2) && value.Scale == 0 && Math.Abs(value) >= 100 ? value / 100m : value;
    }

    private static string Plain(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>How far each line is indented, counted in steps from the left.</summary>
    private static List<int> LevelsOf(List<DraftLine> lines)
    {
        var same = lines.Exists(line => line.Row.Page.Recognised) ? SameIndentRecognised : SameIndent;
        var steps = new List<double>();
        var last = double.NegativeInfinity;
        foreach (var indent in lines.Select(line => line.Indent).Order())
        {
            if (indent - last > same)
            {
                steps.Add(indent);
            }

            last = indent;
        }

        return [.. lines.Select(line => Math.Max(0, steps.FindLastIndex(step => step <= line.Indent + 1e-9)))];
    }
}
