using System.Collections.Frozen;
using Idp.Api.Kernel.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Idp.Api.Dashboard;

/// <summary>The page on which people sign in: with what it is made of, the only part of the dashboard that is open to everybody.</summary>
internal static class LoginPage
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/login";

    private static readonly FrozenSet<string> Assets = new[]
    {
        "/assets/icon.svg", "/assets/lib/api.js", "/assets/lib/incomplete.js", "/assets/pages/login.js", "/assets/styles/tokens.css", "/assets/styles/base.css", "/assets/styles/parts.css", "/assets/styles/login.css",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Serves what the page is made of; must come before anybody is asked for a key.</summary>
    public static void UseLoginAssets(this WebApplication app) => app.UseWhen(
        static context => Assets.Contains(context.Request.Path.Value ?? string.Empty), static branch => branch.UseStaticFiles(DashboardAssets.Options()));

    /// <summary>Answers with the page.</summary>
    public static void MapLogin(this WebApplication app)
    {
        var markup = File.ReadAllText(DashboardAssets.PathOf("pages/login.html"));
        app.MapGet(Path, (HttpResponse response, AccessKeys keys) => Answer(response, keys, markup)).ExcludeFromDescription().AllowAnonymous();
    }

    private static Results<ContentHttpResult, RedirectHttpResult> Answer(HttpResponse response, AccessKeys keys, string markup) =>
        keys.AreSet ? DashboardAssets.Page(response, markup) : TypedResults.LocalRedirect("/");
}
