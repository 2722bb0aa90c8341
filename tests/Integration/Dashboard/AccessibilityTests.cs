using Idp.Integration.Faults;

namespace Idp.Integration.Dashboard;

/// <summary>Every page with content in it: names, structure, contrast in both schemes, a phone's width, focus that is seen.</summary>
public sealed class AccessibilityTests(ChromiumBrowser chromium, ServiceOnEmptyFolder service) : DashboardBrowser(chromium, service), IClassFixture<ServiceOnEmptyFolder>
{
    private const int TabsToFollow = 25;

    [Fact]
    public async Task Every_page_can_be_read_and_used_by_everyone()
    {
        var document = await UploadSearchableSampleAsync();
        var faults = new List<string>();
        foreach (var (path, ready) in await PagesAsync(document))
        {
            foreach (var width in new[] { 1280, 360 })
            {
                var page = await OpenAsync(path, width);
                await Expect(page.Locator(ready).First).ToBeVisibleAsync();
                faults.AddRange((await BarriersAsync(page)).Select(fault => $"{path}, {width}, {fault}"));
                await page.CloseAsync();
            }
        }

        faults.ShouldBeEmpty(string.Join('\n', faults));
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tab_key_leads_through_every_page_and_one_sees_where_it_is()
    {
        var document = await UploadSearchableSampleAsync();
        foreach (var (path, ready) in await PagesAsync(document))
        {
            var page = await OpenAsync(path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            for (var tab = 0; tab < TabsToFollow; tab++)
            {
                await page.Keyboard.PressAsync("Tab");
                (await page.EvaluateAsync<bool>("""
                    () => document.activeElement === document.body
                      || parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2 && getComputedStyle(document.activeElement).outlineStyle !== "none"
                    """)).ShouldBeTrue($"{path}, tab {tab}: {await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 120)")}");
            }

            await page.CloseAsync();
        }
    }

    /// <summary>Every page, and what is seen on it when it has its content.</summary>
    private async Task<List<(string Path, string Ready)>> PagesAsync(string document)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await SampleAsync()), "files", "again.pdf" },
            { new ByteArrayContent("no document"u8.ToArray()), "files", "broken.pdf" },
        };
        using var sent = await Service.Http.PostAsync(new Uri("/v1/batches", UriKind.Relative), form, Ct);
        var batch = System.Text.Json.JsonDocument.Parse(await sent.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("id").GetString();
        using var names = new StringContent("""{"companies":["Tessavane","Quillfen"]}""", System.Text.Encoding.UTF8, "application/json");
        using var asked = await Service.Http.PostAsync(new Uri("/v1/research", UriKind.Relative), names, Ct);
        var job = System.Text.Json.JsonDocument.Parse(await asked.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("id").GetString();
        return
        [
            ("/research", ".job-row"), ($"/research/{job}", "#rows .tier"),
            ("/", ".batch-row"), ($"/batches/{batch}", ".document-row"), ("/documents", "#rows tr"), ($"/documents/{document}", "[data-field]"),
            ($"/documents/{document}?page=2", "#boxes button"), ("/usage", ".budget"), ("/processor", "#queue tr"),
            ("/search?q=Lantern+Court&act=ask", ".hit"),
        ];
    }
}
