using Dapper;
using Idp.Integration.Faults;
using Idp.Integration.Models;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Batches;

public sealed class BatchFairnessTests : IDisposable
{
    private const int Files = 60;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_large_batch_holds_up_neither_a_single_document_nor_a_small_batch_that_come_after_it()
    {
        await using var service = new ServiceProcess(_folder.Path, new() { ["BATCH__MAX_FILES"] = $"{Files}" });
        await service.StartAsync(Ct);
        var large = await UploadAsync(service, 0, Files);
        var small = await UploadAsync(service, Files, 4);
        var single = await UploadLoanAsync(service, Files + 4);

        await service.WaitUntilBatchEndedAsync(large, Ct);

        // By the order of the log: a clock would measure the machine.
        var log = ReadLog(service.DatabasePath);
        var ends = log.Where(one => one is { Name: "document_completed" } && one.Batch == large).Select(one => one.Sequence).ToList();
        ends.Count.ShouldBe(Files);
        var middle = ends[Files / 2];
        log.Single(one => one.Name == "document_completed" && one.Subject == single).Sequence.ShouldBeLessThan(middle);
        log.Single(one => one.Name == "batch_completed" && one.Subject == small).Sequence.ShouldBeLessThan(middle);
        log.Single(one => one.Name == "batch_completed" && one.Subject == large).Sequence.ShouldBeGreaterThan(ends[^1]);
    }

    private static async Task<string> UploadAsync(ServiceProcess service, int first, int count)
    {
        var files = Enumerable.Range(first, count).Select(number => ($"{number}.pdf", ModelPacket.Make(number).Pdf));
        return (await service.UploadBatchAsync(files, Ct)).GetProperty("id").GetString()!;
    }

    private static async Task<string> UploadLoanAsync(ServiceProcess service, int number)
    {
        using var form = new MultipartFormDataContent { { new StringContent("loan"), "kind" }, { new ByteArrayContent(ModelPacket.Make(number).Pdf), "file", "single.pdf" } };
        using var response = await service.Http.PostAsync(new Uri("/v1/documents", UriKind.Relative), form, Ct);
        response.EnsureSuccessStatusCode();
        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct));
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private static List<(long Sequence, string Subject, string Name, string? Batch)> ReadLog(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        return [.. connection.Query<(long, string, string, string?)>("SELECT sequence, subject, name, batch FROM events ORDER BY sequence")];
    }
}
