using System.Text.Json;
using Idp.Simulators.Options;

namespace Idp.Integration.Models;

/// <summary>Statements of many rows on many pages, read by rules and by a model that cuts its answers, leaves rows out and repeats others.</summary>
public sealed class LongTableTests
{
    private const int RowsPerPage = 46;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(25, AccountStatement.Readable)]
    [InlineData(25, AccountStatement.Unreadable)]
    [InlineData(400, AccountStatement.Readable)]
    [InlineData(400, AccountStatement.Unreadable)]
    [InlineData(3_200, AccountStatement.Unreadable)]
    public async Task Every_row_is_read_once_however_badly_the_model_answers(int rows, string amountHead)
    {
        var packet = AccountStatement.Make(rows, amountHead, RowsPerPage);
        await using var service = await ModelService.StartAsync(
            new() { Faults = new() { SkippedRows = 0.5, RepeatedRows = 0.3 }, SizeLimit = new() { OutputTokens = 1_500 } }, [packet.Truth], Ct);

        var id = await service.UploadAsync(packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        var account = (await service.ResultAsync(id, Ct)).GetProperty("accounts").EnumerateArray().ShouldHaveSingleItem();
        var table = account.GetProperty("tables").EnumerateArray().ShouldHaveSingleItem();
        (table.GetProperty("rows_seen").GetInt32(), table.GetProperty("rows_extracted").GetInt32(), table.GetProperty("unexplained").GetArrayLength()).ShouldBe((rows, rows, 0));
        table.GetProperty("rows").EnumerateArray().Select(static row => (Text(row, "description"), Text(row, "amount")))
            .ShouldBe(packet.Truth.Accounts[0].Tables![0].Rows.Select(static row => (row.Cells["description"], row.Cells["amount"])));
        ModelService.CostOf(document).Amount.ShouldBe(service.Provider.Bill.Money);
    }

    private static string? Text(JsonElement row, string cell) => row.GetProperty("cells").GetProperty(cell).ToString();
}
