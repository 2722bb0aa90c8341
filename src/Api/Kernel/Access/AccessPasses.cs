using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Idp.Api.Kernel.Access;

/// <summary>What a pass is good for; one for the one is none for the other.</summary>
internal enum PassPurpose
{
    /// <summary>The cookie of a browser.</summary>
    Session,

    /// <summary>The parameter <c>ticket</c> of an event stream.</summary>
    Ticket,
}

/// <summary>A pass that was issued.</summary>
/// <param name="Text">What its holder shows; safe in cookies and addresses.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
internal sealed record IssuedPass(string Text, DateTimeOffset ExpiresAt);

/// <summary>A pass that was shown and is good.</summary>
/// <param name="Key">The key that it stands for.</param>
/// <param name="ExpiresAt">From when on it is worth nothing.</param>
internal sealed record ShownPass(AccessKey Key, DateTimeOffset ExpiresAt);

/// <summary>
/// Issues and reads passes: short texts that stand for a key for a while. They are signed with a key derived from the API key and kept nowhere, so that every node with the same setting
/// accepts them, restarts do not matter, and taking an API key out of the setting ends its passes.
/// </summary>
internal sealed class AccessPasses(AccessKeys keys, TimeProvider clock)
{
    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(12);

    /// <summary>How long a stream can be opened with a ticket. Addresses end up in the logs of proxies, so it is short.</summary>
    public static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(2);

    private const int LongestPass = 100;

    /// <summary>Makes a pass.</summary>
    public IssuedPass Issue(AccessKey key, PassPurpose purpose)
    {
        var seconds = (clock.GetUtcNow() + (purpose is PassPurpose.Session ? SessionLife : TicketLife)).ToUnixTimeSeconds();
        var signature = Base64Url.EncodeToString(key.Sign(SignedText(purpose, seconds)));
        return new IssuedPass(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{signature}"), DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    /// <summary>Reads a pass; null when it is none, was issued for something else or for a key that is gone, or has expired.</summary>
    public ShownPass? Read(string? text, PassPurpose purpose)
    {
        if (text is not { Length: > 0 and <= LongestPass } || text.Split('.') is not [var expiry, var signature]
            || !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds <= clock.GetUtcNow().ToUnixTimeSeconds()
            || !Base64Url.IsValid(signature, out var length) || length != HMACSHA256.HashSizeInBytes)
        {
            return null;
        }

        var sent = Base64Url.DecodeFromChars(signature);
        var signed = SignedText(purpose, seconds);
        AccessKey? found = null;
        foreach (var key in keys.All)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Sign(signed), sent) ? key : found;
        }

        // Only what was issued here has a right signature, so the number of seconds is a date.
        return found is null ? null : new ShownPass(found, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private static string SignedText(PassPurpose purpose, long seconds) => string.Create(CultureInfo.InvariantCulture, $"{purpose} {seconds}");
}
