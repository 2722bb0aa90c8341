using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Images;

namespace Idp.Unit.Documents;

public sealed class ImageHeadersTests
{
    [Fact]
    public void A_jpeg_says_its_size_resolution_and_orientation()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] jpeg =
        [
            0xFF, 0xD8,
            0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 1, 0, 200, 0, 200, 0, 0,
            0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif,
            0xFF, 0xC0, 0, 11, 8, 4, 0, 3, 0, 1, 1, 0x11, 0,
        ];

        ImageHeaders.Read(jpeg, FileType.Jpeg, 10).ShouldHaveSingleItem().ShouldBe(new ImageFrame(768, 1024, 200, 6));
    }

    [Fact]
    public void A_gif_says_its_size() =>
        ImageHeaders.Read([.. "GIF89a"u8, 10, 0, 20, 1], FileType.Gif, 10).ShouldHaveSingleItem().Height.ShouldBe(276);

    [Fact]
    public void A_resolution_that_makes_no_sheet_of_paper_is_not_believed() =>
        new ImageFrame(2000, 2640, 96, 1).SizeInPoints.Height.ShouldBe(11 * 72, 0.001);

    [Fact]
    public void A_picture_that_lies_on_its_side_has_its_sides_swapped() =>
        new ImageFrame(2200, 1700, 200, 6).SizeInPoints.ShouldBe(new PageSize(612, 792));

    [Theory]
    [InlineData(FileType.Png)]
    [InlineData(FileType.Jpeg)]
    [InlineData(FileType.Tiff)]
    [InlineData(FileType.Webp)]
    [InlineData(FileType.Bmp)]
    [InlineData(FileType.Gif)]
    public void No_bytes_make_the_reader_throw(FileType type)
    {
        byte[] head = type switch
        {
            FileType.Png => [0x89, .. "PNG\r\n\u001a\n\0\0\0\rIHDR"u8],
            FileType.Jpeg => [0xFF, 0xD8, 0xFF, 0xE1, 0, 20, .. "Exif\0\0II*\0"u8],
            FileType.Tiff => [.. "II*\0\b\0\0\0\u0003\0"u8],
            FileType.Webp => [.. "RIFF\u0010\0\0\0WEBPVP8X"u8],
            FileType.Bmp => [.. "BM\0\0\0\0\0\0\0\0"u8],
            _ => [.. "GIF89a"u8],
        };

        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), noise =>
        {
            var frames = ImageHeaders.Read([.. head, .. noise], type, 5);
            (frames is null || frames.Count <= 6).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Ink_is_where_the_grey_changes()
    {
        var pixels = Enumerable.Repeat((byte)230, 100 * 100).ToArray();
        for (var row = 40; row < 50; row++)
        {
            pixels.AsSpan((row * 100) + 40, 10).Clear();
        }

        var ink = InkMap.Of(new GrayImage(100, 100, pixels), 20);

        ink.InkIn(new Idp.Domain.Kernel.Box(0.35, 0.35, 0.2, 0.2)).ShouldBe(ink.InkPixels);
        ink.InkIn(new Idp.Domain.Kernel.Box(0.6, 0.6, 0.3, 0.3)).ShouldBe(0);
    }

    [Theory]
    [InlineData(90, new byte[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData(180, new byte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(270, new byte[] { 3, 6, 2, 5, 1, 4 })]
    public void Pictures_turn_clockwise(int degrees, byte[] expected) =>
        new GrayImage(3, 2, [1, 2, 3, 4, 5, 6]).Turn(degrees).Pixels.ShouldBe(expected);

    [Fact]
    public void Graymaps_come_one_after_another_until_they_make_no_sense()
    {
        using var stream = new MemoryStream([.. "P5\n2 1\n255\n"u8, 7, 8, .. "P5\n1 1\n255\n"u8, 9, .. "P5\n99999 99999\n255\n"u8]);

        PortableGraymap.Read(stream, 100).ShouldNotBeNull().Pixels.ShouldBe([7, 8]);
        PortableGraymap.Read(stream, 100).ShouldNotBeNull().Pixels.ShouldBe([9]);
        PortableGraymap.Read(stream, 100).ShouldBeNull();
    }
}
