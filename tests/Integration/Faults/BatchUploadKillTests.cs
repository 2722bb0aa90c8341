using System.Net;
using Dapper;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Batches.Sqlite;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Sqlite;
using Idp.Integration.Api.Events;
using Idp.Integration.Models;
using Microsoft.Data.Sqlite;

namespace Idp.Integration.Faults;

public sealed class BatchUploadKillTests : IDisposable
{
    private const int Files = 10;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_an_upload_that_a_kill_cut_off_no_document_is_made_and_sending_it_again_makes_all()
    {
        var files = Enumerable.Range(0, Files).Select(number => ($"{number}.pdf", ModelPacket.Make(number, 1).Pdf)).ToList();
        await using var service = new ServiceProcess(_folder.Path);
        await service.StartAsync(Ct);
        using var form = BatchCalls.Form(files);
        var whole = await form.ReadAsByteArrayAsync(Ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batches") { Content = new UnfinishedContent(whole[..^200], form) };
        request.Headers.Add("Idempotency-Key", "cut off");

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var sending = service.Http.SendAsync(request, giveUp.Token);
        await WaitForStoredFilesAsync(Files - 1);
        await service.KillAsync(Ct);
        await giveUp.CancelAsync();
        (await Record.ExceptionAsync(() => sending)).ShouldNotBeNull("there must have been no answer");
        await service.StartAsync(Ct);

        (await service.GetAsync("/v1/documents", Ct)).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await service.GetAsync("/v1/batches", Ct)).GetProperty("items").GetArrayLength().ShouldBe(0);
        CountWorkAndEvents(service.DatabasePath).ShouldBe(0);

        // The same key again, as a client does that got no answer.
        using var again = new HttpRequestMessage(HttpMethod.Post, "/v1/batches") { Content = BatchCalls.Form(files) };
        again.Headers.Add("Idempotency-Key", "cut off");
        using var response = await service.Http.SendAsync(again, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var batch = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement;
        batch.GetProperty("files").EnumerateArray().ShouldAllBe(file => file.GetProperty("status").GetString() == "accepted");
        var ended = await service.WaitUntilBatchEndedAsync(batch.GetProperty("id").GetString()!, Ct);
        ended.GetProperty("counts").GetProperty("completed").GetInt32().ShouldBe(Files);
    }

    [Fact]
    public async Task A_batch_whose_service_was_killed_before_its_documents_were_stored_is_ended_by_the_next_start()
    {
        await using var service = new ServiceProcess(_folder.Path);
        await service.StartAsync(Ct);
        await service.KillAsync(Ct);
        var id = await AddBatchWithoutDocumentsAsync(service.DatabasePath);

        await service.StartAsync(Ct);

        using var stream = await ServerSentEvents.OpenAsync(service.Http, $"/v1/batches/{id}/events?after=0", Ct);
        (await stream.ReadToEndAsync(Ct)).Select(told => told.Name).ShouldBe(["batch_completed", "done"]);
        var ended = await service.GetAsync($"/v1/batches/{id}", Ct);
        ended.GetProperty("status").GetString().ShouldBe("cancelled");
        ended.GetProperty("counts").GetProperty("cancelled").GetInt32().ShouldBe(Files);
    }

    private static int CountWorkAndEvents(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        return connection.ExecuteScalar<int>("SELECT (SELECT count(*) FROM work_items) + (SELECT count(*) FROM events)");
    }

    /// <summary>The state between the two transactions of an upload.</summary>
    private static async Task<BatchId> AddBatchWithoutDocumentsAsync(string path)
    {
        using var database = new SqliteDatabase(new DatabaseOptions { ConnectionString = path }, TimeProvider.System);
        var files = Enumerable.Range(0, Files).Select(number => new BatchFile(
            $"{number}.pdf", BatchFileStatus.Accepted, StrongId.New<DocumentId>(TimeProvider.System), null, null)).ToValueList();
        var batch = Batch.Received(
            StrongId.New<BatchId>(TimeProvider.System), ErrorStrategy.Continue, Priority.Low, null, files, TimeProvider.System.GetUtcNow());
        await new SqliteBatchRepository(database, TimeProvider.System).AddAsync(batch, files, Ct);
        return batch.Id;
    }

    private async Task WaitForStoredFilesAsync(int count)
    {
        var stored = Path.Combine(_folder.File("blobs"), "documents");
        while (!Directory.Exists(stored) || Directory.GetFiles(stored, "original", SearchOption.AllDirectories).Length < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    /// <summary>The beginning of a form, after which nothing comes and the connection stays.</summary>
    private sealed class UnfinishedContent : HttpContent
    {
        private readonly byte[] _beginning;

        public UnfinishedContent(byte[] beginning, HttpContent form)
        {
            _beginning = beginning;
            Headers.ContentType = form.Headers.ContentType;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(_beginning, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
