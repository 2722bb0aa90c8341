using System.Globalization;
using System.Text.Json;
using Idp.Integration.Documents;
using Idp.Simulators.Truth;

namespace Idp.Integration.Models;

/// <summary>A balance sheet that rules and a model read together.</summary>
public sealed class StatementTests
{
    private static readonly (string Label, string Now, string Before)[] Lines =
    [
        ("Cash and cash equivalents", "1250", "1100"), ("Accounts receivable, net", "640", "720"), ("Total current assets", "1890", "1820"), ("Goodwill", "310", "0"),
        ("Total assets", "2200", "1820"), ("Accounts payable", "400", "350"), ("Accrued expenses", "100", "70"), ("Total current liabilities", "500", "420"), ("Retained earnings", "1700", "1400"),
        ("Total liabilities and stockholders' equity", "2200", "1820"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_that_rules_cannot_read_comes_from_the_model()
    {
        var (document, statement, service) = await ReadAsync(Report("3#1,890"), modelLines: 0);
        await using var running = service;

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        Values(statement, "Total current assets").ShouldBe(("1890", "1820"));
        statement.GetProperty("unexplained").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Lines_that_the_model_leaves_out_without_a_word_are_not_lost()
    {
        var (document, statement, service) = await ReadAsync(Report("1,890"), modelLines: 3);
        await using var running = service;

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        statement.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("label").GetString()).ShouldBe(Lines.Select(line => line.Label));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("auto", 3)]
    public async Task Statements_of_a_report_are_asked_for_one_after_the_other_or_all_at_once(string workers, int mostAtOnce)
    {
        (string Type, string Title, (string Label, string Now, string Before)[] Lines)[] statements =
        [
            ("balance_sheet", "CONSOLIDATED BALANCE SHEETS", Lines),
            ("income_statement", "CONSOLIDATED STATEMENTS OF OPERATIONS", [("Revenue", "5200", "4700"), ("Cost of revenue", "3100", "2900"), ("Gross profit", "2100", "1800"), ("Operating expenses", "1500", "1400"), ("Net income", "600", "400")]),
            ("cash_flow", "CONSOLIDATED STATEMENTS OF CASH FLOWS",
                [("Net income", "600", "400"), ("Depreciation and amortization", "150", "140"), ("Net cash provided by operating activities", "750", "540"), ("Purchases of property and equipment", "600", "500"), ("Net increase in cash", "150", "40")]),
        ];
        var pages = statements.Select((statement, index) => (Printed: Printed(statement.Title, statement.Lines, null), Truth: Truth(statement.Type, index + 1, statement.Lines))).ToList();
        var builder = new PdfBuilder();
        foreach (var (printed, _) in pages)
        {
            builder.AddContent(Drawn(printed));
        }

        var report = new ModelPacket(
            builder.Build(), new TruthDocument("report", [.. pages.Select((page, index) => new TruthPage(index + 1, TextOf(page.Printed)))], [new TruthAccount(null, [])], [.. pages.Select(static page => page.Truth)]));
        await using var service = await ModelService.StartAsync(
            new() { Latency = new() { FixedMilliseconds = 1500 } }, [report.Truth], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__BATCH_SIZE", "1"), ("EXTRACTION__MAX_WORKERS", workers));

        var id = await service.UploadAsync(report, Ct, ("kind", "financial_statement"));

        (await service.Process.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
        (await service.ResultAsync(id, Ct)).GetProperty("statements").EnumerateArray().Select(static statement => statement.GetProperty("lines").GetArrayLength())
            .ShouldBe(statements.Select(static statement => statement.Lines.Length), ignoreOrder: true);
        service.Provider.Bill.MostAtOnce.ShouldBe(mostAtOnce);
    }

    private static async Task<(JsonElement Document, JsonElement Statement, ModelService Service)> ReadAsync(ModelPacket report, int modelLines)
    {
        var service = await ModelService.StartAsync(new() { SizeLimit = new() { TableRows = modelLines } }, [report.Truth], Ct);
        var id = await service.UploadAsync(report, Ct, ("kind", "financial_statement"));
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);
        return (document, (await service.ResultAsync(id, Ct)).GetProperty("statements").EnumerateArray().ShouldHaveSingleItem(), service);
    }

    private static (string? Now, string? Before) Values(JsonElement statement, string label)
    {
        var values = statement.GetProperty("lines").EnumerateArray().First(line => line.GetProperty("label").GetString() == label).GetProperty("values");
        return (values.GetProperty("2023-06-30").GetString(), values.GetProperty("2022-06-30").GetString());
    }

    /// <summary>A page with the balance sheet.</summary>
    /// <param name="printedTotal">How the page prints the total of current assets.</param>
    private static ModelPacket Report(string printedTotal)
    {
        var printed = Printed("CONSOLIDATED BALANCE SHEETS", Lines, printedTotal);
        return new ModelPacket(
            new PdfBuilder().AddContent(Drawn(printed)).Build(),
            new TruthDocument("report", [new TruthPage(1, TextOf(printed))], [new TruthAccount(null, [])], [Truth("balance_sheet", 1, Lines)]));
    }

    private static List<(string Label, string Now, string Before)> Printed(string title, (string Label, string Now, string Before)[] lines, string? printedTotal) =>
    [
        (title, string.Empty, string.Empty), ("(In thousands)", string.Empty, string.Empty), (string.Empty, "June 30, 2023", "June 30, 2022"),
        .. lines.Select(line => (line.Label, printedTotal is not null && line.Label == "Total current assets" ? printedTotal : Grouped(line.Now), Grouped(line.Before))),
    ];

    private static string Drawn(List<(string Label, string Now, string Before)> printed) => string.Join('\n', printed.SelectMany(
        static (line, index) => new[] { (72.0, line.Label), (RightAligned(420, line.Now), line.Now), (RightAligned(520, line.Before), line.Before) }
            .Where(static piece => piece.Item2.Length > 0).Select(piece => string.Create(CultureInfo.InvariantCulture, $"BT 0 g /F1 10 Tf {piece.Item1} {720 - (index * 18)} Td ({Escaped(piece.Item2)}) Tj ET"))));

    private static string TextOf(List<(string Label, string Now, string Before)> printed) => string.Join('\n', printed.Select(static line => $"{line.Label} {line.Now} {line.Before}".Trim()));

    private static TruthStatement Truth(string type, int page, (string Label, string Now, string Before)[] lines) => new(
        type, "USD", 1000, [.. lines.Select(line => new TruthStatementLine(page, line.Label, new Dictionary<string, string> { ["2023-06-30"] = line.Now, ["2022-06-30"] = line.Before }))]);

    /// <summary>Where a text begins that ends at an edge; digits of the font are 5.56 points wide at this size, commas half of that.</summary>
    private static double RightAligned(double edge, string text) => edge - text.Sum(character => char.IsAsciiDigit(character) ? 5.56 : 2.78);

    private static string Grouped(string value) => int.Parse(value, CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
}
