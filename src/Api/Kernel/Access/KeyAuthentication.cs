using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Idp.Api.Kernel.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Idp.Api.Kernel.Access;

/// <summary>Marks event streams: they may also be opened with <c>?ticket=</c>.</summary>
internal sealed class TakesTicket;

/// <summary>Marks pages for people: a browser that is not signed in is led to the login page.</summary>
/// <param name="LoginPath">Where that is.</param>
internal sealed record LeadsToLogin(string LoginPath);

/// <summary>Finds out who sends a request: by API key, session cookie or ticket. Without keys, everybody is the local administrator.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessKeys keys, AccessPasses passes)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string SchemeName = "key";

    /// <summary>The query parameter of event streams.</summary>
    public const string TicketParameter = "ticket";

    private const string BearerPrefix = "Bearer ";

    /// <inheritdoc />
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(FindCaller());

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var isKeyUnknown = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        if (!isKeyUnknown && Context.GetEndpoint()?.Metadata.GetMetadata<LeadsToLogin>() is { } page && IsShownToSomebody())
        {
            Response.Headers.CacheControl = "no-store";
            Response.Redirect($"{page.LoginPath}?next={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
            return;
        }

        Response.Headers.WWWAuthenticate = isKeyUnknown ? "Bearer error=\"invalid_token\"" : "Bearer";
        await new ProblemResult(context => isKeyUnknown
            ? RequestProblems.KeyUnknown(Request.Path, ProblemResult.TraceIdOf(context))
            : RequestProblems.KeyMissing(Request.Path, ProblemResult.TraceIdOf(context))).ExecuteAsync(Context);
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new ProblemResult(context => RequestProblems.RoleTooLow(Request.Path, ProblemResult.TraceIdOf(context))).ExecuteAsync(Context);

    private AuthenticateResult FindCaller()
    {
        if (!keys.AreSet)
        {
            return Success(AccessKey.Local, expiresAt: null);
        }

        if (Request.Headers.Authorization is [{ } header] && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            if (keys.Find(header[BearerPrefix.Length..].Trim()) is { } key)
            {
                return Success(key, expiresAt: null);
            }

            Logger.KeyRefused(Context.Connection.RemoteIpAddress ?? IPAddress.None);
            return AuthenticateResult.Fail("The key is not known.");
        }

        var shown = passes.Read(Request.Cookies[SessionCookie.Name], PassPurpose.Session)
            ?? (Context.GetEndpoint()?.Metadata.GetMetadata<TakesTicket>() is not null ? passes.Read(Request.Query[TicketParameter], PassPurpose.Ticket) : null);
        return shown is null ? AuthenticateResult.NoResult() : Success(shown.Key, shown.ExpiresAt);
    }

    /// <summary>Browsers that open a page say that they want HTML; programs do not, and get a problem that they can read.</summary>
    private bool IsShownToSomebody() => Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static AuthenticateResult Success(AccessKey key, DateTimeOffset? expiresAt) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(key, expiresAt)), SchemeName));
}
