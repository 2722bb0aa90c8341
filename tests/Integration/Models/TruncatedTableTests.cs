using System.Text.Json;

namespace Idp.Integration.Models;

/// <summary>A model that leaves rows out without a word. The rules see every row; in a column that they do not know they cannot read its amount.</summary>
public sealed class TruncatedTableTests
{
    private const int Rows = 12;

    private static readonly ModelPacket Readable = AccountStatement.Make(Rows, AccountStatement.Readable);
    private static readonly ModelPacket Unreadable = AccountStatement.Make(Rows, AccountStatement.Unreadable);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_the_rules_read_are_not_lost_with_the_model()
    {
        var (document, table, service) = await ReadAsync(Readable, modelRows: 3);
        await using var running = service;

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        Counts(table).ShouldBe((Rows, Rows, 0));
        Descriptions(table).ShouldBe(Numbers(Rows));
        service.Provider.Bill.Completed.ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_rows_that_nobody_read_are_asked_again()
    {
        var (document, table, service) = await ReadAsync(Unreadable, modelRows: 8);
        await using var running = service;

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        Counts(table).ShouldBe((Rows, Rows, 0));
        Descriptions(table).ShouldBe(Numbers(Rows));
        service.Provider.Bill.Completed.ShouldBe(2);

        // One line around them shows where the first one begins.
        var again = service.Provider.Requests[^1].Body!;
        Numbers(Rows).Where(row => again.Contains(row + " ", StringComparison.Ordinal)).ShouldBe(Numbers(Rows).Skip(7));
        ModelService.CostOf(document).Amount.ShouldBe(service.Provider.Bill.Money);
    }

    [Fact]
    public async Task Asking_goes_on_while_it_brings_rows()
    {
        var (document, table, service) = await ReadAsync(Unreadable, modelRows: 6);
        await using var running = service;

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        Counts(table).ShouldBe((Rows, Rows, 0));
        Descriptions(table).ShouldBe(Numbers(Rows));
        service.Provider.Bill.Completed.ShouldBe(3);
    }

    [Fact]
    public async Task Rows_that_nobody_reads_make_the_document_partial_and_are_shown()
    {
        var (document, table, service) = await ReadAsync(Unreadable, modelRows: 1);
        await using var running = service;

        // A band begins with a row that is known: with one row a reply, asking again brings nothing.
        document.GetProperty("status").GetString().ShouldBe("partial", document.ToString());
        document.GetProperty("problems").EnumerateArray().ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("extraction.rows-unexplained");
        Counts(table).ShouldBe((Rows, 1, Rows - 1));
        Descriptions(table).ShouldBe(Numbers(1));
        service.Provider.Bill.Completed.ShouldBe(2);
    }

    private static async Task<(JsonElement Document, JsonElement Table, ModelService Service)> ReadAsync(ModelPacket packet, int modelRows)
    {
        var service = await ModelService.StartAsync(new() { KeepBodies = true, SizeLimit = new() { TableRows = modelRows } }, [packet.Truth], Ct);
        var id = await service.UploadAsync(packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);
        var account = (await service.ResultAsync(id, Ct)).GetProperty("accounts").EnumerateArray().ShouldHaveSingleItem();
        return (document, account.GetProperty("tables").EnumerateArray().ShouldHaveSingleItem(), service);
    }

    private static (int Seen, int Extracted, int Unexplained) Counts(JsonElement table) => (
        table.GetProperty("rows_seen").GetInt32(), table.GetProperty("rows_extracted").GetInt32(), table.GetProperty("unexplained").GetArrayLength());

    private static IEnumerable<string> Descriptions(JsonElement table) =>
        table.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("cells").GetProperty("description").GetString()!);

    private static IReadOnlyList<string> Numbers(int count) => [.. Enumerable.Range(1, count).Select(AccountStatement.Description)];
}
