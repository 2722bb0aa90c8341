namespace Idp.Simulators.Billing;

/// <summary>The bill at one moment. <c>Received = Completed + Rejected + Failed + Running</c> always holds.</summary>
/// <param name="Received">Requests that arrived.</param>
/// <param name="Completed">Answers that were computed: all of them are billed, read or not.</param>
/// <param name="Rejected">Requests refused with 4xx; not billed.</param>
/// <param name="Failed">Requests that got 5xx, a cut connection before any work, or whose client left before the answer was ready; not billed.</param>
/// <param name="Running">Requests waiting or worked on.</param>
/// <param name="DroppedAfterBilling">Of the completed ones, those whose answer was cut off on purpose.</param>
/// <param name="Abandoned">Of the completed and failed ones, those whose client had gone before the answer was computed.</param>
/// <param name="PromptTokens">Tokens of all billed requests.</param>
/// <param name="CompletionTokens">Tokens of all billed answers.</param>
/// <param name="Money">The sum in US dollars, exact.</param>
/// <param name="Duplicates">Completed requests whose model and messages had been completed before.</param>
/// <param name="Delivered">Of the completed ones, those whose whole answer was handed to the network with the client still there.</param>
/// <param name="DuplicatesOfDelivered">Of the duplicates, those whose earlier answer had been delivered.</param>
/// <param name="RepeatedPages">Pages in completed requests that had been completed before for the same task and account, with the same number and text.</param>
/// <param name="MostAtOnce">The most requests that were worked on at the same time.</param>
/// <param name="MostWaiting">The most requests that waited for a place at the same time.</param>
public sealed record BillSnapshot(
    long Received, long Completed, long Rejected, long Failed, long Running, long DroppedAfterBilling, long Abandoned,
    long PromptTokens, long CompletionTokens, decimal Money, long Delivered, long Duplicates, long DuplicatesOfDelivered, long RepeatedPages, int MostAtOnce, int MostWaiting)
{
    /// <summary>Search credits of all billed requests.</summary>
    public long Credits { get; init; }

    /// <summary>Pages of all billed submissions for recognition.</summary>
    public long RecognizedPages { get; init; }

    /// <summary>Texts that were fetched.</summary>
    public long Retrieved { get; init; }

    /// <summary>Requests for texts that had been fetched before.</summary>
    public long RetrievedAgain { get; init; }

    /// <summary>Always US dollars.</summary>
    public string Currency { get; init; } = "USD";
}
