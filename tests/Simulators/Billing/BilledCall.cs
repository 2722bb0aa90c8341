namespace Idp.Simulators.Billing;

/// <summary>One answer that was computed, and so is to be paid.</summary>
/// <param name="Sequence">The number of the request, from 1 in the order of arrival.</param>
/// <param name="At">When the answer was ready.</param>
/// <param name="Endpoint"><c>chat</c>, <c>embeddings</c>, <c>search</c> or <c>whisper</c>.</param>
/// <param name="Task">The name of the task, where one was found.</param>
/// <param name="Model">The model asked for; for a search its depth.</param>
/// <param name="Account">The account number in the message.</param>
/// <param name="Pages">The page numbers in the message.</param>
/// <param name="PromptTokens">Tokens of the request.</param>
/// <param name="CompletionTokens">Tokens of the answer.</param>
/// <param name="Money">The price in US dollars, exact.</param>
/// <param name="RequestHash">The same for requests with the same model and messages.</param>
/// <param name="PageHashes">For each page the same for pages with the same task, account, number and text.</param>
public sealed record BilledCall(
    long Sequence, DateTimeOffset At, string Endpoint, string? Task, string Model, string? Account, IReadOnlyList<int> Pages,
    int PromptTokens, int CompletionTokens, decimal Money, string RequestHash, IReadOnlyList<string> PageHashes)
{
    /// <summary>Search credits.</summary>
    public int Credits { get; init; }

    /// <summary>Pages to be recognised.</summary>
    public int RecognizedPages { get; init; }
}
