using System.Security.Cryptography;
using System.Text;

namespace Idp.Simulators.Serving;

/// <summary>Short names for long texts.</summary>
internal static class Hash
{
    /// <summary>The same for the same parts in the same order.</summary>
    public static string Of(IEnumerable<string> parts)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            sha.AppendData(BitConverter.GetBytes(bytes.Length));
            sha.AppendData(bytes);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset().AsSpan(0, 16));
    }
}
