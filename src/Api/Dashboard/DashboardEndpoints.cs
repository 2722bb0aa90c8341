using Idp.Application.Batches;
using Idp.Application.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Idp.Api.Dashboard;

/// <summary>The pages for people: markup in one frame, and static scripts that use the public API.</summary>
internal static class DashboardEndpoints
{
    private const string AssetsFolder = "Dashboard/assets";

    public static void MapDashboard(this WebApplication app)
    {
        var root = Path.Combine(AppContext.BaseDirectory, AssetsFolder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(root),
            RequestPath = "/assets",
            // A new version of the program must not meet the scripts of the old one.
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        var layout = new DashboardLayout(
            File.ReadAllText(Path.Combine(root, "layout.html")),
            app.Services.GetRequiredService<LimitOptions>().MaxUploadBytes,
            app.Services.GetRequiredService<BatchOptions>().MaxFiles);
        foreach (var page in DashboardPage.All)
        {
            var markup = layout.Render(page, File.ReadAllText(Path.Combine(root, "pages", $"{page.Name}.html")));
            foreach (var route in page.Routes)
            {
                app.MapGet(route, (HttpResponse response) => Answer(response, markup)).ExcludeFromDescription();
            }
        }
    }

    private static ContentHttpResult Answer(HttpResponse response, string markup)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Text(markup, "text/html; charset=utf-8");
    }
}
