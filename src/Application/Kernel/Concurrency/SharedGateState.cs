using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Application.Kernel.Json;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// The gate of several nodes: what they have learned together, and who has how many calls in flight. Immutable; each message of a node gives a new value. Times are
/// those of the store.
/// </summary>
/// <param name="Learning">What was learned of the calls of all nodes.</param>
/// <param name="AsOf">When the last message came.</param>
/// <param name="Nodes">What each node last said.</param>
internal sealed record SharedGateState(GateLearning Learning, TimeSpan AsOf, ValueList<NodeShare> Nodes)
{
    /// <summary>Nodes speak at least this often while they have calls in flight.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    /// <summary>Calls of a node that has been silent for so long count no more. Longer than a server is usually away.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Nodes ask at least this often while somebody waits there.</summary>
    public static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(1);

    /// <summary>A node that has not asked for so long is not waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int CurrentFormat = 2;

    /// <summary>A clock that was corrected by more than this left a state behind that nothing would run into for as long.</summary>
    private static readonly TimeSpan LargestStepBack = TimeSpan.FromMinutes(1);

    /// <summary>How the state is written; another version of the program may write it otherwise.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Calls that began.</summary>
    public long Started { get; init; }

    /// <summary>Their tokens.</summary>
    public long TokensStarted { get; init; }

    /// <summary>Calls wait for the pace rather than for the limit of calls in flight.</summary>
    public bool IsHeldByPace { get; init; }

    /// <summary>Reads a state; what cannot be read, or lies in the future, begins anew, with empty buckets, since nobody knows what was taken from them.</summary>
    /// <param name="stored">As <see cref="Print"/> gave it; null when there is none.</param>
    /// <param name="options">What this node is told of the gate.</param>
    /// <param name="now">The time of the store.</param>
    public static SharedGateState Read(string? stored, GateOptions options, TimeSpan now)
    {
        if (stored is null)
        {
            return New(GateLearning.Nothing(options), now);
        }

        SharedGateState? state;
        try
        {
            state = JsonSerializer.Deserialize(stored, SharedGateJson.Default.SharedGateState);
        }
        catch (JsonException)
        {
            state = null;
        }

        return state is { Format: CurrentFormat } && state.AsOf - now <= LargestStepBack
            ? state with { Learning = state.Learning.Told(options, now) }
            : New(GateLearning.Nothing(options).Drained(now), now);
    }

    /// <summary>The state as text.</summary>
    public string Print() => JsonSerializer.Serialize(this, SharedGateJson.Default.SharedGateState);

    /// <summary>Calls in flight on nodes that live.</summary>
    public int InFlight => Nodes.Sum(static share => share.InFlight);

    /// <summary>Callers in line on nodes that live.</summary>
    public int Waiting => Nodes.Sum(static share => share.Waiting);

    /// <summary>Takes in what a node says, and lets as many of its calls begin as may.</summary>
    /// <param name="request">What it says.</param>
    /// <param name="time">The time of the store.</param>
    /// <param name="isGone">Says of a node that it surely lives no more; asked only about those that have been silent.</param>
    public (SharedGateState State, GateGrant Grant) Answer(GateRequest request, TimeSpan time, Func<string, bool> isGone)
    {
        var now = time > AsOf ? time : AsOf;
        var before = Nodes.FirstOrDefault(share => share.Node == request.Node);
        var others = Nodes
            .Where(share => share.Node != request.Node && now - share.SeenAt < Lease && (now - share.SeenAt < Patience || !isGone(share.Node)))
            .ToValueList();
        var known = before is null ? 0 : Math.Clamp(before.EndsTaken - request.EndsBefore, 0, request.Ended.Count);
        var inFlight = others.Sum(static share => share.InFlight) + request.InFlight + request.Ended.Count - (int)known;
        var state = this with { AsOf = now, Nodes = others };
        foreach (var ended in request.Ended.Skip((int)known))
        {
            state = state.After(ended, inFlight, now);
            inFlight--;
        }

        var round = new GateRound(state, request, before?.LastBegun ?? 0, inFlight, now).LetIn();
        var next = round.State with
        {
            Nodes = others.Append(new NodeShare(
                request.Node, request.InFlight + round.Begun.Count, request.Waiting - round.Begun.Count, request.Next.ElementAtOrDefault(round.Begun.Count),
                round.LastBegun, request.EndsBefore + request.Ended.Count, now)).ToValueList(),
        };
        var hasFreed = before is not null && (before.InFlight > request.InFlight || (before.Waiting > 0 && request.Waiting == 0));
        return (next, new GateGrant(round.Begun, round.AskAfter, (hasFreed || known < request.Ended.Count) && round.OthersMayBegin));
    }

    /// <summary>How a call that ended, with so many in flight, is to be seen.</summary>
    public CallEnd Seen(CallStart call, int tokens, long tokensThrough, int inFlight, TimeSpan now) => new(
        call, tokens, Started, Math.Max(0, TokensStarted - tokensThrough), Math.Max(0, inFlight - 1), inFlight >= Learning.Limit.Value, now);

    // A call from before the state was lost has a number that was not given yet: it would be taken for the newest.
    private SharedGateState After(EndedCall ended, int inFlight, TimeSpan now) => ended.Call.Sequence > Started
        ? this
        : this with { Learning = ended.Learn(Learning, Seen(ended.Call, ended.Tokens, ended.TokensThrough, inFlight, now)) };

    private static SharedGateState New(GateLearning learning, TimeSpan now) => new(learning, now, ValueList.Create<NodeShare>([]));
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, Converters = [typeof(ValueListConverter)])]
[JsonSerializable(typeof(SharedGateState))]
[JsonSerializable(typeof(NodeShare))]
[JsonSerializable(typeof(LatencyCell))]
internal sealed partial class SharedGateJson : JsonSerializerContext;
