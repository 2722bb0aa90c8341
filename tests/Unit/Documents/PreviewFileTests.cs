using System.Text;
using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Documents;

public sealed class PreviewFileTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.5\n" + new string('x', 3000));

    private readonly InMemoryBlobs _blobs = new();
    private readonly IPageReader _reader = Substitute.For<IPageReader>();

    [Fact]
    public async Task The_first_page_is_rendered_from_the_bytes_and_nothing_of_them_is_kept()
    {
        byte[]? seen = null;
        _reader.RenderAsync(null!, 0, 0, 0, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            seen = _blobs.Contents[call.Arg<SourceFile>().Key.Value];
            return (Result<byte[]>)new byte[] { 7 };
        });

        (await PreviewAsync(Pdf)).Value.ShouldNotBeNull().Png.ShouldBe([7]);

        seen.ShouldBe(Pdf);
        _blobs.Contents.ShouldBeEmpty();
        await _reader.Received().RenderAsync(Arg.Any<SourceFile>(), Arg.Is(1), Arg.Any<int>(), Arg.Is(0), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_file_that_cannot_be_rendered_is_not_kept_either()
    {
        _reader.RenderAsync(null!, 0, 0, 0, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new Error(ErrorKind.Invalid, "page.damaged", "It is damaged."));

        (await PreviewAsync(Pdf)).Error!.Code.ShouldBe("page.damaged");
        _blobs.Contents.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_document_is_refused() => (await PreviewAsync([0, 1, 2])).Error!.Code.ShouldBe("document.unsupported-type");

    private async Task<Result<PageImage>> PreviewAsync(byte[] content)
    {
        var clock = new ManualTimeProvider();
        var intake = new DocumentIntake(
            new InMemoryDocuments(clock), _blobs, Substitute.For<IDocumentAccounts>(), new InMemoryCalls(), new LimitOptions(), clock, NullLogger<DocumentIntake>.Instance);
        return await new PreviewFileHandler(intake, _reader).Handle(new PreviewFile(new MemoryStream(content)), TestContext.Current.CancellationToken);
    }
}
