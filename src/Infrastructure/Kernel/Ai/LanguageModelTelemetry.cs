using System.Diagnostics;
using System.Diagnostics.Metrics;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Traces and measures of model calls. Names of documents are in traces, never in measures.</summary>
internal static class LanguageModelTelemetry
{
    /// <summary>The name of both the activity source and the meter.</summary>
    public const string Name = "Idp.LanguageModel";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "idp.model.calls", "{call}", "Calls by outcome: answered, unusable, replayed, or the code of the error.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("idp.model.tokens", "{token}", "Tokens by direction: input, cached_input (part of input), output.");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("idp.model.cost", "USD", "Money spent on answered calls.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("idp.model.retries", "{retry}", "Tries after the first, by the error before them.");

    private static readonly Histogram<double> Latency = Meter.CreateHistogram<double>(
        "idp.model.latency", "s", "From sending a try to its end, by outcome.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160] });

    /// <summary>A span around one try.</summary>
    public static Activity? StartCall(ModelCall call, ModelIdentity model) => Source.StartActivity("model call", ActivityKind.Client)
        ?.SetTag("idp.call", call.Id.ToString()).SetTag("idp.subject", call.Context.Subject).SetTag("idp.task", call.Request.Task)
        .SetTag("gen_ai.request.model", model.Model).SetTag("server.address", model.Endpoint);

    /// <summary>A call ended with a reply that was paid.</summary>
    public static void Answered(string task, string model, string outcome, TokenUsage usage, Money cost)
    {
        Count(task, model, outcome);
        Tokens.Add(usage.InputTokens, Tag("direction", "input"), Tag("model", model));
        Tokens.Add(usage.CachedInputTokens, Tag("direction", "cached_input"), Tag("model", model));
        Tokens.Add(usage.OutputTokens, Tag("direction", "output"), Tag("model", model));
        Cost.Add((double)cost.Dollars, Tag("task", task), Tag("model", model));
    }

    /// <summary>A call ended without a reply.</summary>
    public static void Failed(string task, string model, string code) => Count(task, model, code);

    /// <summary>A reply was known.</summary>
    public static void Replayed(string task, string model) => Count(task, model, "replayed");

    /// <summary>A try ended.</summary>
    public static void Tried(string task, string model, string? code, TimeSpan latency) =>
        Latency.Record(latency.TotalSeconds, Tag("task", task), Tag("model", model), Tag("outcome", code ?? "answered"));

    /// <summary>Another try follows.</summary>
    public static void Retried(string code) => Retries.Add(1, Tag("reason", code));

    private static void Count(string task, string model, string outcome) => Calls.Add(1, Tag("task", task), Tag("model", model), Tag("outcome", outcome));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
