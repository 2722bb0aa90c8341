using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Finds which line of a model is which line that rules read: in order, by label and values.</summary>
internal static partial class StatementAlignment
{
    /// <summary>Labels that differ in a larger share of their characters are two labels, unless the values say otherwise.</summary>
    private const double MostDifference = 0.35;

    /// <summary>What it is worth that values agree, beside the labels.</summary>
    private const double ValueWorth = 1.5;

    /// <summary>A model that repeats itself without end is not followed further.</summary>
    private const int MostLines = 300;

    /// <summary>Labels are compared by so many characters, so that no page makes the comparison slow.</summary>
    private const int LongestLabel = 120;

    /// <summary>For each line of the model, the place of the same line of the rules; -1 where there is none.</summary>
    public static int[] Match(IReadOnlyList<StatementLine> byRules, IReadOnlyList<ModelStatementLine> byModel, IReadOnlyDictionary<string, string> keys)
    {
        var (rows, columns) = (Math.Min(byRules.Count, MostLines), Math.Min(byModel.Count, MostLines));
        var worth = new double[rows + 1, columns + 1];
        var points = new double[rows, columns];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                points[row, column] = PointsOf(byRules[row], byModel[column], keys);
                worth[row, column] = Math.Max(
                    points[row, column] > 0 ? points[row, column] + worth[row + 1, column + 1] : 0, Math.Max(worth[row + 1, column], worth[row, column + 1]));
            }
        }

        var places = Enumerable.Repeat(-1, byModel.Count).ToArray();
        for (var (row, column) = (0, 0); row < rows && column < columns;)
        {
            if (points[row, column] > 0 && worth[row, column] <= points[row, column] + worth[row + 1, column + 1] + 1e-9)
            {
                places[column++] = row++;
            }
            else if (worth[row + 1, column] >= worth[row, column + 1])
            {
                row++;
            }
            else
            {
                column++;
            }
        }

        return places;
    }

    /// <summary>Our key for each name that a model gives a period.</summary>
    public static Dictionary<string, string> KeysOf(ValueList<StatementPeriod> periods, IReadOnlyList<ModelStatementLine> lines)
    {
        var names = lines.SelectMany(line => line.Values.Select(value => value.Key)).Distinct(StringComparer.Ordinal).Take(MostLines).ToList();
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var exact = periods.Where(period => period.Key == name).ToList();
            var dated = periods.Where(period => period.End is { } end && name.Contains(DateNormalizer.Format(end), StringComparison.Ordinal)).ToList();
            var year = Year().Match(name);
            var sameYear = year.Success ? periods.Where(period => period.Key.Contains(year.Value, StringComparison.Ordinal)).ToList() : [];
            var found = exact.Count == 1 ? exact : dated.Count == 1 ? dated : sameYear;
            if (found.Count == 1)
            {
                keys[name] = found[0].Key;
            }
        }

        // Names that say nothing we know are the columns in their order.
        if (keys.Count == 0 && names.Count == periods.Count)
        {
            foreach (var (name, period) in names.Zip(periods))
            {
                keys[name] = period.Key;
            }
        }

        return keys;
    }

    /// <summary>A value of a model as a plain decimal; null when it is no number.</summary>
    public static string? Plain(string value) => LinePiece.Read(value, recognised: false) is { } number ? number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>True where both are the same number, however many zeros they end in.</summary>
    public static bool SameValue(string first, string second) =>
        decimal.TryParse(first, NumberStyles.Number, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(second, NumberStyles.Number, CultureInfo.InvariantCulture, out var right) && left == right;

    private static double PointsOf(StatementLine line, ModelStatementLine said, IReadOnlyDictionary<string, string> keys)
    {
        if (said.Page is { } page && page != line.Page)
        {
            return 0;
        }

        var compared = said.Values.Select(value => (Key: keys.GetValueOrDefault(value.Key), Value: Plain(value.Value)))
            .Where(value => value.Key is not null && value.Value is not null && line.ValueOf(value.Key) is not null).ToList();
        var same = compared.Count(value => SameValue(line.ValueOf(value.Key!)!, value.Value!));
        var difference = LooseText.Difference(Head(line.Label), Head(said.Label));
        var agreeing = compared.Count == 0 ? 0 : (double)same / compared.Count;
        return difference <= MostDifference || (agreeing >= 1 && difference < 0.7) ? 1 - difference + (ValueWorth * agreeing) : 0;
    }

    private static string Head(string label) => label[..Math.Min(label.Length, LongestLabel)];

    [GeneratedRegex("(?:19|20)[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex Year();
}
