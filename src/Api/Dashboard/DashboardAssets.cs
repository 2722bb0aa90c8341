using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Idp.Api.Dashboard;

/// <summary>The files that the pages are made of.</summary>
internal static class DashboardAssets
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Dashboard", "assets");

    /// <summary>Where a file lies.</summary>
    /// <param name="name">Its path below the folder of assets.</param>
    public static string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Serves them under <c>/assets</c>.</summary>
    public static StaticFileOptions Options() => new()
    {
        FileProvider = new PhysicalFileProvider(Root),
        RequestPath = "/assets",

        // A new version of the program must not meet the scripts of the old one.
        OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
    };

    /// <summary>Answers with a page.</summary>
    public static ContentHttpResult Page(HttpResponse response, string markup)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(markup, "text/html; charset=utf-8");
    }
}
