namespace Idp.Application.Kernel.Concurrency;

/// <summary>
/// Runs long computations a few at a time, so that what must be quick (a paid reply that is to become durable, a cancellation, an answer over HTTP) never waits
/// behind the rules of twenty documents for a thread.
/// </summary>
/// <param name="atOnce">Computations at the same time; as many as there are processors is a good number.</param>
public sealed class Computation(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _places = new(atOnce, atOnce);

    /// <summary>Runs a computation that neither waits for anything nor reads or writes anything.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled before it began.</exception>
    public async Task<T> RunAsync<T>(Func<T> compute, CancellationToken ct)
    {
        await _places.WaitAsync(ct);
        try
        {
            return await Task.Run(compute, ct);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();
}
