using System.Buffers.Binary;
using System.Security.Cryptography;
using Idp.Domain.Documents;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>A page as it goes to recognition.</summary>
/// <param name="Pixels">The picture.</param>
/// <param name="Dpi">Its resolution.</param>
/// <param name="Size">The size of the page as it lies.</param>
internal sealed record PageImage(GrayImage Pixels, int Dpi, PageSize Size)
{
    /// <summary>Identity of everything that recognition sees: pixels, resolution, size.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[28];
        BinaryPrimitives.WriteInt32LittleEndian(header, Pixels.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Pixels.Height);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Dpi);
        BinaryPrimitives.WriteDoubleLittleEndian(header[12..], Size.Width);
        BinaryPrimitives.WriteDoubleLittleEndian(header[20..], Size.Height);
        hash.AppendData(header);
        hash.AppendData(Pixels.Pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
