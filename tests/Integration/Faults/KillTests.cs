using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Faults;

public sealed class KillTests : IDisposable
{
    private static readonly int Kills = LongRun.Kills(inTheSuite: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-kill-").FullName;

    [Fact]
    public async Task A_service_killed_at_random_moments_completes_every_document_alike_and_runs_no_finished_stage_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        var packet = await File.ReadAllBytesAsync(SamplePacket.Path, ct);
        var expected = await ResultWithoutInterruptionAsync(packet, ct);
        var moments = new Random(20261122);
        await using var service = new ServiceProcess(Path.Combine(_folder, "killed"));
        var documents = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await service.StartAsync(ct);
            documents.Add(await service.UploadAsync(Variant(packet, kill), $"packet-{kill}.pdf", ct));
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(0, 1500)), TimeProvider.System, ct);
            await service.KillAsync(ct);
        }

        await service.StartAsync(ct);
        foreach (var id in documents)
        {
            var document = await service.WaitUntilEndedAsync(id, ct);
            document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
            ComparableResult.Of(await service.GetAsync($"/v1/documents/{id}/result", ct)).ShouldBe(expected);
        }

        foreach (var id in documents)
        {
            var stages = StagesAsLogged(service.DatabasePath, id);
            stages.ShouldBe(stages.OrderBy(stage => Array.IndexOf(StageOrder, stage)).ToList(), $"{id} went back to a finished stage");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly string[] StageOrder = ["ocr_extraction", "account_splitting", "page_analysis", "llm_extraction", "completed"];

    /// <summary>The same pages in other bytes, so that every document has work of its own to lose.</summary>
    private static byte[] Variant(byte[] packet, int number) => [.. packet, .. Encoding.ASCII.GetBytes($"\n% variant {number}\n")];

    private static List<string> StagesAsLogged(string database, string id)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        return connection.Query<string>("SELECT data FROM events WHERE subject = @id ORDER BY sequence", new { id })
            .Select(data => JsonDocument.Parse(data).RootElement.GetProperty("stage").GetString()!).ToList();
    }

    private async Task<string> ResultWithoutInterruptionAsync(byte[] packet, CancellationToken ct)
    {
        await using var service = new ServiceProcess(Path.Combine(_folder, "undisturbed"));
        await service.StartAsync(ct);
        var id = await service.UploadAsync(packet, "packet.pdf", ct);
        (await service.WaitUntilEndedAsync(id, ct)).GetProperty("status").GetString().ShouldBe("completed");
        var result = ComparableResult.Of(await service.GetAsync($"/v1/documents/{id}/result", ct));
        result.ShouldContain("4410027835");
        return result;
    }
}
