using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel.Concurrency;

/// <summary>How a run through a provider went.</summary>
/// <param name="Wall">From the first call to the last answer.</param>
/// <param name="Rejected">Calls rejected.</param>
/// <param name="RejectedAfterWarmUp">Of these, after a quarter of the calls had been answered.</param>
/// <param name="RejectedLate">Of these, after a quarter of the calls had been answered, and a hundred more and a second after the first rejection.</param>
/// <param name="LimitAtEnd">The limit when the last calls were in flight; the fixed limit without a gate.</param>
/// <param name="MostInFlight">The most calls in flight at once.</param>
public sealed record RunOutcome(TimeSpan Wall, int Rejected, int RejectedAfterWarmUp, int RejectedLate, int LimitAtEnd, int MostInFlight);

/// <summary>Runs a number of calls through a simulated provider in virtual time, all of them asked for at once.</summary>
public static class GateSimulation
{
    public static readonly IReadOnlyList<int> FixedLimits = [1, 2, 4, 8, 16, 32, 64, 128];

    private const int Seed = 20261122;

    /// <summary>With a gate in front.</summary>
    public static RunOutcome WithGate(ProviderBehaviour behaviour, int calls, GateOptions? options = null, int seed = Seed)
    {
        var time = new VirtualTime();
        using var gate = new AdaptiveGate(options ?? new GateOptions(), time);
        return Run(behaviour, calls, time, [gate], seed);
    }

    /// <summary>With several nodes that share a gate and have the same number of calls each.</summary>
    public static RunOutcome WithNodes(int nodes, ProviderBehaviour behaviour, int calls, GateOptions? options = null, int seed = Seed)
    {
        var time = new VirtualTime();
        var shared = new InMemorySharedGates(time);
        var key = new ProviderGateKey("https://models.example", "ab12", "small");
        var gates = Enumerable.Range(1, nodes)
            .Select(node => new SharedGate(key, options ?? new GateOptions(), shared.At(FormattableString.Invariant($"node{node}")), time))
            .ToList();
        var outcome = Run(behaviour, calls, time, gates, seed);
        gates.ForEach(static gate => gate.Dispose());
        return outcome;
    }

    private static RunOutcome Run(ProviderBehaviour behaviour, int calls, VirtualTime time, IReadOnlyList<CallGate> gates, int seed)
    {
        var provider = new SimulatedProvider(time, behaviour, seed);
        var lines = gates.Select(static _ => new Queue<Task<GatePermit>>()).ToList();
        (int Answered, TimeSpan At)? first = null;
        var (answered, rejected, warm, late, most, limit) = (0, 0, 0, 0, 0, 0);
        for (var call = 0; call < calls; call++)
        {
            Enter(call % gates.Count);
        }

        do
        {
            for (var node = 0; node < gates.Count; node++)
            {
                while (lines[node].TryPeek(out var next) && next.IsCompleted)
                {
                    Send(node, lines[node].Dequeue().Result);
                }
            }
        }
        while (answered < calls && time.Step());

        answered.ShouldBe(calls, "every call must be answered in the end");
        return new RunOutcome(time.Elapsed, rejected, warm, late, limit, most);

        void Enter(int node) => lines[node].Enqueue(gates[node].EnterAsync(Priority.Normal, 0, CancellationToken.None));

        void Send(int node, GatePermit permit)
        {
            var sent = time.Elapsed;
            most = Math.Max(most, gates.Sum(static gate => gate.Status.InFlight));
            limit = gates[node].Status.Limit;
            provider.Call(reply =>
            {
                if (reply.IsAnswer)
                {
                    answered++;
                    permit.Succeeded(time.Elapsed - sent, 0, reply.Limits);
                    return;
                }

                rejected++;
                first ??= (answered, time.Elapsed);
                warm += answered * 4 > calls ? 1 : 0;
                late += answered * 4 > calls && answered > first.Value.Answered + 100 && time.Elapsed > first.Value.At + TimeSpan.FromSeconds(1) ? 1 : 0;
                permit.RateLimited(reply.RetryAfter, reply.Limits);
                Enter(node);
            });
        }
    }

    /// <summary>With a fixed number of workers, each of which waits as long as it is asked to before it tries again.</summary>
    public static RunOutcome WithFixedLimit(ProviderBehaviour behaviour, int calls, int limit, int seed = Seed)
    {
        var time = new VirtualTime();
        var provider = new SimulatedProvider(time, behaviour, seed);
        var (begun, answered, rejected, late) = (0, 0, 0, 0);
        for (var worker = 0; worker < limit; worker++)
        {
            Next();
        }

        while (answered < calls && time.Step())
        {
        }

        answered.ShouldBe(calls);
        return new RunOutcome(time.Elapsed, rejected, late, late, limit, limit);

        void Next()
        {
            if (begun < calls)
            {
                begun++;
                Try();
            }
        }

        void Try() => provider.Call(reply =>
        {
            if (reply.IsAnswer)
            {
                answered++;
                Next();
                return;
            }

            rejected++;
            late += answered * 4 > calls ? 1 : 0;
            time.After(reply.RetryAfter ?? TimeSpan.FromSeconds(1), Try);
        });
    }

    /// <summary>The fixed limit that is done first.</summary>
    public static RunOutcome BestFixed(ProviderBehaviour behaviour, int calls, int seed) =>
        FixedLimits.Select(limit => WithFixedLimit(behaviour, calls, limit, seed)).MinBy(static outcome => outcome.Wall)!;
}
