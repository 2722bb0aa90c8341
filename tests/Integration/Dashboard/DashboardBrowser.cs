using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The service as a process of the test's own, looked at with Chromium.</summary>
public abstract class DashboardBrowser(ChromiumBrowser chromium) : IAsyncLifetime
{
    private const float PatienceMs = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-dashboard-").FullName;
    private readonly List<IPage> _pages = [];
    private ServiceProcess? _service;

    private protected ServiceProcess Service => _service ??= new ServiceProcess(_folder, Settings) { KeepsAddress = true };

    /// <summary>What the service is started with, besides its storage.</summary>
    private protected virtual Dictionary<string, string> Settings => [];

    /// <summary>What went wrong in the scripts of the pages.</summary>
    private protected List<string> Faults { get; } = [];

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        await Service.StartAsync(Ct);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages)
        {
            await page.Context.CloseAsync();
        }

        await Service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var page = await (await chromium.GetAsync()).NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = Service.Http.BaseAddress!.ToString(),
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = 860 },
        });
        _pages.Add(page);
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
