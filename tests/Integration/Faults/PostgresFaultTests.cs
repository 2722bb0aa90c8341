using System.Net;
using Idp.Integration.Containers;

namespace Idp.Integration.Faults;

/// <summary>Two nodes on one PostgreSQL server, one that answers requests and one that works, as real processes.</summary>
public sealed class PostgresFaultTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PostgresServer.Running _server = null!;
    private ServiceProcess _api = null!;
    private ServiceProcess _worker = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        await _server.ExecuteAsync("CREATE DATABASE idp");
        (_api, _worker) = (Node("api"), Node("worker"));
        await _api.StartAsync(Ct);
        await _worker.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _api.DisposeAsync();
            await _worker.DisposeAsync();
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact(Timeout = 240_000)]
    public async Task A_document_is_finished_by_itself_after_its_database_was_away_in_the_middle_of_it()
    {
        var id = await _api.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, Ct), "packet.pdf", Ct);
        await UntilAsync(async () => (await StatusOfAsync(id)).Body.Contains("\"processing\"", StringComparison.Ordinal));

        await _server.StopAsync();
        await UntilAsync(async () => (await StatusOfAsync(id)).Status == HttpStatusCode.ServiceUnavailable);
        await _server.StartAgainAsync();

        await UntilAsync(async () => (await StatusOfAsync(id)).Status == HttpStatusCode.OK);
        (await _api.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_document_is_finished_after_its_worker_was_killed_and_started_again()
    {
        var id = await _api.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, Ct), "packet.pdf", Ct);
        await UntilAsync(async () => (await StatusOfAsync(id)).Body.Contains("\"processing\"", StringComparison.Ordinal));

        await _worker.KillAsync(Ct);
        await _worker.StartAsync(Ct);

        (await _api.WaitUntilEndedAsync(id, Ct)).GetProperty("status").GetString().ShouldBe("completed");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> StatusOfAsync(string id)
    {
        using var response = await _api.Http.GetAsync(new Uri($"/v1/documents/{id}", UriKind.Relative), Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private ServiceProcess Node(string role) => new(_folder.Path, new Dictionary<string, string>
    {
        ["NODE__ROLE"] = role,
        ["DATABASE__PROVIDER"] = "postgresql",
        ["DATABASE__CONNECTION_STRING"] = _server.ConnectionString("idp"),
    });
}
