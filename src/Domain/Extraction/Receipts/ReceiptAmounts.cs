using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>An amount as it stands on a receipt.</summary>
/// <param name="Value">The amount, to the cent.</param>
/// <param name="Line">The line it stands on.</param>
/// <param name="Run">Its words.</param>
/// <param name="Start">Where it begins in the line's text.</param>
internal sealed record ReceiptAmount(decimal Value, PrintedLine Line, TextRun Run, int Start);

/// <summary>Finds amounts with cents, forgiving what character recognition does to them: <c>20. 40</c>, <c>1,26</c>, <c>RMO.94</c>.</summary>
public static partial class ReceiptAmounts
{
    /// <summary>The first amount in a text as a plain decimal, or null.</summary>
    public static string? Normalize(string printed) =>
        Amount().Match(printed) is { Success: true } match && Parse(match) is { } amount ? Plain(amount) : null;

    /// <summary>A plain decimal with two places.</summary>
    internal static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The amounts of a line, from left to right.</summary>
    internal static IReadOnlyList<ReceiptAmount> Of(PrintedLine line) =>
    [
        .. from match in Amount().Matches(line.Text)
           let value = Parse(match)
           where value is not null
           select new ReceiptAmount(value.Value, line, line.Covered(match), match.Index),
    ];

    private static decimal? Parse(Match match)
    {
        var whole = match.Groups["whole"].Value.Replace('O', '0').Replace('o', '0');
        var digits = new string([.. whole.Where(char.IsAsciiDigit)]);
        var text = $"{(digits.Length == 0 ? "0" : digits)}.{match.Groups["cents"].Value}";
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? match.Groups["sign"].Success ? -amount : amount
            : null;
    }

    [GeneratedRegex(
        @"(?:^|[^\d.,A-Za-z/:-])(?<sign>[-~–](?=\s?(?:RM|MYR|\$)?\s?\d))?\s?(?:[RFfr]?[MH]|MYR|[A-Z]{0,2}[$€£]|EUR|USD|DH|Rs)?\.?\s?(?<whole>\d{1,3}(?:[,. ]\d{3})+|\d{1,6}|O)\s?[.,]\s?(?<cents>\d{2})(?=$|[^\d%.,/:-]|[.,](?:\s|$))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 500)]
    private static partial Regex Amount();
}
