using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Unites what rules read of a statement with what a model says of it.</summary>
/// <remarks>
/// The rules' values stand on the page with their boxes. A model's value replaces one only where sums agree better with it; otherwise it is kept as the alternative. Lines that only the model
/// has count where the page's words bear them out. Never a box from the model.
/// </remarks>
public static class StatementMerger
{
    /// <summary>What agreement takes away of the doubt in a line.</summary>
    private const double DoubtLeft = 0.5;

    /// <summary>How much a line is trusted less of which both say different things.</summary>
    private const double Disputed = 0.7;

    /// <summary>More contradictions are not weighed one by one.</summary>
    private const int MostWeighed = 40;

    /// <summary>More lines than a statement has are not looked for on the page.</summary>
    private const int MostAdded = 300;

    /// <summary>Unites both.</summary>
    /// <param name="byRules">What rules read.</param>
    /// <param name="said">What a model says, in as many pieces as it was asked for.</param>
    /// <param name="pages">The pages of the statement.</param>
    public static FinancialStatement Merge(FinancialStatement byRules, IReadOnlyList<ModelStatement> said, IReadOnlyList<Page> pages)
    {
        var united = byRules;
        foreach (var statement in said)
        {
            united = Merge(united, statement, pages);
        }

        var currency = united.Currency ?? said.Select(statement => statement.Currency).FirstOrDefault(code => code is { Length: 3 });
        return StatementReader.Checked(united with { Currency = currency });
    }

    private static FinancialStatement Merge(FinancialStatement statement, ModelStatement said, IReadOnlyList<Page> pages)
    {
        var keys = StatementAlignment.KeysOf(statement.Periods, said.Lines);
        var places = StatementAlignment.Match(statement.Lines, said.Lines, keys);
        var lines = statement.Lines.ToList();
        var disputes = new List<(int Line, string Period, string Value)>();
        for (var at = 0; at < places.Length; at++)
        {
            if (places[at] >= 0)
            {
                lines[places[at]] = Compare(lines[places[at]], places[at], ValuesOf(said.Lines[at], keys), disputes, statement.Unexplained, pages);
            }
        }

        var compared = Decide(statement with { Lines = lines.ToValueList() }, disputes);
        var added = said.Lines.Where((_, at) => places[at] < 0).Take(MostAdded).Aggregate(compared, (sum, line) => MissingLines.Add(sum, line, ValuesOf(line, keys), pages));
        return added with { Unexplained = added.Unexplained.Where(row => !MissingLines.IsExplained(added, row)).ToValueList() };
    }

    private static List<(string Period, string Value)> ValuesOf(ModelStatementLine line, Dictionary<string, string> keys) =>
    [
        .. line.Values.Select(value => (Period: keys.GetValueOrDefault(value.Key), Value: StatementAlignment.Plain(value.Value)))
            .Where(value => value.Period is not null && value.Value is not null).Select(value => (value.Period!, value.Value!)).DistinctBy(value => value.Item1),
    ];

    /// <summary>Takes over what the line lacks, notes what is contradicted, and trusts it more where both agree in everything.</summary>
    private static StatementLine Compare(
        StatementLine line, int at, List<(string Period, string Value)> values, List<(int Line, string Period, string Value)> disputes, IReadOnlyList<UnexplainedRow> unexplained,
        IReadOnlyList<Page> pages)
    {
        var cells = line.Cells.ToList();
        var disputed = false;
        foreach (var (period, value) in values)
        {
            if (line.ValueOf(period) is not { } own)
            {
                if (MissingLines.CellOn(line, period, value, unexplained, pages) is { } cell)
                {
                    cells.Add(cell);
                }
            }
            else if (!StatementAlignment.SameValue(own, value))
            {
                disputed = true;
                disputes.Add((at, period, value));
            }
        }

        var agrees = !disputed && values.Count > 0;
        return line with
        {
            Cells = cells.ToValueList(),
            Confidence = new Confidence(disputed ? line.Confidence.Value * Disputed : agrees ? 1 - ((1 - line.Confidence.Value) * DoubtLeft) : line.Confidence.Value),
        };
    }

    /// <summary>Of two values the one with which more sums agree; on a tie the one that stands on the page.</summary>
    private static FinancialStatement Decide(FinancialStatement statement, List<(int Line, string Period, string Value)> disputes)
    {
        var failed = Failed(statement);
        foreach (var (line, period, value) in disputes.Take(MostWeighed))
        {
            var own = statement.Lines[line].Cells.First(cell => cell.Period == period);
            var tried = With(statement, line, own with { Value = value, Alternative = own.Value });
            var left = Failed(tried);
            (statement, failed) = left < failed ? (tried, left) : (With(statement, line, own with { Alternative = value }), failed);
        }

        return statement;
    }

    private static int Failed(FinancialStatement statement) => StatementChecks.Of(statement).Count(check => !check.Holds);

    private static FinancialStatement With(FinancialStatement statement, int line, StatementCell cell) => statement with
    {
        Lines = statement.Lines.Select((other, at) => at == line
            ? other with { Cells = other.Cells.Select(own => own.Period == cell.Period ? cell : own).ToValueList() }
            : other).ToValueList(),
    };
}
