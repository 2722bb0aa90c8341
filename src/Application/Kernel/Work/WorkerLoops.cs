namespace Idp.Application.Kernel.Work;

/// <summary>The loops of all pools of this process.</summary>
/// <param name="all">One for each pool.</param>
public sealed class WorkerLoops(IReadOnlyList<WorkerLoop> all)
{
    /// <summary>Takes work of every pool until cancelled; work in hand is then given back untried.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(all.Select(loop => loop.RunAsync(ct)));
}
