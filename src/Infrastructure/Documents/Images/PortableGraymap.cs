namespace Idp.Infrastructure.Documents.Images;

/// <summary>Reads the binary portable graymaps (PGM) that poppler prints one after another.</summary>
internal static class PortableGraymap
{
    private const int LongestNumber = 9;

    /// <summary>Reads the next picture; null at the end, when it is none of 8 bits, or when it is larger than allowed.</summary>
    /// <param name="stream">What the tool prints; should be buffered.</param>
    /// <param name="maximumPixels">Larger pictures are not read.</param>
    public static GrayImage? Read(Stream stream, long maximumPixels)
    {
        if (stream.ReadByte() != 'P' || stream.ReadByte() != '5'
            || ReadNumber(stream) is not { } width || ReadNumber(stream) is not { } height || ReadNumber(stream) != 255
            || width == 0 || height == 0 || (long)width * height > Math.Min(maximumPixels, Array.MaxLength))
        {
            return null;
        }

        var pixels = GC.AllocateUninitializedArray<byte>(width * height);
        return stream.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) == pixels.Length
            ? new GrayImage(width, height, pixels)
            : null;
    }

    // Takes the one white space character after the number too, as the format has it.
    private static int? ReadNumber(Stream stream)
    {
        var next = stream.ReadByte();
        while (next is ' ' or '\t' or '\r' or '\n')
        {
            next = stream.ReadByte();
        }

        var (number, digits) = (0, 0);
        for (; next is >= '0' and <= '9' && digits < LongestNumber; digits++)
        {
            number = (number * 10) + (next - '0');
            next = stream.ReadByte();
        }

        return digits > 0 && next is ' ' or '\t' or '\r' or '\n' ? number : null;
    }
}
