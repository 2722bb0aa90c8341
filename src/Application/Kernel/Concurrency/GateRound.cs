using Idp.Domain.Kernel.Concurrency;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// Lets calls of one node begin. Nodes take turns: of those where somebody waits, the one whose last call began first comes first, and what its next call needs is left for it.
/// </summary>
/// <param name="state">The state, without the node that asks.</param>
/// <param name="request">What the node asks for.</param>
/// <param name="lastBegun">The number of its last call.</param>
/// <param name="inFlight">Calls in flight on all nodes.</param>
/// <param name="now">The time of the store.</param>
internal sealed class GateRound(SharedGateState state, GateRequest request, long lastBegun, int inFlight, TimeSpan now)
{
    private readonly List<NodeShare> _waiting =
        [.. state.Nodes.Where(share => share.Waiting > 0 && now - share.SeenAt < SharedGateState.Patience)];

    private readonly List<BegunCall> _begun = [];

    /// <summary>The state with the calls that began.</summary>
    public SharedGateState State { get; private set; } = state;

    /// <summary>Calls that begin now.</summary>
    public IReadOnlyList<BegunCall> Begun => _begun;

    /// <summary>The number of the node's last call.</summary>
    public long LastBegun { get; private set; } = lastBegun;

    /// <summary>When the node is to ask again; null when nobody waits there.</summary>
    public TimeSpan? AskAfter { get; private set; }

    /// <summary>Somebody waits on another node, and may begin as far as the limits go.</summary>
    public bool OthersMayBegin => _waiting.Count > 0 && inFlight < State.Learning.Limit.Value
        && _waiting.Any(share => State.Learning.Pace.WaitFor(share.NextTokens, now) == TimeSpan.Zero);

    /// <summary>Lets in as many as may begin.</summary>
    public GateRound LetIn()
    {
        foreach (var tokens in request.Next)
        {
            var (callsBefore, tokensBefore) = Before();
            if (inFlight + callsBefore >= State.Learning.Limit.Value)
            {
                // Told when a call ends, or when those before have had their turn.
                AskAfter = SharedGateState.AskInterval;
                break;
            }

            var wait = State.Learning.Pace.WaitFor(tokens, now, callsBefore, tokensBefore);
            if (wait > TimeSpan.Zero)
            {
                State = State with { IsHeldByPace = true };
                AskAfter = wait < SharedGateState.AskInterval ? wait : SharedGateState.AskInterval;
                break;
            }

            Begin(tokens);
        }

        var mayMore = inFlight < State.Learning.Limit.Value;
        var isAnybodyWaiting = request.Waiting > _begun.Count || _waiting.Count > 0;
        State = State with { IsHeldByPace = State.IsHeldByPace && isAnybodyWaiting && mayMore };
        if (AskAfter is null && request.Waiting > _begun.Count)
        {
            AskAfter = TimeSpan.Zero;
        }

        return this;
    }

    private void Begin(int tokens)
    {
        inFlight++;
        LastBegun = State.Started + 1;
        var call = new CallStart(LastBegun, inFlight, now);
        State = State with
        {
            Started = LastBegun,
            TokensStarted = State.TokensStarted + tokens,
            Learning = State.Learning.Started(call, tokens, State.IsHeldByPace),
        };
        _begun.Add(new BegunCall(call, State.TokensStarted));
    }

    private (int Calls, long Tokens) Before()
    {
        var (calls, tokens) = (0, 0L);
        foreach (var share in _waiting)
        {
            if (share.LastBegun < LastBegun || (share.LastBegun == LastBegun && string.CompareOrdinal(share.Node, request.Node) < 0))
            {
                calls++;
                tokens += share.NextTokens;
            }
        }

        return (calls, tokens);
    }
}
