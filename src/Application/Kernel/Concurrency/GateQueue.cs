using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Application.Kernel.Concurrency;

/// <summary>A caller in line.</summary>
internal sealed class GateWaiter(Priority priority, int tokens, DateTimeOffset since)
{
    // Continuations run elsewhere: the gate may be inside its lock's caller when it lets somebody in.
    private readonly TaskCompletionSource<GatePermit> _entry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Priority Priority => priority;

    public int Tokens => tokens;

    public DateTimeOffset OrderingTime { get; } = Ageing.OrderingTime(priority, since);

    public LinkedListNode<GateWaiter>? Node { get; set; }

    public CancellationTokenRegistration Cancellation { get; set; }

    public Task<GatePermit> Entry => _entry.Task;

    public void LetIn(GatePermit permit)
    {
        Cancellation.Unregister();
        _entry.SetResult(permit);
    }

    public void TurnAway(CancellationToken ct) => _entry.SetCanceled(ct);
}

/// <summary>Callers in line: first come, first served inside a priority; among the first of each, waiting makes up for priority.</summary>
internal sealed class GateQueue
{
    private readonly LinkedList<GateWaiter>[] _lines = [.. Enum.GetValues<Priority>().Select(static _ => new LinkedList<GateWaiter>())];

    public int Count => _lines.Sum(static line => line.Count);

    public ValueList<int> CountByPriority => _lines.Select(static line => line.Count).ToValueList();

    public GateWaiter? First => _lines.Select(static line => line.First?.Value).OfType<GateWaiter>().MinBy(static waiter => waiter.OrderingTime);

    /// <summary>Who is next, in order, and at most so many; nobody leaves the line.</summary>
    public IReadOnlyList<GateWaiter> Next(int most)
    {
        var heads = _lines.Select(static line => line.First).ToArray();
        var next = new List<GateWaiter>(Math.Min(most, Count));
        while (next.Count < most && heads.OfType<LinkedListNode<GateWaiter>>().MinBy(static node => node.Value.OrderingTime) is { } first)
        {
            next.Add(first.Value);
            heads[(int)first.Value.Priority] = first.Next;
        }

        return next;
    }

    public void Add(GateWaiter waiter) => waiter.Node = _lines[(int)waiter.Priority].AddLast(waiter);

    /// <summary>Takes a caller out of the line; false when it no longer stands there.</summary>
    public bool Remove(GateWaiter waiter)
    {
        if (waiter.Node is not { } node)
        {
            return false;
        }

        _lines[(int)waiter.Priority].Remove(node);
        waiter.Node = null;
        return true;
    }
}
