using System.Text.Json;
using Idp.Integration.Faults;

namespace Idp.Integration.Models;

/// <summary>Statements of many rows on many pages, read by rules and by a model that cuts its answers, leaves rows out and repeats others.</summary>
public sealed class LongTableTests
{
    private const int RowsPerPage = 46;
    private const int MostInTheSuite = 400;
    private const double LeastRead = 0.99;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(25, AccountStatement.Unreadable)]
    [InlineData(400, AccountStatement.Readable)]
    [InlineData(400, AccountStatement.Unreadable)]
    [InlineData(3_200, AccountStatement.Unreadable)]
    public async Task Every_row_is_read_once_or_shown_as_missing_however_badly_the_model_answers(int rows, string amountHead)
    {
        Assert.SkipUnless(rows <= MostInTheSuite || LongRun.IsAskedFor, "Takes half a minute; IDP_TEST_OUTAGE_SECONDS=30 asks for it.");
        var packet = AccountStatement.Make(rows, amountHead, RowsPerPage);
        await using var service = await ModelService.StartAsync(
            new() { Faults = new() { SkippedRows = 0.5, RepeatedRows = 0.3 }, SizeLimit = new() { OutputTokens = 1_500 } }, [packet.Truth], Ct);

        var id = await service.UploadAsync(packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        var account = (await service.ResultAsync(id, Ct)).GetProperty("accounts").EnumerateArray().ShouldHaveSingleItem();
        var table = account.GetProperty("tables").EnumerateArray().ShouldHaveSingleItem();
        var read = table.GetProperty("rows").EnumerateArray().Select(static row => (Text(row, "description"), Text(row, "amount"))).ToList();
        var printed = packet.Truth.Accounts[0].Tables![0].Rows.Select(static row => (row.Cells["description"], row.Cells["amount"])).ToList();
        var shown = string.Join('\n', table.GetProperty("unexplained").EnumerateArray().Select(static row => row.ToString()));
        read.ShouldBe(printed.Where(read.Contains), "each row once, in printed order, with its own amount");
        read.Count.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(rows * LeastRead));
        printed.Except(read).ShouldAllBe(row => shown.Contains(row.Item1!, StringComparison.Ordinal));
        document.GetProperty("status").GetString().ShouldBe(read.Count == rows ? "completed" : "partial");
        table.GetProperty("rows_seen").GetInt32().ShouldBe(rows);
        ModelService.CostOf(document).Amount.ShouldBe(service.Provider.Bill.Money);
    }

    private static string? Text(JsonElement row, string cell) => row.GetProperty("cells").GetProperty(cell).ToString();
}
