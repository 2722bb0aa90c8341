using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The service as a process and Debian's Chromium to look at it.</summary>
public abstract class DashboardBrowser : IAsyncLifetime
{
    private const float PatienceMs = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-dashboard-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private protected DashboardBrowser() => Service = new ServiceProcess(_folder) { KeepsAddress = true };

    private protected ServiceProcess Service { get; }

    /// <summary>What went wrong in the scripts of the pages.</summary>
    private protected List<string> Faults { get; } = [];

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        await Service.StartAsync(Ct);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
        await Service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var page = await _browser.ShouldNotBeNull().NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = Service.Http.BaseAddress!.ToString(),
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = 860 },
        });
        page.PageError += (_, error) => Faults.Add(error);
        await page.GotoAsync(path);
        return page;
    }

    private protected static Task<byte[]> SampleAsync() => File.ReadAllBytesAsync(SamplePacket.Path, Ct);

    /// <summary>The sample, so marked that it is another file with the same pages.</summary>
    private protected static async Task<FilePayload> SampleFileAsync(string name) => new()
    {
        Name = name,
        MimeType = "application/pdf",
        Buffer = [.. await SampleAsync(), .. System.Text.Encoding.ASCII.GetBytes($"\n% {name}\n")],
    };

    private protected async Task<string> UploadSampleAsync()
    {
        var id = await Service.UploadAsync(await SampleAsync(), "loan-packet.pdf", Ct);
        await Service.WaitUntilEndedAsync(id, Ct);
        return id;
    }

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
