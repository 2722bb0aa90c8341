namespace Idp.Api.Kernel.Access;

/// <summary>The cookie that keeps a browser signed in.</summary>
internal static class SessionCookie
{
    /// <summary>Its name.</summary>
    public const string Name = "idp_session";

    /// <summary>Signs the browser in.</summary>
    public static void Append(HttpContext context, IssuedPass pass) =>
        context.Response.Cookies.Append(Name, pass.Text, OptionsFor(context.Request, AccessPasses.SessionLife));

    /// <summary>Signs the browser out.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, OptionsFor(context.Request, life: null));

    private static CookieOptions OptionsFor(HttpRequest request, TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = IsEncrypted(request),
        Path = "/",
        MaxAge = life,
    };

    /// <summary>Where something in front of the service does TLS, the request is plain here; but the page's origin, which browsers send with it, is not.</summary>
    private static bool IsEncrypted(HttpRequest request) =>
        request.IsHttps || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
