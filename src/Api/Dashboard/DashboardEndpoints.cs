using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Idp.Api.Dashboard;

/// <summary>The pages for people: static files that use the public API.</summary>
internal static class DashboardEndpoints
{
    private const string AssetsFolder = "Dashboard/assets";

    public static void MapDashboard(this WebApplication app)
    {
        var assets = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, AssetsFolder));
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = assets,
            RequestPath = "/assets",
            // A new version of the program must not meet the scripts of the old one.
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        app.MapGet("/", () => Page(assets, "index.html")).ExcludeFromDescription();
        app.MapGet("/documents/{id:document}", () => Page(assets, "document.html")).ExcludeFromDescription();
    }

    private static PhysicalFileHttpResult Page(PhysicalFileProvider assets, string name) =>
        TypedResults.PhysicalFile(assets.GetFileInfo(name).PhysicalPath!, "text/html; charset=utf-8");
}
