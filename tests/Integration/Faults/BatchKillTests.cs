using System.Text.Json;
using Dapper;
using Idp.Integration.Api.Events;
using Idp.Integration.Models;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Faults;

public sealed class BatchKillTests : IDisposable
{
    /// <summary>So many files have one that cannot be used, and one that is another's copy.</summary>
    private const int FilesPerOddOne = 20;

    private static readonly int Files = LongRun.Files(inTheSuite: 24);
    private static readonly int Kills = LongRun.Kills(inTheSuite: 2);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Settings => new() { ["BATCH__MAX_FILES"] = $"{Files}" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_batch_whose_service_is_killed_again_and_again_accounts_for_every_file_and_tells_every_listener_everything_once()
    {
        var files = Enumerable.Range(0, Files).Select(File).ToList();
        var rejected = files.Count(file => file.Name.EndsWith("-note.pdf", StringComparison.Ordinal));
        var expected = await ResultsWithoutInterruptionAsync(files);
        await using var service = new ServiceProcess(_folder.File("killed"), Settings) { KeepsAddress = true };
        await service.StartAsync(Ct);
        var batch = await service.UploadBatchAsync(files, Ct, ("kind", "loan"));
        var id = batch.GetProperty("id").GetString()!;
        using var follower = new EventFollower(service.Http.BaseAddress!, $"/v1/batches/{id}/events");
        var following = follower.FollowAsync(Ct);

        var moments = new Random(20261122);
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Spread over the batch, and always while documents of it are at work.
            await WaitForEndedAsync(service.DatabasePath, (Files - rejected) * kill / (Kills + 2));
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(0, 60)), TimeProvider.System, Ct);
            await service.KillAsync(Ct);
            StatusOf(service.DatabasePath, id).ShouldBe("processing", $"kill {kill} came when the batch had ended");
            await service.StartAsync(Ct);
        }

        var ended = await service.WaitUntilBatchEndedAsync(id, Ct);
        ended.GetProperty("status").GetString().ShouldBe("completed");
        ended.GetProperty("counts").GetRawText().ShouldBe(
            $$"""{"total":{{Files}},"completed":{{Files - rejected}},"partial":0,"failed":0,"cancelled":0,"rejected":{{rejected}}}""");
        Verdicts(ended).ShouldBe(Verdicts(batch));
        Verdicts(ended).Select(verdict => verdict.Name).ShouldBe(files.Select(file => file.Name));
        (await ResultsOfAsync(service, ended)).ShouldBe(expected);

        var told = await following;
        using var replay = await ServerSentEvents.OpenAsync(service.Http, $"/v1/batches/{id}/events?after=0", Ct);
        follower.Connections.ShouldBeGreaterThan(Kills);
        told.Select(Print).ShouldBe((await replay.ReadToEndAsync(Ct)).Select(Print));
        AssertLog(service.DatabasePath, id, Verdicts(ended).Select(verdict => verdict.Document).OfType<string>().ToList(), told);
    }

    /// <summary>The log holds the end of each document once, then that of the batch once, and the listener was told all of it.</summary>
    private static void AssertLog(string database, string batch, List<string> documents, IReadOnlyList<ServerSentEvent> told)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        var logged = connection.Query<(long Sequence, string Subject, string Name)>(
            "SELECT sequence, subject, name FROM events WHERE subject = @batch OR batch = @batch ORDER BY sequence", new { batch }).ToList();
        logged.Where(one => one.Name is "document_completed").Select(one => one.Subject).ShouldBe(documents, ignoreOrder: true);
        logged.Count(one => one.Name is "document_failed" or "document_partial" or "document_cancelled").ShouldBe(0);
        logged.Count(one => one.Name == "batch_completed").ShouldBe(1);
        logged[^1].Name.ShouldBe("batch_completed");
        told.SkipLast(1).Select(one => one.Id!.Value).ShouldBe(logged.Select(one => one.Sequence));
    }

    private async Task<List<string>> ResultsWithoutInterruptionAsync(List<(string Name, byte[] Content)> files)
    {
        await using var service = new ServiceProcess(_folder.File("undisturbed"), Settings);
        await service.StartAsync(Ct);
        var batch = await service.UploadBatchAsync(files, Ct, ("kind", "loan"));
        var results = await ResultsOfAsync(service, await service.WaitUntilBatchEndedAsync(batch.GetProperty("id").GetString()!, Ct));
        results.ShouldAllBe(result => result.Contains("account_holders"));
        return results;
    }

    /// <summary>The result of each document, in the order of the files.</summary>
    private static async Task<List<string>> ResultsOfAsync(ServiceProcess service, JsonElement batch)
    {
        var results = new List<string>();
        foreach (var document in Verdicts(batch).Select(verdict => verdict.Document).OfType<string>())
        {
            results.Add(ComparableResult.Of(await service.GetAsync($"/v1/documents/{document}/result", Ct)));
        }

        return results;
    }

    private static List<(string Name, string Status, string? Document)> Verdicts(JsonElement batch) =>
    [
        .. batch.GetProperty("files").EnumerateArray().Select(file => (
            file.GetProperty("file_name").GetString()!, file.GetProperty("status").GetString()!, file.GetProperty("document_id").GetString())),
    ];

    /// <summary>Packets of two to six pages; now and then a file that cannot be used, or the copy of the packet before.</summary>
    private static (string Name, byte[] Content) File(int number) => (number % FilesPerOddOne) switch
    {
        7 => ($"{number}-note.pdf", System.Text.Encoding.ASCII.GetBytes($"note {number}")),
        13 => ($"{number}-copy.pdf", ModelPacket.Make(number - 1, 1 + ((number - 1) % 3)).Pdf),
        _ => ($"{number}.pdf", ModelPacket.Make(number, 1 + (number % 3)).Pdf),
    };

    private static string Print(ServerSentEvent happened) => $"{happened.Id} {happened.Name} {happened.Data}";

    /// <summary>Asks the store itself, because the service may be about to be killed.</summary>
    private static async Task WaitForEndedAsync(string database, int documents)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        while (await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM documents WHERE status = 'completed'") < documents)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    private static string? StatusOf(string database, string batch)
    {
        using var connection = new SqliteConnection($"Data Source={database}");
        return connection.ExecuteScalar<string>("SELECT status FROM batches WHERE id = @batch", new { batch });
    }
}
