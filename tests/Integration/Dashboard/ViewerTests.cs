using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The dashboard in a real browser: Debian's Chromium.</summary>
public sealed class ViewerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-viewer-").FullName;
    private readonly ServiceProcess _service;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ViewerTests() => _service = new ServiceProcess(_folder);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _service.StartAsync(Ct);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_newcomer_opens_the_sample_and_sees_which_box_proves_a_field()
    {
        var id = await _service.UploadAsync(await File.ReadAllBytesAsync(SamplePacket.Path, Ct), "loan-packet.pdf", Ct);
        await _service.WaitUntilEndedAsync(id, Ct);
        var page = await _browser.ShouldNotBeNull().NewPageAsync();
        var faults = new List<string>();
        page.PageError += (_, error) => faults.Add(error);

        await page.GotoAsync(_service.Http.BaseAddress!.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "loan-packet.pdf" }).ClickAsync();
        var phone = page.Locator("#accounts button[data-mark]", new() { HasText = "(541) 555-0163" });
        await phone.ClickAsync();
        await phone.HoverAsync();

        await Assertions.Expect(page.Locator("#page-title")).ToHaveTextAsync("Page 2 of 8");
        var mark = await phone.GetAttributeAsync("data-mark");
        var box = page.Locator($"#boxes [data-mark='{mark}']");
        await Assertions.Expect(box).ToHaveClassAsync("on");
        await Assertions.Expect(page.Locator("#image")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        var image = (await page.Locator("#image").BoundingBoxAsync()).ShouldNotBeNull();
        var proof = (await box.BoundingBoxAsync()).ShouldNotBeNull();
        (proof.X >= image.X && proof.Y >= image.Y && proof.X + proof.Width <= image.X + image.Width && proof.Width > 10).ShouldBeTrue();
        faults.ShouldBeEmpty();
    }
}
