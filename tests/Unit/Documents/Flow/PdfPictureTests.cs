using Idp.Infrastructure.Documents.Flow;

namespace Idp.Unit.Documents.Flow;

public sealed class PdfPictureTests
{
    [Theory]
    [InlineData(8, 1, true)]
    [InlineData(8, 3, true)]
    [InlineData(8, 4, false)]
    [InlineData(12, 1, false)]
    public void Jpeg_files_in_gray_or_three_colours_are_taken_over(byte bits, byte components, bool expected) =>
        PdfPicture.IsPlainJpeg([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, bits, 0, 9, 0, 9, components, 0, 0]).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("FFD8")]
    [InlineData("FFD8FFE00000FFE00000FFE00000")]
    [InlineData("FFD8FFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("FFD8FFE0FFFF00000000000000000000")]
    [InlineData("FFD8FFE00000000000000000000000")]
    public void A_header_that_makes_no_sense_is_no_plain_picture(string file)
    {
        PdfPicture.IsPlainJpeg(Convert.FromHexString(file)).ShouldBeFalse();
        PdfPicture.IsPlainPng(Convert.FromHexString(file)).ShouldBeFalse();
    }
}
