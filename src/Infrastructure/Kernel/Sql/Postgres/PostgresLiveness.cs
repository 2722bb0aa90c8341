using System.Diagnostics.CodeAnalysis;
using Idp.Infrastructure.Kernel.Processes;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>
/// Tells the other nodes that this process lives, so that they leave alone what it has under way, and settle it when it is gone. A process that ends in good order
/// says so itself.
/// </summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The next beat may succeed; each failure is logged.")]
internal sealed class PostgresLiveness(PostgresDatabase database, ProcessIdentity node, TimeProvider clock, ILogger<PostgresLiveness> logger)
    : IPreparedAtStart, IAsyncDisposable, IDisposable
{
    /// <summary>Longer than a server or a network is usually away.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task? _beating;
    private bool _isDisposed;

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct)
    {
        await BeatAsync(Life, ct);
        lock (_gate)
        {
            var stopping = _stopping.Token;
            _beating ??= Task.Run(() => KeepBeatingAsync(stopping), CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Registered under two types, and so disposed twice.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stopping.CancelAsync();
        if (_beating is { } beating)
        {
            await beating;
            await TryBeatAsync(TimeSpan.Zero, CancellationToken.None);
        }

        _stopping.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task KeepBeatingAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TryBeatAsync(Life, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    private async Task TryBeatAsync(TimeSpan life, CancellationToken ct)
    {
        try
        {
            await BeatAsync(life, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.BeatFailed(exception.Message);
        }
    }

    private Task<bool> BeatAsync(TimeSpan life, CancellationToken ct) => database.TryCommitAsync(
        async transaction =>
        {
            var now = clock.GetUtcNow();
            await NodeRows.BeatAsync(transaction, node, now + life);
            await NodeRows.ForgetAsync(transaction, now - Remembered);
            return true;
        },
        ct);
}
