using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>Every expected failure of searching and of what comes before it.</summary>
public static class RetrievalErrors
{
    /// <summary>A question without a word.</summary>
    public static Error NothingToSearch() => new(ErrorKind.Invalid, "search.nothing-to-search", "The question has no word or number to search for.");

    /// <summary>Vectors are asked for, and nothing makes them.</summary>
    public static Error NoVectors() => new(ErrorKind.Invalid, "search.no-vectors", "Vectors are not available: no embedding provider is set (EMBEDDING__PROVIDER). Use mode 'lexical' or 'hybrid'.");

    /// <summary>The chunks of a document have no vectors, and will not get them by themselves.</summary>
    /// <param name="cause">Why.</param>
    public static Error VectorsFailed(Error cause) => cause with { Message = $"The document is found by its words, not by what it means: {cause.Message} Process it again when that is mended." };

    /// <summary>A model was to sum up the document and could not.</summary>
    /// <param name="cause">Why.</param>
    public static Error SummaryByRules(Error cause) => cause with { Message = $"The summary was made by rules, not by the model: {cause.Message}" };

    /// <summary>The document is larger than what a summary may cost.</summary>
    /// <param name="most">The most questions.</param>
    public static Error SummaryTooLong(int most) => new(
        ErrorKind.TooLarge, "knowledge.summary-too-long", $"Summing up the document takes more than {most} calls (RETRIEVAL__SUMMARY_MAX_CALLS).");

    /// <summary>Nothing that the model wrote is in the document.</summary>
    public static Error SummaryUnsupported() => new(ErrorKind.Rejected, "knowledge.summary-unsupported", "What the model wrote has figures or names that the document does not have.");

    /// <summary>What the document says is not kept any more, or not whole.</summary>
    public static Error TextGone() => new(ErrorKind.Conflict, "knowledge.text-gone", "The text of the document is not whole in the cache any more; process it again.");

    /// <summary>Searching is turned off.</summary>
    public static Error TurnedOff() => new(ErrorKind.Conflict, "search.turned-off", "Documents are not made searchable (RETRIEVAL__ENABLED is false).");

    /// <summary>The document has not been made searchable.</summary>
    public static Error NotKnown(DocumentId id) => new(ErrorKind.Conflict, "knowledge.not-begun", $"The work that makes document {id} searchable has not begun.");

    /// <summary>A step ended with an error that nobody expected.</summary>
    public static Error StepCrashed(string step) => new(
        ErrorKind.Unavailable, "knowledge.step-crashed", $"Step {step} ended with an unexpected error; the log of the service has the details.");
}
