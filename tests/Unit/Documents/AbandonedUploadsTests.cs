using Idp.Application.Documents;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Documents;

public sealed class AbandonedUploadsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryBlobs _blobs = new();
    private readonly IDocumentRepository _documents = Substitute.For<IDocumentRepository>();

    [Fact]
    public async Task A_file_of_no_document_is_removed_a_day_after_it_was_sent()
    {
        var abandoned = await SendAsync();

        await RemoveAfterAsync(TimeSpan.FromHours(24));
        _blobs.Contents.Keys.ShouldBe([abandoned]);

        await RemoveAfterAsync(TimeSpan.FromSeconds(1));
        _blobs.Contents.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_of_a_document_is_kept()
    {
        var kept = await SendAsync();
        _documents.FindAsync(Arg.Any<DocumentId>(), Arg.Any<CancellationToken>()).Returns(SampleDocuments.Queued(_clock));

        await RemoveAfterAsync(TimeSpan.FromDays(30));

        _blobs.Contents.Keys.ShouldBe([kept]);
    }

    [Fact]
    public async Task What_this_service_did_not_name_is_left_alone()
    {
        await WriteAsync("documents/readme.txt");
        await WriteAsync("results/doc_1/result.json");

        await RemoveAfterAsync(TimeSpan.FromDays(30));

        _blobs.Contents.Count.ShouldBe(2);
    }

    private Task<string> SendAsync() => WriteAsync($"documents/{StrongId.New<DocumentId>(_clock)}/original");

    private async Task<string> WriteAsync(string key)
    {
        await _blobs.WriteAsync(BlobKey.Of(key), new MemoryStream([1]), TestContext.Current.CancellationToken);
        return key;
    }

    private Task RemoveAfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return new AbandonedUploads(_documents, _blobs, _clock, NullLogger<AbandonedUploads>.Instance).RemoveAsync(TestContext.Current.CancellationToken);
    }
}
