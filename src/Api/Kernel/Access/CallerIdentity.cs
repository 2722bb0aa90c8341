using System.Security.Claims;
using Idp.Api.Kernel.Json;

namespace Idp.Api.Kernel.Access;

/// <summary>Who sent a request.</summary>
/// <param name="key">The key that was shown, or that the pass stands for.</param>
/// <param name="expiresAt">When the pass expires; null for a key, which does not.</param>
internal sealed class CallerIdentity(AccessKey key, DateTimeOffset? expiresAt) : ClaimsIdentity(ClaimsOf(key), KeyAuthentication.SchemeName)
{
    /// <summary>The key that was shown, or that the pass stands for.</summary>
    public AccessKey Key => key;

    /// <summary>When the pass expires; null for a key.</summary>
    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>The caller of a request that was let in.</summary>
    public static CallerIdentity Of(ClaimsPrincipal user) =>
        user.Identity as CallerIdentity ?? throw new InvalidOperationException("The request was let in without anybody having sent it.");

    /// <summary>A caller has the claims of every role up to their own.</summary>
    private static IEnumerable<Claim> ClaimsOf(AccessKey key) =>
    [
        new(DefaultNameClaimType, key.Name),
        .. Enum.GetValues<Role>().Where(role => role <= key.Role).Select(static role => new Claim(DefaultRoleClaimType, role.Print())),
    ];
}
