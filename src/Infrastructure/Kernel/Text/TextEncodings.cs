using System.Text;

namespace Idp.Infrastructure.Kernel.Text;

/// <summary>Tells in which encoding a text was written that does not say so.</summary>
internal static class TextEncodings
{
    /// <summary>How much is looked at for the pattern of UTF-16.</summary>
    private const int PatternBytes = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, by its byte order mark, else by its bytes: UTF-16 where every other one is zero, UTF-8 where it is valid, Windows-1252 otherwise.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ when AreZero(bytes, 1) => Encoding.Unicode.GetString(bytes),
        _ when AreZero(bytes, 0) => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Utf8OrWestern(bytes),
    };

    private static string Utf8OrWestern(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>True when most bytes at odd or even places are zero, and the others are not: letters of western scripts in UTF-16.</summary>
    private static bool AreZero(ReadOnlySpan<byte> bytes, int offset)
    {
        var looked = bytes[..(Math.Min(bytes.Length, PatternBytes) & ~1)];
        if (looked.Length < 4 || bytes.Length % 2 != 0)
        {
            return false;
        }

        var (zeros, others) = (0, 0);
        for (var at = 0; at < looked.Length; at += 2)
        {
            zeros += looked[at + offset] == 0 ? 1 : 0;
            others += looked[at + 1 - offset] == 0 ? 1 : 0;
        }

        return zeros > looked.Length / 2 * 0.6 && others == 0;
    }
}
