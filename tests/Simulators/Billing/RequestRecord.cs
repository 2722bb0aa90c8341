using Idp.Simulators.Options;

namespace Idp.Simulators.Billing;

/// <summary>One request as it was received, and how it ended.</summary>
/// <param name="Sequence">From 1, in the order of arrival.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Endpoint"><c>chat</c>, <c>embeddings</c>, <c>search</c>, or the last part of the path of a recognition.</param>
public sealed record RequestRecord(long Sequence, DateTimeOffset At, string Endpoint)
{
    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>The HTTP status of the reply; null while running and where the connection was cut or had gone.</summary>
    public int? Status { get; init; }

    /// <summary>The <c>code</c> or <c>type</c> of the error sent.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the whole answer was handed to the network with the client still there.</summary>
    public bool IsDelivered { get; init; }

    /// <summary>What went wrong on purpose.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The task, where one was found.</summary>
    public string? Task { get; init; }

    /// <summary>The model asked for; for a search its depth.</summary>
    public string? Model { get; init; }

    /// <summary>The account number in the message.</summary>
    public string? Account { get; init; }

    /// <summary>The page numbers in the message.</summary>
    public IReadOnlyList<int> Pages { get; init; } = [];

    /// <summary>Tokens of the request, once counted.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Tokens of the answer, if billed.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>Search credits, if billed.</summary>
    public int Credits { get; init; }

    /// <summary>What was searched for.</summary>
    public string? Query { get; init; }

    /// <summary>Price in US dollars, if billed.</summary>
    public decimal Money { get; init; }

    /// <summary>The <c>finish_reason</c> sent.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The body as received, where <c>keep_bodies</c> is on.</summary>
    public string? Body { get; init; }
}
