using System.Globalization;

namespace Idp.Api.Kernel.Access;

/// <summary>The API keys of the service; none means that whoever reaches the loopback address may do everything.</summary>
internal sealed class AccessKeys
{
    /// <summary>The shortest key, in characters.</summary>
    public const int ShortestKey = 16;

    /// <summary>Passes are tried against every key, so that there must be an end.</summary>
    private const int MostKeys = 100;

    private AccessKeys(IReadOnlyList<AccessKey> all) => All = all;

    /// <summary>Every key, in the order of the setting.</summary>
    public IReadOnlyList<AccessKey> All { get; }

    /// <summary>True when callers must show a key.</summary>
    public bool AreSet => All.Count > 0;

    /// <summary>Reads <c>role:key,role:key</c>.</summary>
    /// <param name="setting">The value of <c>AUTH__KEYS</c>; blank means no keys.</param>
    /// <param name="faults">Gets one sentence for every entry that is wrong. Entries are named by their place: any part of a botched entry may be a key.</param>
    public static AccessKeys Parse(string setting, ICollection<string> faults)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return new AccessKeys([]);
        }

        var entries = setting.Split(',', StringSplitOptions.TrimEntries);
        var keys = new List<AccessKey>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < entries.Length; index++)
        {
            var (role, key, fault) = ReadEntry(entries[index]);
            fault ??= seen.Add(key) ? null : "is a key that stands before it already.";
            if (fault is null)
            {
                keys.Add(AccessKey.Of(role, key));
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"AUTH__KEYS, entry {index + 1} of {entries.Length}, {fault}"));
            }
        }

        if (entries.Length > MostKeys)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"AUTH__KEYS has {entries.Length} entries; at most {MostKeys} are allowed."));
        }

        return new AccessKeys(keys);
    }

    /// <summary>The key that somebody sent; null when it is none of ours. All are compared, so that the time taken says nothing.</summary>
    public AccessKey? Find(string sent)
    {
        var hash = AccessKey.HashOf(sent);
        AccessKey? found = null;
        foreach (var key in All)
        {
            found = key.HasHash(hash) ? key : found;
        }

        return found;
    }

    private static (Role Role, string Key, string? Fault) ReadEntry(string entry)
    {
        var (name, key) = entry.Split(':', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (string.Empty, entry);
        if (name.Contains('@', StringComparison.Ordinal))
        {
            return (default, key, "names a tenant, which this version does not know yet: every key opens everything of its role. Write it as role:key.");
        }

        return RoleOf(name) switch
        {
            null => (default, key, "does not have the form role:key with the role admin, operator or viewer."),
            { } role when key.Length < ShortestKey => (role, key, $"has a key of fewer than {ShortestKey} characters. Make one with: openssl rand -hex 24"),
            { } role when !key.All(static character => character is > ' ' and <= '~') => (role, key, "has a key with other characters than printable ASCII."),
            { } role => (role, key, null),
        };
    }

    private static Role? RoleOf(string name) => name.ToUpperInvariant() switch
    {
        "ADMIN" => Role.Admin,
        "OPERATOR" => Role.Operator,
        "VIEWER" => Role.Viewer,
        _ => null,
    };
}
