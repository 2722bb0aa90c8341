using System.Globalization;
using System.Text.Json;
using Idp.Integration.Documents;
using Idp.Integration.Faults;
using Idp.Simulators;
using Idp.Simulators.Options;

namespace Idp.Integration.Recognition;

/// <summary>The real service with a simulated recognition service.</summary>
internal sealed class RecognitionService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RecognitionService(SimulatedOcrProvider provider, Dictionary<string, string> settings)
    {
        Provider = provider;
        Process = new ServiceProcess(_folder.Path, settings);
    }

    public SimulatedOcrProvider Provider { get; }

    public ServiceProcess Process { get; }

    /// <summary>Starts both.</summary>
    /// <param name="options">How the recognition service behaves.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="limit">Documents there at once; found out where it is null.</param>
    public static async Task<RecognitionService> StartAsync(SimulatorOptions options, CancellationToken ct, int? limit = null)
    {
        var provider = await SimulatedOcrProvider.StartAsync(options, ct);
        var settings = new Dictionary<string, string>
        {
            ["OCR__PROVIDER"] = "llmwhisperer",
            ["LLMWHISPERER__BASE_URL"] = provider.BaseUrl,
            ["LLMWHISPERER__API_KEY"] = "key",
            ["BATCH__MAX_CONCURRENT_DOCUMENTS"] = "1",
        };
        if (limit is { } most)
        {
            settings["LLMWHISPERER__MAX_CONCURRENCY"] = most.ToString(CultureInfo.InvariantCulture);
        }

        var service = new RecognitionService(provider, settings);
        await service.Process.StartAsync(ct);
        return service;
    }

    /// <summary>Uploads a file of scanned pages that say this.</summary>
    public Task<string> UploadAsync(CancellationToken ct, params IReadOnlyList<string> pages)
    {
        var file = ScannedPages.Make(pages.Count);
        Provider.Know(file, pages);
        return Process.UploadAsync(file, "scan.pdf", ct);
    }

    /// <summary>Submits something by hand, which the bill then forgets.</summary>
    public async Task KeepProviderBusyAsync(CancellationToken ct)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("unstract-key", "another");
        using var response = await http.PostAsync(new Uri($"{Provider.BaseUrl}/whisper"), new ByteArrayContent(PdfBuilder.OfPages("busy")), ct);
        response.EnsureSuccessStatusCode();
        Provider.Reset();
    }

    public static async Task UntilAsync(Func<bool> holds, CancellationToken ct)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, ct);
        }
    }

    public static decimal CostOf(JsonElement document) => decimal.Parse(document.GetProperty("cost").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Dispose();
    }
}
