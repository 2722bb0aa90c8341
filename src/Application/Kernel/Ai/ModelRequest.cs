using Idp.Application.Kernel.Caching;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Application.Kernel.Ai;

/// <summary>A piece of a document in a request: a page, or a band of its lines.</summary>
/// <param name="Page">The page's number in the document, from 1.</param>
/// <param name="Text">Its text.</param>
/// <param name="Key">
/// Stands for everything that decides what a model says of this piece: text, instructions, schema, model, endpoint; not the page's number, so that the same
/// page in another document has the same key.
/// </param>
public record ModelSection(int Page, string Text, string Key);

/// <summary>One question to a model, as text; what the adapters see.</summary>
/// <param name="Task">The name of the task and of its reply's schema, e.g. <c>extraction</c>.</param>
/// <param name="Instructions">What the model is to do: the system message.</param>
/// <param name="Content">What it is to do it with: the user message.</param>
/// <param name="ReplySchema">The reply's form, a JSON Schema that keeps the strict rules of providers.</param>
/// <param name="MaximumOutputTokens">The longest reply that is paid for.</param>
/// <param name="Sections">The pieces in the content, in order; what the reply is found again by.</param>
public sealed record ModelRequest(
    string Task, string Instructions, string Content, string ReplySchema, int MaximumOutputTokens, ValueList<ModelSection> Sections)
{
    /// <summary>The most that a provider adds around messages and schema.</summary>
    private const int EnvelopeTokens = 64;

    /// <summary>What a repair call adds: the reply that could not be used, and why; null in a first call.</summary>
    public ModelRepair? Repair { get; init; }

    /// <summary>True when the reply answers the request whole, so that its sections need never be asked again.</summary>
    public required Func<ModelReply, bool> IsAnsweredBy { get; init; }

    /// <summary>
    /// Stands for the call: two requests with one key would be answered the same, even where the pages are numbered differently in two documents.
    /// </summary>
    /// <param name="model">The model that is asked.</param>
    public Fingerprint KeyFor(ModelIdentity model) => Fingerprint.Of(
        [
            ("provider", model.Provider), ("endpoint", model.Endpoint), ("model", model.Model), ("task", Task), ("instructions", Instructions),
            ("schema", ReplySchema), ("content", Sections.Count == 0 ? Content : string.Empty), ("output", $"{MaximumOutputTokens}"),
            ("repair", Repair is null ? string.Empty : Repair.Reply + "\n" + Repair.Fault),
            .. Sections.Select(static section => ("section", section.Key)),
        ]);

    /// <summary>No tokenizer makes more tokens of the request than this.</summary>
    public int InputTokenBound => EnvelopeTokens
        + TokenCount.UpperBound(Instructions) + TokenCount.UpperBound(Content) + TokenCount.UpperBound(ReplySchema)
        + (Repair is null ? 0 : TokenCount.UpperBound(Repair.Reply) + TokenCount.UpperBound(Repair.Fault));
}

/// <summary>A reply that broke the rules of its task.</summary>
/// <param name="Reply">What came.</param>
/// <param name="Fault">What is wrong with it, for the model.</param>
public sealed record ModelRepair(string Reply, string Fault);

/// <summary>Why a model stopped.</summary>
public enum ModelStop
{
    /// <summary>It was done.</summary>
    Finished,

    /// <summary>The reply reached the allowed length; it is cut off.</summary>
    Length,

    /// <summary>It, or a filter of the provider, refused.</summary>
    Refused,
}

/// <summary>What a model answered.</summary>
/// <param name="Content">The reply, verbatim.</param>
/// <param name="Stop">Why it ended.</param>
/// <param name="Usage">What it consumed; marked where it is counted here.</param>
/// <param name="Pages">The page numbers that the sections had in the request, in order.</param>
public sealed record ModelReply(string Content, ModelStop Stop, TokenUsage Usage, ValueList<int> Pages)
{
    /// <summary>True when this reply was paid for earlier and taken from the journal.</summary>
    public bool IsReplayed { get; init; }
}

/// <summary>Who answers.</summary>
/// <param name="Provider"><c>offline</c> or <c>openai</c>.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Endpoint">Its address without secrets; empty for offline.</param>
public sealed record ModelIdentity(string Provider, string Model, string Endpoint)
{
    /// <summary>The rules that come with the program.</summary>
    public static ModelIdentity Offline { get; } = new("offline", "rules", string.Empty);

    /// <summary>True when no model is asked and nothing is paid.</summary>
    public bool IsOffline => Provider == Offline.Provider;

    /// <summary>The parts that a section's key must hold.</summary>
    public override string ToString() => $"{Provider} {Endpoint} {Model}";
}
