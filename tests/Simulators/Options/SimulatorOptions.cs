using System.Net;
using System.Text.Json;

namespace Idp.Simulators.Options;

/// <summary>How a simulated provider behaves: of models, of searches, of recognition. Without settings it answers at once, without limits and without faults; tokens cost nothing, search credits and pages their usual price.</summary>
/// <remarks>The same names in all three places: <c>--faults.server_error 0.1</c>, <c>SIMULATOR_FAULTS__SERVER_ERROR=0.1</c>, <c>{"faults":{"server_error":0.1}}</c>.</remarks>
public sealed record SimulatorOptions
{
    /// <summary>The address to listen on, such as one of this machine that containers can reach. Read at start only.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on; 0 takes a free one. Read at start only.</summary>
    public int Port { get; init; }

    /// <summary>Keys that are let in; any other gets 401. Empty: every caller is let in.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>Models that exist; any other gets 404. Empty: every name is a model.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Files and folders of ground truth. Read at start only; later truth goes to <c>PUT /simulator/truth</c>.</summary>
    public IReadOnlyList<string> Truth { get; init; } = [];

    /// <summary>What the simulated web has on companies. Both providers answer from it: give both the same.</summary>
    public WebOptions Web { get; init; } = new();

    /// <summary>How many search credits there are.</summary>
    public CreditOptions Credits { get; init; } = new();

    /// <summary>How files are recognised.</summary>
    public RecognitionOptions Recognition { get; init; } = new();

    /// <summary>Keep the body of each request for <c>GET /simulator/requests</c>.</summary>
    public bool KeepBodies { get; init; }

    /// <summary>How long an answer takes.</summary>
    public LatencyOptions Latency { get; init; } = new();

    /// <summary>How many requests are worked on at once.</summary>
    public CapacityOptions Capacity { get; init; } = new();

    /// <summary>Requests and tokens per minute.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>How large requests and answers may be.</summary>
    public SizeLimitOptions SizeLimit { get; init; } = new();

    /// <summary>What goes wrong, and how often.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>Which parts of the wire format the provider understands.</summary>
    public DialectOptions Dialect { get; init; } = new();

    /// <summary>What a token costs.</summary>
    public PriceOptions Prices { get; init; } = new();

    /// <summary>What is put on the bill.</summary>
    public BillingOptions Billing { get; init; } = new();

    /// <summary>Refuses settings that mean nothing.</summary>
    /// <exception cref="JsonException">A setting is out of its range; the message names it.</exception>
    public SimulatorOptions Checked()
    {
        Require(IPAddress.TryParse(Address, out _), "address");
        Require(Port is >= 0 and <= 65_535, "port");
        Require(Latency is { FixedMilliseconds: >= 0, JitterMilliseconds: >= 0, MillisecondsPerOutputToken: >= 0, SlowMilliseconds: >= 0 }, "latency");
        Require(Capacity is { AtOnce: >= 0 }, "capacity.at_once");
        Require(RateLimit is { RequestsPerMinute: >= 0, TokensPerMinute: >= 0, BurstSeconds: > 0, StormEverySeconds: >= 0, StormSeconds: >= 0 }, "rate_limit");
        Require(RateLimit.StormEverySeconds is 0 || RateLimit.StormSeconds < RateLimit.StormEverySeconds, "rate_limit.storm_seconds");
        Require(Web is { LongestPage: >= 1_000 and <= 1_000_000, MissingRawContent: >= 0 and <= 1 }, "web");
        Require(Credits is { Plan: >= 0, PayAsYouGo: >= 0 }, "credits");
        Require(SizeLimit is { ContextTokens: >= 0, RequestTokens: >= 0, RequestBytes: >= 0, OutputTokens: >= 0, TableRows: >= 0 }, "size_limit");
        Require(Prices is { InputPerMillion: >= 0, OutputPerMillion: >= 0, EmbeddingPerMillion: >= 0, SearchCredit: >= 0, RecognizedPage: >= 0 }, "prices");
        Require(Recognition is { MillisecondsPerPage: >= 0, PlanPages: >= 0 }, "recognition");
        Require(Faults.Probabilities().All(static probability => probability is >= 0 and <= 1), "faults (probabilities are 0 to 1)");
        return this;
    }

    private static void Require(bool holds, string setting)
    {
        if (!holds)
        {
            throw new JsonException($"The setting {setting} is out of its range.");
        }
    }
}
