using Microsoft.AspNetCore.Http;

namespace Idp.Simulators.Http;

/// <summary>Keys that come as <c>Authorization: Bearer</c>.</summary>
internal static class BearerKey
{
    private const string Scheme = "Bearer ";

    /// <summary>The key of a request; null where none came this way.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
}
