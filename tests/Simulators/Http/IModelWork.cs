using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Http;

/// <summary>A request that was understood: what it costs to read it, and how to answer it.</summary>
internal interface IModelWork
{
    /// <summary>The model asked for.</summary>
    string Model { get; }

    /// <summary>The task, where one was found.</summary>
    string? Task { get; }

    /// <summary>The account number in the message.</summary>
    string? Account { get; }

    /// <summary>The page numbers in the message.</summary>
    IReadOnlyList<int> Pages { get; }

    /// <summary>For each page the same for pages with the same task, account, number and text.</summary>
    IReadOnlyList<string> PageHashes { get; }

    /// <summary>The same for requests with the same model and messages.</summary>
    string RequestHash { get; }

    /// <summary>Tokens of the request.</summary>
    int PromptTokens { get; }

    /// <summary>What is searched for; null where nothing is.</summary>
    string? Query => null;

    /// <summary>Checks dialect and sizes.</summary>
    ProviderError? Check(SimulatorOptions options);

    /// <summary>Computes the answer.</summary>
    ModelReply Compute(SimulatorOptions options, FaultDraw draw, string replyId, DateTimeOffset now);

    /// <summary>What request and answer cost, in US dollars.</summary>
    decimal Price(PriceOptions prices, ModelReply reply);
}

/// <summary>An answer, ready to be sent.</summary>
/// <param name="Body">The reply.</param>
/// <param name="CompletionTokens">Tokens of the answer.</param>
/// <param name="FinishReason">Why the model stopped; null where that means nothing.</param>
/// <param name="Stream">The events of a streamed reply; null where it is sent as one.</param>
internal sealed record ModelReply(JsonObject Body, int CompletionTokens, string? FinishReason, IReadOnlyList<JsonObject>? Stream = null)
{
    /// <summary>Search credits.</summary>
    public int Credits { get; init; }

    /// <summary>Sent in place of the body, where that is to be no JSON.</summary>
    public string? Raw { get; init; }
}
