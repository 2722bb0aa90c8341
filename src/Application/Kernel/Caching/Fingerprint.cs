using System.Security.Cryptography;
using System.Text;

namespace Idp.Application.Kernel.Caching;

/// <summary>Stands for everything that produced a cached value; two values with one fingerprint are interchangeable.</summary>
/// <param name="Value">Lower-case hexadecimal SHA-256.</param>
public readonly record struct Fingerprint(string Value)
{
    /// <summary>Combines named parts, in order: input hash, engine and settings, schema, prompt, model, endpoint, version of the code.</summary>
    public static Fingerprint Of(params ReadOnlySpan<(string Name, string Value)> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in parts)
        {
            Append(hash, name);
            Append(hash, value);
        }

        return new Fingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    // The length goes first, so that no two lists of parts run together into the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
