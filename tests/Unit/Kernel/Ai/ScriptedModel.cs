using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Ai;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Unit.Kernel.Ai;

/// <summary>The whole pipeline over a transport that does as told, with a clock that leaps over every wait.</summary>
internal sealed class ScriptedModel : IModelTransport, IModelGate
{
    private readonly ServiceProvider _services;
    private readonly Lock _lock = new();
    private Func<ModelCall, int, CancellationToken, Task<ModelExchange>> _answer = static (_, _, _) => throw new InvalidOperationException("No answer is scripted.");

    public ScriptedModel(LanguageModelOptions? options = null, TimeProvider? clock = null)
    {
        Options = options ?? Priced();
        _services = new ServiceCollection()
            .AddSingleton<ICallJournal>(Calls).AddSingleton<ICostLedger>(Calls).AddSingleton<IModelLimitStore>(Limits).AddSingleton<IEventAppender>(Events)
            .AddSingleton<IModelTransport>(this).AddSingleton<IModelGate>(this)
            .AddSingleton(Options).AddSingleton(Identity).AddSingleton(clock ?? new LeapingTimeProvider())
            .AddSingleton<ThrottleNotices>()
            .AddSingleton(new PriceCatalog(new PriceTable([]))).AddSingleton<ModelPricing>()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(static provider => LanguageModelServices.BuildPipeline(provider))
            .AddSingleton<ILanguageModel, StructuredLanguageModel>()
            .BuildServiceProvider();
        Model = _services.GetRequiredService<ILanguageModel>();
    }

    /// <summary>Who answers.</summary>
    public static ModelIdentity Identity { get; } = new("openai", "m", "http://model");

    /// <summary>The settings.</summary>
    public LanguageModelOptions Options { get; }

    /// <summary>Journal and ledger.</summary>
    public InMemoryCalls Calls { get; } = new() { IsStrict = true };

    /// <summary>Learned limits.</summary>
    public InMemoryModelLimits Limits { get; } = new();

    /// <summary>What was told.</summary>
    public InMemoryEvents Events { get; } = new();

    /// <summary>What is tested.</summary>
    public ILanguageModel Model { get; }

    /// <summary>Requests that were sent, in order.</summary>
    public List<ModelRequest> Sent { get; } = [];

    /// <summary>How permits of the gate ended, in order.</summary>
    public List<string> Reports { get; } = [];

    /// <summary>A dollar for a thousand tokens sent, two for a thousand answered.</summary>
    public static LanguageModelOptions Priced(int attempts = 6) => new()
    {
        Provider = "openai",
        Model = "m",
        MaxAttempts = attempts,
        PriceInputPerMillion = 1000,
        PriceOutputPerMillion = 2000,
    };

    /// <summary>Answers every request by a function of it and its number, from 0.</summary>
    public ScriptedModel Answers(Func<ModelRequest, int, Result<ModelReply>> answer) =>
        Answers((call, index, _) => Task.FromResult(new ModelExchange(answer(call.Request, index), Limits: null)));

    /// <summary>As above, with everything in hand.</summary>
    public ScriptedModel Answers(Func<ModelCall, int, CancellationToken, Task<ModelExchange>> answer)
    {
        _answer = answer;
        return this;
    }

    /// <summary>A reply of 10 tokens to 100.</summary>
    public static ModelReply Reply(ModelRequest request, string content, ModelStop stop = ModelStop.Finished, TokenUsage? usage = null) =>
        new(content, stop, usage ?? new TokenUsage(100, 10), request.Sections.Select(static section => section.Page).ToValueList());

    /// <summary>The reply that a good model gives.</summary>
    public static Result<ModelReply> Transcribe(ModelRequest request) =>
        Reply(request, TranscriptTask.Reply([.. request.Sections.Select(static section => (section.Page, section.Text))]));

    /// <summary>Asks about pages on behalf of a document.</summary>
    public Task<Result<ModelAnswer<Transcript>>> AskAsync(string subject, params (int Page, string Text)[] pages) =>
        Model.AskAsync(TranscriptTask.Of(pages), TranscriptTask.For(subject), TestContext.Current.CancellationToken);

    public async Task<ModelExchange> SendAsync(ModelCall call, CancellationToken ct)
    {
        int index;
        lock (_lock)
        {
            index = Sent.Count;
            Sent.Add(call.Request);
        }

        await call.Tries.MarkSentAsync(ct);
        return await _answer(call, index, ct);
    }

    public Task<IModelGatePermit> EnterAsync(Priority priority, int estimatedTokens, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult<IModelGatePermit>(new Permit(this));
    }

    private void Report(string report)
    {
        lock (_lock)
        {
            Reports.Add(report);
        }
    }

    private sealed class Permit(ScriptedModel gate) : IModelGatePermit
    {
        public void Succeeded(TimeSpan latency, int actualTokens, ProviderLimits? limits) => gate.Report($"succeeded with {actualTokens}");

        public GateSignal? RateLimited(TimeSpan? retryAfter, ProviderLimits? limits)
        {
            gate.Report("rate limited");
            return new GateSignal(GateSignalKind.TooFast, 3, null, 60);
        }

        public void TimedOut() => gate.Report("timed out");

        public void Failed() => gate.Report("failed");

        public void Refused() => gate.Report("refused");

        public void Dispose()
        {
        }
    }
}

/// <summary>A clock on which every wait is over at once; the time that was waited for has passed then.</summary>
internal sealed class LeapingTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The waits so far, in order.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            Waits.Add(dueTime);
            _now += dueTime;
        }

        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
