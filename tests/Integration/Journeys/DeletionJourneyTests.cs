using System.Net;
using Idp.Integration.Faults;

namespace Idp.Integration.Journeys;

public sealed class DeletionJourneyTests(ServiceOnEmptyFolder service) : IClassFixture<ServiceOnEmptyFolder>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_document_leaves_nothing_behind()
    {
        var id = await service.Process.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, Ct), "loan-packet.pdf", Ct);
        await service.Process.WaitUntilEndedAsync(id, Ct);

        using var deleted = await service.Process.Http.DeleteAsync(new Uri($"/v1/documents/{id}", UriKind.Relative), Ct);

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await service.Process.Http.GetAsync(new Uri($"/v1/documents/{id}", UriKind.Relative), Ct);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.EnumerateFiles(Path.Combine(service.Folder, "blobs"), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("health/probe", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
