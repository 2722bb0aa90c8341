using System.Globalization;
using Idp.Integration.Documents;
using Idp.Simulators.Truth;

namespace Idp.Integration.Models;

/// <summary>An invented statement of one account: rows of a date, a description that is nowhere else, and an amount.</summary>
internal static class AccountStatement
{
    /// <summary>Its number.</summary>
    public const string Account = "7104930";

    /// <summary>A column that the rules know.</summary>
    public const string Readable = "Amount";

    /// <summary>A column whose values only a model can read.</summary>
    public const string Unreadable = "Movement";

    private const int Left = 72;
    private const int Top = 720;
    private static readonly DateOnly FirstDay = new(2012, 3, 1);

    /// <summary>Prints one.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="amountHead">What stands over the amounts.</param>
    /// <param name="rowsPerPage">Rows on a page.</param>
    public static ModelPacket Make(int rows, string amountHead, int rowsPerPage = 12)
    {
        var truth = Enumerable.Range(1, rows).Select(row => RowOf(row, 1 + ((row - 1) / rowsPerPage))).ToList();
        var (pdf, pages) = (new PdfBuilder(), new List<TruthPage>());
        foreach (var page in truth.GroupBy(static row => row.Page))
        {
            List<string[]> lines =
            [
                ["MERCHANTS HARBOR BANK"], [$"Account Number: {Account}"], ["Date", "Description", amountHead], .. page.Select(static row => row.Printed!.Split(' ')),
            ];
            var step = rowsPerPage > 12 ? 13 : 18;
            pdf.AddContent(string.Join('\n', lines.SelectMany((line, index) => line.Zip(Columns(line.Length))
                .Select(piece => $"BT 0 g /F1 10 Tf {piece.Second} {Top - (index * step)} Td ({piece.First}) Tj ET"))));
            pages.Add(new TruthPage(page.Key, string.Join('\n', lines.Select(static line => string.Join(' ', line))), Account));
        }

        var account = new TruthAccount(Account, [new("account_number", Account, Account, 1)], [new TruthTable("transactions", truth)]);
        return new ModelPacket(pdf.Build(), new TruthDocument($"{rows} rows with {amountHead}", pages, [account]));
    }

    /// <summary>The description of a row, counted from 1.</summary>
    public static string Description(int row) => string.Create(CultureInfo.InvariantCulture, $"Transfer{row:00}");

    private static int[] Columns(int count) => count == 1 ? [Left] : [Left, 200, 420];

    private static TruthRow RowOf(int row, int page)
    {
        var (date, amount) = (FirstDay.AddDays(row - 1), string.Create(CultureInfo.InvariantCulture, $"{(row * 31) + 100}.50"));
        return new TruthRow(
            page,
            new Dictionary<string, string?> { ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["description"] = Description(row), ["amount"] = amount },
            $"{date.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)} {Description(row)} {amount}");
    }
}
