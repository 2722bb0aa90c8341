using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Idp.Integration.Api.Access;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The dashboard of a service with API keys.</summary>
public sealed class LoginTests(ChromiumBrowser chromium) : DashboardBrowser(chromium)
{
    private protected override Dictionary<string, string> Settings => new() { ["AUTH__KEYS"] = KeyedService.Setting };

    [Fact]
    public async Task A_person_signs_in_follows_documents_live_and_signs_out()
    {
        Service.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", KeyedService.Operator);
        var streams = new List<int>();
        var page = await OpenAsync("/documents?q=packet");
        page.Response += (_, response) => streams.AddRange(response.Url.EndsWith("/v1/events", StringComparison.Ordinal) ? [response.Status] : []);
        page.Url.ShouldEndWith("/login?next=%2Fdocuments%3Fq%3Dpacket");

        await page.GetByLabel("API key").FillAsync("wrong-wrong-wrong-wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not one of this service's");
        await page.GetByLabel("API key").FillAsync(KeyedService.Viewer);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        page.Url.ShouldEndWith("/documents?q=packet");
        await Expect(page.Locator("#caller")).ToContainTextAsync("viewer ");
        await Service.UploadAsync(await SampleAsync(), "loan-packet.pdf", Ct);
        await Expect(page.Locator("#rows .badge")).ToHaveTextAsync("Completed");
        streams.ShouldNotBeEmpty();
        streams.ShouldAllBe(status => status == 200);

        // The session ends while the page is open: it leads to the login page by itself, and back.
        await page.Context.ClearCookiesAsync();
        await page.WaitForURLAsync("**/login?next=%2Fdocuments%3Fq%3Dpacket");
        await page.GetByLabel("API key").FillAsync(KeyedService.Viewer);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/login");
        await page.GotoAsync("/usage");
        page.Url.ShouldEndWith("/login?next=%2Fusage");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_network_breaks_off_is_asked_again_by_itself()
    {
        var page = await OpenAsync("/login?next=%2Fusage");
        var brokenOff = new ConcurrentDictionary<string, int>();
        await page.RouteAsync("**/v1/**", route => brokenOff.AddOrUpdate($"{route.Request.Method} {new Uri(route.Request.Url).AbsolutePath}", 1, static (_, times) => times + 1) == 1
            ? route.AbortAsync("connectionreset")
            : route.ContinueAsync());

        await page.GetByLabel("API key").FillAsync(KeyedService.Viewer);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".budget").First).ToBeVisibleAsync();
        brokenOff["POST /v1/session"].ShouldBe(2);
        brokenOff["GET /v1/usage"].ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task The_login_page_is_for_everyone_and_leads_nowhere_else()
    {
        foreach (var next in new[] { "//evil.example", "https://evil.example/", "/.//evil.example", "javascript:alert(1)" })
        {
            var page = await OpenAsync($"/login?next={next}");
            await page.GetByLabel("API key").FillAsync(KeyedService.Viewer);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(url => !url.Contains("/login", StringComparison.Ordinal));
            new Uri(page.Url).Authority.ShouldBe(Service.Http.BaseAddress!.Authority, next);
        }

        var faults = new List<string>();
        foreach (var width in new[] { 1280, 360 })
        {
            var page = await OpenAsync("/login", width);
            await Expect(page.GetByLabel("API key")).ToBeFocusedAsync();
            faults.AddRange((await BarriersAsync(page)).Select(fault => $"{width}, {fault}"));
        }

        // There is nowhere to go from here.
        faults.Where(fault => !fault.EndsWith("There is no nav.", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
