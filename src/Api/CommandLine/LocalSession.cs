using Idp.Api.Kernel;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;
using MediatR;

namespace Idp.Api.CommandLine;

/// <summary>The whole service without a server, for the verbs that work on files.</summary>
internal sealed class LocalSession : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(150);

    /// <summary>So many newest documents are waited for …</summary>
    private const int NewestDocuments = 100;

    /// <summary>… until nothing has happened for so many looks: documents of an earlier version are made searchable by the service, not here.</summary>
    private const int MostIdleLooks = 10;

    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _loop;

    private LocalSession(ServiceProvider services)
    {
        _services = services;
        _loop = services.GetRequiredService<WorkerLoops>().RunAsync(_stopping.Token);
    }

    /// <summary>The time.</summary>
    public TimeProvider Clock => _services.GetRequiredService<TimeProvider>();

    /// <summary>Builds the service as <c>serve</c> does, with its log on standard error.</summary>
    public static ServiceProvider BuildServices(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(settings)
            .Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging(static logging => logging
                .SetMinimumLevel(LogLevel.Error)
                .AddFilter("Idp.Settings", LogLevel.Warning)
                .AddSimpleConsole(static console => console.SingleLine = true)
                .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace))
            .AddIdp(configuration)
            .BuildServiceProvider();
    }

    /// <summary>Builds the service and begins to take work.</summary>
    public static async Task<LocalSession> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        var services = BuildServices(settings);
        try
        {
            await Startup.PrepareAsync(services, ct);
            return new LocalSession(services);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends one request to its use case.</summary>
    public async Task<T> SendAsync<T>(IRequest<T> request, CancellationToken ct)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }

    /// <summary>Takes a file in.</summary>
    public async Task<Result<Document>> UploadAsync(string path, DocumentKind kind, decimal? budgetUsd, CancellationToken ct)
    {
        await using var content = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        return await SendAsync(new UploadDocument(content, Path.GetFileName(path), kind, null, budgetUsd, null, []), ct);
    }

    /// <summary>Waits until every document has ended, and reports each look at each.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the documents go on.</exception>
    public async Task<IReadOnlyList<DocumentOverview>> WaitAsync(IReadOnlyList<DocumentId> ids, Action<DocumentOverview> report, CancellationToken ct)
    {
        var ended = new Dictionary<DocumentId, DocumentOverview>();
        while (true)
        {
            foreach (var id in ids.Where(id => !ended.ContainsKey(id)))
            {
                var overview = (await SendAsync(new GetDocument(id), ct)).Value
                    ?? throw new InvalidOperationException($"Document {id} was deleted while it was processed.");
                report(overview);
                if (overview.Document.IsTerminal)
                {
                    ended[id] = overview;
                }
            }

            if (ended.Count == ids.Distinct().Count())
            {
                return [.. ids.Select(id => ended[id])];
            }

            await Task.Delay(LookInterval, Clock, ct);
        }
    }

    /// <summary>Waits until the newest documents are searchable, as long as the work on them gets on.</summary>
    public async Task WaitForKnowledgeAsync(CancellationToken ct)
    {
        var documents = (await SendAsync(new ListDocuments(null, null, null, null, NewestDocuments), ct)).Value;
        var read = (documents?.Items ?? []).Where(static overview => overview.Document.Status is DocumentStatus.Completed or DocumentStatus.Partial).Select(static overview => overview.Document.Id).ToList();
        for (var (idle, before) = (0, string.Empty); idle < MostIdleLooks; idle++)
        {
            var open = new List<string>();
            foreach (var id in read)
            {
                if ((await SendAsync(new GetKnowledge(id), ct)).Value is { Status: KnowledgeStatus.Queued or KnowledgeStatus.Processing } knowledge)
                {
                    open.Add($"{id} {knowledge.UpdatedAt.UtcTicks}");
                }
            }

            var now = string.Join(' ', open);
            if (open.Count == 0)
            {
                return;
            }

            (idle, before) = (now == before ? idle : 0, now);
            await Task.Delay(LookInterval, Clock, ct);
        }
    }

    /// <summary>What was read from a document.</summary>
    public async Task<DocumentResult?> ResultAsync(DocumentId id, CancellationToken ct) => (await SendAsync(new GetResult(id), ct)).Value;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
        await _services.DisposeAsync();
    }
}
