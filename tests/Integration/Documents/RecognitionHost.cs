using System.Security.Cryptography;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.LlmWhisperer;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Simulators;
using Idp.Simulators.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Documents;

/// <summary>The adapter of LLMWhisperer over a store of its own, beside a simulated service.</summary>
internal sealed class RecognitionHost : IAsyncDisposable
{
    public const decimal PagePrice = 0.015m;

    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;
    private readonly LlmWhispererOptions _options;
    private int _files;

    private RecognitionHost(SimulatedOcrProvider service, LlmWhispererOptions options, TemporaryFolder folder, ProcessIdentity process)
    {
        (Service, _options, _folder) = (service, options, folder);
        var database = new DatabaseOptions { ConnectionString = _folder.File("idp.db") };
        var storage = new StorageOptions { Root = _folder.File("blobs") };
        var ocr = new OcrOptions { Provider = "llmwhisperer" };
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(database).AddSingleton(storage).AddSingleton(new BudgetOptions()).AddSingleton(options).AddSingleton(ocr)
            .AddSingleton(new ProviderGates(_ => new GateOptions { FixedLimit = options.MaxConcurrency }, TimeProvider.System))
            .AddStorage(database, storage)
            .AddSingleton(process)
            .AddDocumentRecognition(ocr)
            .BuildServiceProvider();
    }

    public SimulatedOcrProvider Service { get; }

    public IDocumentRecognition Recognition => _services.GetRequiredService<IDocumentRecognition>();

    public IRecognitionProbe Probe => _services.GetRequiredService<IRecognitionProbe>();

    public ICostLedger Ledger => _services.GetRequiredService<ICostLedger>();

    public IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    public static async Task<RecognitionHost> StartAsync(SimulatorOptions service, CancellationToken ct, int? maxConcurrency = null, int deadlineSeconds = 60)
    {
        var provider = await SimulatedOcrProvider.StartAsync(service, ct);
        var options = new LlmWhispererOptions
        {
            BaseUrl = provider.BaseUrl,
            ApiKey = "key",
            MaxAttempts = 3,
            MaxConcurrency = maxConcurrency,
            DeadlineSeconds = deadlineSeconds,
            PricePerPage = PagePrice,
        };
        return new RecognitionHost(provider, options, new TemporaryFolder(), ProcessIdentity.Current());
    }

    /// <summary>Another node over the same store. What it shares with this one ends with this one.</summary>
    public RecognitionHost AnotherNode() => new(Service, _options, _folder, new ProcessIdentity("another", 1, 1));

    /// <summary>Ends what a node does not share with others.</summary>
    public ValueTask EndNodeAsync() => _services.DisposeAsync();

    /// <summary>Stores a file of scanned pages that say this.</summary>
    public async Task<SourceFile> StoreAsync(IReadOnlyList<string> pages, CancellationToken ct)
    {
        var bytes = ScannedPages.Make(pages.Count, ++_files);
        Service.Know(bytes, [.. pages]);
        return await StoreAsync(bytes, ct);
    }

    /// <summary>Stores a file.</summary>
    public async Task<SourceFile> StoreAsync(byte[] bytes, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var file = new SourceFile(BlobKey.Of($"documents/{hash}/original"), FileType.Pdf, new ContentHash(hash));
        using var content = new MemoryStream(bytes);
        await Blobs.WriteAsync(file.Key, content, ct);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Service.DisposeAsync();
        _folder.Dispose();
    }
}
