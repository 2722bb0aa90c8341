using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Integration;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Bench.Overhead;

/// <summary>The language model as the service has it: client, gate, retries, budget, and a journal and ledger on disk.</summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    private ModelHost(string baseUrl)
    {
        var model = new LanguageModelOptions
        {
            Provider = LanguageModelOptions.OpenAiProvider,
            BaseUrl = baseUrl,
            Model = "simulated",
            ApiKey = "key",
            PriceInputPerMillion = 0.15m,
            PriceOutputPerMillion = 0.60m,
        };
        var database = new DatabaseOptions { ConnectionString = _folder.File("idp.db") };
        var storage = new StorageOptions { Root = _folder.File("blobs") };
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(storage)
            .AddSingleton(database)
            .AddSingleton(new BudgetOptions())
            .AddSingleton(model)
            .AddSingleton(static provider => new ProviderGates(static _ => new GateOptions(), provider.GetRequiredService<TimeProvider>()))
            .AddLogging()
            .AddStorage(database, storage)
            .AddLanguageModel(model)
            .BuildServiceProvider();
    }

    /// <summary>The model.</summary>
    public ILanguageModel Model => _services.GetRequiredService<ILanguageModel>();

    /// <summary>Makes one on an empty folder.</summary>
    public static async Task<ModelHost> StartAsync(string baseUrl, CancellationToken ct)
    {
        var host = new ModelHost(baseUrl);
        foreach (var adapter in host._services.GetServices<IPreparedAtStart>())
        {
            await adapter.PrepareAsync(ct);
        }

        return host;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
