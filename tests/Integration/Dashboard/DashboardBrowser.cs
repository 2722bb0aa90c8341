using System.Collections.Concurrent;
using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The service looked at with Chromium.</summary>
/// <param name="chromium">The browser of all tests.</param>
/// <param name="shared">The service of all tests of the class; null starts one for each test, for those that need to find it empty or that stop it.</param>
public abstract class DashboardBrowser(ChromiumBrowser chromium, ServiceOnEmptyFolder? shared = null) : IAsyncLifetime
{
    private const float PatienceMs = 60_000;
    private const int MostReloads = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<IPage> _pages = [];
    private ServiceOnEmptyFolder? _own;

    private protected ServiceProcess Service => (shared ?? Own).Process;

    /// <summary>What the service is started with, besides its storage, where it is the test's own.</summary>
    private protected virtual Dictionary<string, string> Settings => [];

    private ServiceOnEmptyFolder Own => _own ??= new ServiceOnEmptyFolder(Settings);

    /// <summary>What went wrong in the scripts of the pages.</summary>
    private protected List<string> Faults { get; } = [];

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        if (shared is null)
        {
            await Own.InitializeAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages)
        {
            await page.Context.CloseAsync();
        }

        if (shared is null)
        {
            await Own.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A page that shows nothing yet.</summary>
    private protected async Task<IPage> NewPageAsync(int width = 1280)
    {
        var page = await (await chromium.GetAsync()).NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = Service.Http.BaseAddress!.ToString(),
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = 860 },
        });
        page.SetDefaultTimeout(PatienceMs);
        _pages.Add(page);
        page.PageError += (_, error) => Faults.Add(error);
        return page;
    }

    /// <summary>A page with all its scripts; one that arrived in parts is asked for again, as a person would.</summary>
    private protected async Task<IPage> OpenAsync(string path, int width = 1280)
    {
        var page = await NewPageAsync(width);
        var lost = new ConcurrentQueue<string>();
        page.RequestFailed += (_, request) =>
        {
            if (request.ResourceType == "script")
            {
                lost.Enqueue($"{request.Url}: {request.Failure}");
            }
        };
        await page.GotoAsync(path);
        for (var again = 1; !lost.IsEmpty && again <= MostReloads; again++)
        {
            TestContext.Current.AddWarning($"Loaded again, since a script did not arrive: {string.Join(", ", lost)}");
            lost.Clear();
            await page.ReloadAsync();
        }

        lost.ShouldBeEmpty();
        return page;
    }

    /// <summary>What keeps people from reading or using a page, in light and dark.</summary>
    private protected static async Task<List<string>> BarriersAsync(IPage page)
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "accessibility.js"), Ct);
        var barriers = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            barriers.AddRange((await page.EvaluateAsync<string[]>(rules)).Select(fault => $"{scheme}: {fault}"));
        }

        return barriers;
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

    /// <summary>The sample, when searching finds it.</summary>
    private protected async Task<string> UploadSearchableSampleAsync()
    {
        var id = await UploadSampleAsync();
        while ((await Service.GetAsync($"/v1/documents/{id}/knowledge", Ct)).GetProperty("status").GetString() is not "completed")
        {
            await Task.Delay(Pause, TimeProvider.System, Ct);
        }

        return id;
    }

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
