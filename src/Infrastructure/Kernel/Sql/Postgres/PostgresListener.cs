using System.Diagnostics.CodeAnalysis;
using Idp.Infrastructure.Kernel.Costs;
using Idp.Infrastructure.Kernel.Work;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Sql.Postgres;

/// <summary>
/// Hears on one connection of its own what other nodes commit, and wakes those in this process who wait for it. While the connection is lost, they look by the
/// clock; when it is back, all are woken once, since notices may have been missed.
/// </summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Listening must outlive whatever happens to a connection; each failure is logged.")]
internal sealed class PostgresListener(
    PostgresDatabase database, WorkSignal work, SettlementSignal money, TimeProvider clock, ILogger<PostgresListener> logger) : IPreparedAtStart, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _listening;
    private bool _isDisposed;

    /// <summary>Completes when notices are heard for the first time.</summary>
    public Task Heard => _heard.Task;

    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            var stopping = _stopping.Token;
            _listening ??= Task.Run(() => ListenAsync(stopping), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Registered under two types, and so disposed twice.
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            await _stopping.CancelAsync();
            await (_listening ?? Task.CompletedTask);
            _stopping.Dispose();
        }
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

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await HearAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.ListeningFailed(exception.Message);
                await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        connection.Notification += (_, notice) => Wake(notice.Payload);
        await using (var command = new NpgsqlCommand($"LISTEN {Notice.Channel}", connection))
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        logger.Listening();
        _heard.TrySetResult();
        Array.ForEach([Notice.Events, Notice.Work, Notice.Money, Notice.Gates], Wake);
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private void Wake(string notice)
    {
        switch (notice)
        {
            case Notice.Events:
                database.Commits.Raise();
                break;
            case Notice.Work:
                work.Raise();
                break;
            case Notice.Money:
                money.Raise();
                break;
            case Notice.Gates:
                database.Gates.Raise();
                break;
        }
    }
}
