using System.Security.Cryptography;
using System.Text;
using Idp.Api.Kernel.Json;

namespace Idp.Api.Kernel.Access;

/// <summary>One API key: its role and what is needed to recognise it and to sign for it. The key itself is not kept.</summary>
internal sealed class AccessKey
{
    private static readonly byte[] SigningPurpose = "idp passes 1"u8.ToArray();

    private readonly byte[] _hash;
    private readonly byte[] _signingKey;

    private AccessKey(Role role, string? name, ReadOnlySpan<byte> key)
    {
        _hash = SHA256.HashData(key);

        // From the key and not from its hash: who should come to see the hash must not be able to sign.
        _signingKey = new byte[SHA256.HashSizeInBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, _signingKey, salt: [], SigningPurpose);
        Role = role;
        Name = name ?? $"{role.Print()} {Convert.ToHexStringLower(_hash.AsSpan(0, 2))}";
    }

    /// <summary>Stands for every caller while there are no keys. Nobody knows it, and it opens nothing by itself.</summary>
    public static AccessKey Local { get; } = new(Role.Admin, "local", RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>What its holder may do.</summary>
    public Role Role { get; }

    /// <summary>Role and a short fingerprint, such as <c>operator 3f9a</c>: tells keys apart in audit trails and gives none away.</summary>
    public string Name { get; }

    /// <summary>Takes a key over from the settings.</summary>
    public static AccessKey Of(Role role, string key) => new(role, name: null, Encoding.UTF8.GetBytes(key));

    /// <summary>What a key that somebody sends is recognised by.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>True when the hash is this key's; takes the same time wherever they differ.</summary>
    public bool HasHash(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    /// <summary>A signature that only holders of this key's setting can make.</summary>
    public byte[] Sign(string text) => HMACSHA256.HashData(_signingKey, Encoding.UTF8.GetBytes(text));
}
