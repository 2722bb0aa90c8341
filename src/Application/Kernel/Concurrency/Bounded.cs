namespace Idp.Application.Kernel.Concurrency;

/// <summary>Runs asynchronous work under a stated bound, never one that depends on the number of cores.</summary>
public static class Bounded
{
    /// <summary>Maps every item with at most <paramref name="maxConcurrency"/> in flight; results keep the items' order.</summary>
    /// <remarks>The first exception cancels the calls in flight and is rethrown; expected failures belong in <typeparamref name="TOut"/>.</remarks>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static async Task<TOut[]> MapAsync<TIn, TOut>(
        IReadOnlyList<TIn> items, int maxConcurrency, Func<TIn, CancellationToken, Task<TOut>> map, CancellationToken ct)
    {
        var results = new TOut[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxConcurrency, CancellationToken = ct };
        await Parallel.ForAsync(0, items.Count, options, async (index, token) => results[index] = await map(items[index], token));
        return results;
    }
}
