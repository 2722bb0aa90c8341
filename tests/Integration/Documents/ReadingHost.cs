using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents;
using Idp.Infrastructure.Documents.LibreOffice;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Documents.Workers;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Integration.Documents;

/// <summary>The page-reading adapters over real worker processes, files in a folder of their own and a cache in memory.</summary>
internal sealed class ReadingHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-reading-");

    public ReadingHost(LimitOptions? limits = null, int workers = 1, OfficePagesOptions? office = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(limits ?? new LimitOptions());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ProcessIdentity.Current());
        services.AddSingleton(new StorageOptions { Root = _folder.FullName });
        services.AddSingleton<FileSystemBlobStore>();
        services.AddSingleton<IBlobStore>(static provider => provider.GetRequiredService<FileSystemBlobStore>());
        services.AddSingleton<ILocalBlobs>(static provider => provider.GetRequiredService<FileSystemBlobStore>());
        services.AddSingleton<IResultCache>(Cache);
        services.AddSingleton(office ?? new OfficePagesOptions());
        services.AddPageReading(new WorkerOptions { PixmapParallelWorkers = workers, Command = Command }, new OcrOptions());
        _provider = services.BuildServiceProvider();
    }

    /// <summary>The executable beside this one's folder, as the build lays them out.</summary>
    public static IReadOnlyList<string> Command { get; } =
        [Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Api", new DirectoryInfo(AppContext.BaseDirectory).Name, "Idp.Api")), WorkerProcess.Verb];

    public MemoryCache Cache { get; } = new();

    public IPageReader Reader => _provider.GetRequiredService<IPageReader>();

    public IOcrEngine Ocr => _provider.GetRequiredService<IOcrEngine>();

    public WorkerPool Pool => _provider.GetRequiredService<WorkerPool>();

    /// <summary>Stores a file; its type is told from its bytes.</summary>
    public SourceFile Store(byte[] bytes, FileType? type = null)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        File.WriteAllBytes(Path.Combine(_folder.FullName, hash), bytes);
        return new SourceFile(BlobKey.Of(hash), type ?? FileTypeDetector.Detect(bytes).ShouldNotBeNull(), new ContentHash(hash));
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Keeps results in memory, counts how often one had to be made, and can do something first.</summary>
    internal sealed class MemoryCache : IResultCache
    {
        private readonly ConcurrentDictionary<string, object> _entries = new();

        public int Created { get; private set; }

        public Action BeforeCreate { get; set; } = static () => { };

        public Task<T?> FindAsync<T>(BlobKey key, Fingerprint? fingerprint, JsonTypeInfo<T> type, CancellationToken ct)
            where T : class => Task.FromResult(_entries.TryGetValue(key.Value, out var entry) ? (T?)entry : null);

        public Task StoreAsync<T>(BlobKey key, Fingerprint fingerprint, T value, JsonTypeInfo<T> type, CancellationToken ct)
            where T : class => Task.FromResult(_entries[key.Value] = value);

        public async Task<Result<T>> GetOrCreateAsync<T>(
            BlobKey key, Fingerprint fingerprint, JsonTypeInfo<T> type, Func<CancellationToken, Task<Result<T>>> create, CancellationToken ct)
            where T : class
        {
            if (await FindAsync(key, fingerprint, type, ct) is { } known)
            {
                return known;
            }

            BeforeCreate();
            var made = await create(ct);
            Created++;
            if (made.IsSuccess)
            {
                await StoreAsync(key, fingerprint, made.Value, type, ct);
            }

            return made;
        }
    }
}
