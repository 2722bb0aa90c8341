using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Unit.Kernel;
using Idp.Unit.Kernel.Ai;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Idp.Integration.Kernel.Ai;

/// <summary>The model as it is registered for use, over HTTP, with journal and ledger in memory.</summary>
internal sealed class ConnectedModel : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ConnectedModel(LanguageModelOptions options, TimeProvider? clock = null)
    {
        _services = new ServiceCollection()
            .AddSingleton<ICallJournal>(Calls).AddSingleton<ICostLedger>(Calls).AddSingleton<IModelLimitStore>(Limits).AddSingleton<IEventAppender>(Events).AddSingleton<IModelGate>(Gate)
            .AddSingleton(options).AddSingleton(clock ?? TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddLanguageModel(options)
            .BuildServiceProvider();
        Model = _services.GetRequiredService<ILanguageModel>();
    }

    public InMemoryCalls Calls { get; } = new() { IsStrict = true };

    public InMemoryModelLimits Limits { get; } = new();

    /// <summary>What was told.</summary>
    public InMemoryEvents Events { get; } = new();

    public OpenGate Gate { get; } = new();

    public LogLines Log { get; } = new();

    public ILanguageModel Model { get; }

    public IModelProbe Probe => _services.GetRequiredService<IModelProbe>();

    public ILanguageModelCheck Check => _services.GetRequiredService<ILanguageModelCheck>();

    /// <summary>Settings for a server.</summary>
    public static LanguageModelOptions Options(string baseUrl, int attempts = 1, int timeoutSeconds = 60) => new()
    {
        Provider = "openai",
        BaseUrl = baseUrl,
        ApiKey = "sk-hush",
        Model = "m",
        MaxAttempts = attempts,
        TimeoutSeconds = timeoutSeconds,
        PriceInputPerMillion = 1000,
        PriceOutputPerMillion = 2000,
    };

    /// <summary>Asks about pages.</summary>
    public Task<Result<ModelAnswer<Transcript>>> AskAsync(params (int Page, string Text)[] pages) =>
        Model.AskAsync(TranscriptTask.Of(pages), TranscriptTask.For("doc_1"), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>A gate that lets everyone in and remembers what it was told.</summary>
internal sealed class OpenGate : IModelGate
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<(string Report, ProviderLimits? Limits)> _reports = new();

    public IReadOnlyList<(string Report, ProviderLimits? Limits)> Reports => [.. _reports];

    public Task<IModelGatePermit> EnterAsync(Priority priority, int estimatedTokens, CancellationToken ct) => Task.FromResult<IModelGatePermit>(new Permit(_reports));

    private sealed class Permit(System.Collections.Concurrent.ConcurrentQueue<(string Report, ProviderLimits? Limits)> reports) : IModelGatePermit
    {
        public void Succeeded(TimeSpan latency, int actualTokens, ProviderLimits? limits) => reports.Enqueue(("succeeded", limits));

        public GateSignal? RateLimited(TimeSpan? retryAfter, ProviderLimits? limits)
        {
            reports.Enqueue(($"rate limited for {retryAfter}", limits));
            return new GateSignal(GateSignalKind.TooFast, 1, null, null);
        }

        public void TimedOut() => reports.Enqueue(("timed out", null));

        public void Failed() => reports.Enqueue(("failed", null));

        public void Refused() => reports.Enqueue(("refused", null));

        public void Dispose()
        {
        }
    }
}

/// <summary>Everything that is logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
