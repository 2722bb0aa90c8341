using Idp.Api.Kernel.Access;
using Idp.Application.Batches;
using Idp.Application.Kernel;

namespace Idp.Api.Dashboard;

/// <summary>The pages for people: markup in one frame, and static scripts that use the public API.</summary>
internal static class DashboardEndpoints
{
    public static void MapDashboard(this WebApplication app)
    {
        app.UseStaticFiles(DashboardAssets.Options());
        var layout = new DashboardLayout(
            File.ReadAllText(DashboardAssets.PathOf("layout.html")),
            app.Services.GetRequiredService<LimitOptions>().MaxUploadBytes,
            app.Services.GetRequiredService<BatchOptions>().MaxFiles,
            app.Services.GetRequiredService<AccessKeys>().AreSet);
        foreach (var page in DashboardPage.All)
        {
            var markup = layout.Render(page, File.ReadAllText(DashboardAssets.PathOf($"pages/{page.Name}.html")));
            foreach (var route in page.Routes)
            {
                app.MapGet(route, (HttpResponse response) => DashboardAssets.Page(response, markup))
                    .ExcludeFromDescription()
                    .WithMetadata(new LeadsToLogin(LoginPage.Path));
            }
        }
    }
}
