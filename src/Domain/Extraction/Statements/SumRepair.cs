using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>
/// Mends digits that recognition lost or took for others, where a sum says what they must have been: the digits that were read have to be most of the digits that are expected, one cell alone must
/// explain the sum, and more sums must agree afterwards. What was read stays as the alternative.
/// </summary>
internal static class SumRepair
{
    /// <summary>A statement with more slips is not mended further.</summary>
    private const int MostRepairs = 40;

    /// <summary>Larger tables are no statements, and would take long.</summary>
    private const int MostCells = 1_000;

    private const int MostCandidates = 80;

    /// <summary>What is mended is trusted no more than this.</summary>
    private const double Mended = 0.8;

    /// <summary>Mends what can be mended.</summary>
    public static FinancialStatement Repair(FinancialStatement statement)
    {
        if (statement.Lines.Count * statement.Periods.Count > MostCells)
        {
            return statement;
        }

        var failed = Failed(statement);
        for (var repairs = 0; repairs < MostRepairs && failed > 0; repairs++)
        {
            var tries = Candidates(statement).Distinct().Take(MostCandidates).Select(candidate => (Candidate: candidate, Statement: With(statement, candidate)))
                .Select(tried => (tried.Candidate, tried.Statement, Failed: Failed(tried.Statement))).Where(tried => tried.Failed < failed)
                .OrderBy(tried => tried.Failed).ThenBy(tried => tried.Candidate.IsHeadless ? 0 : 1).Take(2).ToList();

            // Two cells that explain a sum equally well: nobody can say which one was misread.
            if (tries.Count == 0 || (tries.Count > 1 && tries[0].Failed == tries[1].Failed && SameSum(tries[0].Candidate, tries[1].Candidate)))
            {
                break;
            }

            (_, statement, failed) = tries[0];
        }

        return statement;
    }

    private static bool SameSum(Misread first, Misread second) => first.Period == second.Period && first.Sum == second.Sum && first.IsHeadless == second.IsHeadless;

    /// <summary>True where a sign stands for the first digit: <c>$92,301</c> for 592,301.</summary>
    private static bool IsHeadless(StatementCell cell, decimal expected) =>
        !char.IsAsciiDigit(cell.Printed[0]) && cell.Printed[0] is not ('(' or '{' or '[' or '-')
        && Math.Abs(expected).ToString(CultureInfo.InvariantCulture).EndsWith(PrintedText.Digits(cell.Printed), StringComparison.Ordinal);

    private static IEnumerable<Misread> Candidates(FinancialStatement statement)
    {
        var lines = statement.Lines.Select(line => new SummedLine(line, statement.Periods)).ToList();
        foreach (var sum in StatementSums.Of(lines))
        {
            for (var at = 0; at < statement.Periods.Count; at++)
            {
                if (sum.Total.Values[at] is not { } printed || StatementSums.Agrees(printed, sum.Computed[at], 3))
                {
                    continue;
                }

                var missing = printed - sum.Computed[at];
                var period = statement.Periods[at].Key;
                var total = lines.IndexOf(sum.Total);
                var suspects = sum.Terms.Select((term, place) => (Line: term, Expected: (term.Values[at] ?? 0) + (sum.IsDifference && place > 0 ? -missing : missing)))
                    .Append((Line: sum.Total, Expected: sum.Computed[at]));
                foreach (var (line, expected) in suspects)
                {
                    if (line.Line.Cells.FirstOrDefault(cell => cell.Period == period) is { Alternative: null } cell && IsSlipOf(cell, expected))
                    {
                        yield return new Misread(lines.IndexOf(line), period, expected, total, IsHeadless(cell, expected));
                    }
                }
            }
        }
    }

    /// <summary>True when the printed digits may be what recognition made of the expected ones.</summary>
    private static bool IsSlipOf(StatementCell cell, decimal expected)
    {
        var read = PrintedText.Digits(cell.Printed);
        var wanted = PrintedText.Digits(Math.Abs(expected).ToString(CultureInfo.InvariantCulture));
        if (read.Length == 0 || expected == 0 || Math.Abs(read.Length - wanted.Length) > Math.Max(1, wanted.Length / 2))
        {
            return false;
        }

        var different = LooseText.Distance(read, wanted);
        return different == 0 || (read.Length == wanted.Length
            ? wanted.Length > 1 && different == 1
            : wanted.EndsWith(read, StringComparison.Ordinal) || wanted.StartsWith(read, StringComparison.Ordinal) || read.EndsWith(wanted, StringComparison.Ordinal)
                || (different == 1 && wanted.Length >= 4));
    }

    private static FinancialStatement With(FinancialStatement statement, Misread misread) => statement with
    {
        Lines = statement.Lines.Select((line, at) => at != misread.Line ? line : line with
        {
            Cells = line.Cells.Select(cell => cell.Period == misread.Period
                ? cell with { Value = misread.Expected.ToString(CultureInfo.InvariantCulture), Alternative = cell.Value }
                : cell).ToValueList(),
            Confidence = new Confidence(Math.Min(line.Confidence.Value, Mended)),
        }).ToValueList(),
    };

    private static int Failed(FinancialStatement statement) => StatementChecks.All(statement).Count(check => !check.Holds);

    /// <summary>A cell that would explain why a sum fails.</summary>
    private readonly record struct Misread(int Line, string Period, decimal Expected, int Sum, bool IsHeadless);
}
