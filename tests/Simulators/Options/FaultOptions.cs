namespace Idp.Simulators.Options;

/// <summary>The probability of each fault, 0 to 1. Whether one strikes follows from the seed, the request and how often that same request came before; not from the order in which requests arrive.</summary>
public sealed record FaultOptions
{
    /// <summary>Another seed, other victims.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>500, not billed.</summary>
    public double ServerError { get; init; }

    /// <summary>502, not billed.</summary>
    public double BadGateway { get; init; }

    /// <summary>503, not billed.</summary>
    public double Unavailable { get; init; }

    /// <summary>429 <c>rate_limit_exceeded</c> whatever the buckets say, not billed.</summary>
    public double RateLimited { get; init; }

    /// <summary>429 <c>insufficient_quota</c>, not billed. Model only.</summary>
    public double InsufficientQuota { get; init; }

    /// <summary>The connection is cut before any work, not billed.</summary>
    public double DropBeforeWork { get; init; }

    /// <summary>The connection is cut when the answer is ready: billed, and never read.</summary>
    public double DropAfterBilling { get; init; }

    /// <summary>The answer takes <see cref="LatencyOptions.SlowMilliseconds"/> longer.</summary>
    public double Slow { get; init; }

    /// <summary>The answer is no JSON: the content of a model's, the whole of a search's.</summary>
    public double MalformedJson { get; init; }

    /// <summary>The JSON stands in a Markdown fence.</summary>
    public double FencedJson { get; init; }

    /// <summary>The JSON stands between sentences.</summary>
    public double JsonInProse { get; init; }

    /// <summary>No <c>usage</c> in the reply.</summary>
    public double MissingUsage { get; init; }

    /// <summary>The model refuses: <c>refusal</c> is set and <c>content</c> is null.</summary>
    public double Refusal { get; init; }

    /// <summary>One value of the answer is altered; its quote is not.</summary>
    public double WrongValue { get; init; }

    /// <summary>The answer has one field more, whose value is nowhere on the page.</summary>
    public double InventedValue { get; init; }

    /// <summary>One row in ten of the answer's tables and statements is left out, without a word.</summary>
    public double SkippedRows { get; init; }

    /// <summary>One row in ten of the answer's tables and statements stands there twice.</summary>
    public double RepeatedRows { get; init; }

    /// <summary>400 <c>context_length_exceeded</c> whatever the request's size, not billed. Model only; a smaller request draws anew.</summary>
    public double TooLarge { get; init; }

    /// <summary>One reason of a company's analysis quotes what its source does not say.</summary>
    public double WrongQuote { get; init; }

    /// <summary>One reason of a company's analysis names a source that was not sent.</summary>
    public double UnsentSource { get; init; }

    /// <summary>403, not billed. Search and recognition.</summary>
    public double Forbidden { get; init; }

    /// <summary>432, the plan's credits are used up; not billed. Search only.</summary>
    public double PlanLimit { get; init; }

    /// <summary>433, the limit of pay-as-you-go is reached; not billed. Search only.</summary>
    public double SpendLimit { get; init; }

    /// <summary>402, not billed. Recognition only.</summary>
    public double PaymentRequired { get; init; }

    /// <summary>A job is accepted and billed, and ends with an error. Recognition only.</summary>
    public double JobFails { get; init; }

    /// <summary>The probability of a fault.</summary>
    public double Of(Fault fault) => fault switch
    {
        Fault.None => 0,
        Fault.ServerError => ServerError,
        Fault.BadGateway => BadGateway,
        Fault.Unavailable => Unavailable,
        Fault.RateLimited => RateLimited,
        Fault.InsufficientQuota => InsufficientQuota,
        Fault.DropBeforeWork => DropBeforeWork,
        Fault.DropAfterBilling => DropAfterBilling,
        Fault.Slow => Slow,
        Fault.MalformedJson => MalformedJson,
        Fault.FencedJson => FencedJson,
        Fault.JsonInProse => JsonInProse,
        Fault.MissingUsage => MissingUsage,
        Fault.Refusal => Refusal,
        Fault.WrongValue => WrongValue,
        Fault.InventedValue => InventedValue,
        Fault.SkippedRows => SkippedRows,
        Fault.RepeatedRows => RepeatedRows,
        Fault.TooLarge => TooLarge,
        Fault.WrongQuote => WrongQuote,
        Fault.UnsentSource => UnsentSource,
        Fault.Forbidden => Forbidden,
        Fault.PlanLimit => PlanLimit,
        Fault.SpendLimit => SpendLimit,
        Fault.PaymentRequired => PaymentRequired,
        Fault.JobFails => JobFails,
    };

    /// <summary>Every probability.</summary>
    public IEnumerable<double> Probabilities() => Enum.GetValues<Fault>().Select(Of);
}
