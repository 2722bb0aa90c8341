using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;

namespace Idp.Unit.Documents;

public sealed class FileTypeDetectorTests
{
    [Theory]
    [InlineData("%PDF-1.7\n", FileType.Pdf)]
    [InlineData("junk before\r\n%PDF-1.4", FileType.Pdf)]
    [InlineData("\u0089PNG\r\n\u001a\n....", FileType.Png)]
    [InlineData("\u00ff\u00d8\u00ff\u00e0..JFIF", FileType.Jpeg)]
    [InlineData("II*\0....", FileType.Tiff)]
    [InlineData("MM\0*....", FileType.Tiff)]
    [InlineData("II+\0....", FileType.Tiff)]
    [InlineData("RIFF....WEBPVP8 ", FileType.Webp)]
    [InlineData("GIF87a..", FileType.Gif)]
    [InlineData("GIF89a..", FileType.Gif)]
    [InlineData("BM\u0036\u0010\0\0\0\0\0\0\u0036", FileType.Bmp)]
    public void Known_types_are_told_by_their_first_bytes(string head, FileType expected) =>
        FileTypeDetector.Detect(Encoding.Latin1.GetBytes(head)).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("%PD")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("<html>")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("BM is how this letter begins")]
    [InlineData("GIF88a")]
    [InlineData("\u0089PNG\n\u001a\n")]
    public void Other_content_is_none(string head) => FileTypeDetector.Detect(Encoding.Latin1.GetBytes(head)).ShouldBeNull();

    [Fact]
    public void A_header_beyond_the_first_kibibyte_does_not_count()
    {
        var late = Encoding.Latin1.GetBytes(new string(' ', 1024 - 4) + "%PDF-1.7");

        FileTypeDetector.Detect(late).ShouldBeNull();
        FileTypeDetector.Detect(late.AsSpan(1)).ShouldBe(FileType.Pdf);
    }

    [Fact]
    public void Any_bytes_are_looked_at_without_an_exception() => Prop.ForAll<byte[]>(bytes =>
        FileTypeDetector.Detect(bytes) is null || bytes.Length > 2).QuickCheckThrowOnFailure();
}
