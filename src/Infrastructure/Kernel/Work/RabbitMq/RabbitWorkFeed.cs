using System.Diagnostics.CodeAnalysis;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Work;
using Idp.Infrastructure.Kernel.Processes;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>
/// Keeps the connection to the broker: publishes work that is due, receives invitations once this node wants them, and finds messages that were lost. While the
/// broker is away, work that is due stays due, and this node's workers look for themselves.
/// </summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The feed must outlive whatever happens to a connection; each failure is logged.")]
internal sealed class RabbitWorkFeed(
    QueueOptions options,
    WorkOutbox outbox,
    WorkInvitations invitations,
    WorkerLoopSettings workers,
    WorkSignal signal,
    ProcessIdentity node,
    TimeProvider clock,
    ILogger<RabbitWorkFeed> logger) : IPreparedAtStart, IAsyncDisposable, IDisposable
{
    // Delays run out and leases end without a signal.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly RabbitTarget _target = RabbitTarget.TryParse(options.Uri) ?? throw new SetupException("QUEUE__URI names no broker.");
    private readonly CancellationTokenSource _stopping = new();
    private Task? _feeding;
    private bool _isPrepared;
    private bool _isAway;
    private bool _isDisposed;

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken ct)
    {
        if (!Interlocked.Exchange(ref _isPrepared, true))
        {
            var first = await OpenFirstAsync(ct);
            var stopping = _stopping.Token;
            _feeding = Task.Run(() => FeedAsync(first, stopping), CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Registered under two types, and so disposed twice.
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            await _stopping.CancelAsync();
            await (_feeding ?? Task.CompletedTask);
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

    /// <summary>A broker that refuses this node is a fault of the set-up; one that is away is not.</summary>
    private async Task<RabbitSession?> OpenFirstAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (RabbitFailures.AtStart(_target.Name, exception) is { } fault)
            {
                throw fault;
            }

            NoteAway(exception);
            return null;
        }
    }

    private Task<RabbitSession> OpenAsync(CancellationToken ct) => RabbitSession.OpenAsync(_target, options.Name, $"idp {node}", clock, logger, ct);

    private async Task FeedAsync(RabbitSession? first, CancellationToken stopping)
    {
        var next = first;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var session = next ?? await OpenAsync(stopping);
                next = null;
                await ServeAsync(session, stopping);
            }
            catch (Exception exception)
            {
                if (!stopping.IsCancellationRequested)
                {
                    NoteAway(exception);
                }
            }

            invitations.Close();
            await signal.WaitAsync(LookInterval, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            invitations.Wake();
        }
    }

    private async Task ServeAsync(RabbitSession session, CancellationToken ct)
    {
        long? swept = null;
        _isAway = false;
        logger.BrokerConnected(_target.Name);
        while (true)
        {
            if (invitations.AreWanted && !session.IsConsuming)
            {
                await session.ConsumeAsync(invitations.Receive, workers.MaxConcurrent, ct);
                invitations.Open();
            }

            try
            {
                if (swept is null || clock.GetElapsedTime(swept.Value) >= SweepInterval)
                {
                    await SweepAsync(session, ct);
                    swept = clock.GetTimestamp();
                }

                while (await outbox.PublishDueAsync(messages => session.PublishAsync(messages, ct), ct) == WorkOutbox.MostAtOnce)
                {
                    // There may be more.
                }
            }
            catch (Exception exception) when (exception is StoreUnavailableException or NpgsqlException)
            {
                // The database is away, not the broker.
                logger.PublishingFailed(exception.Message);
            }

            await WaitAsync(session, ct);
        }
    }

    private async Task SweepAsync(RabbitSession session, CancellationToken ct)
    {
        var missing = await outbox.AnnounceMissingAsync(await session.CountWaitingAsync(ct), ct);
        if (missing > 0)
        {
            logger.MessagesMissing(missing);
        }
    }

    private async Task WaitAsync(RabbitSession session, CancellationToken ct)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var waiting = signal.WaitAsync(LookInterval, turn.Token);
        if (await Task.WhenAny(waiting, session.Ended) == waiting)
        {
            await waiting;
            return;
        }

        await turn.CancelAsync();
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new IOException(await session.Ended);
    }

    /// <summary>Says once that the broker is away, and not with every attempt.</summary>
    private void NoteAway(Exception exception)
    {
        if (!_isAway)
        {
            _isAway = true;
            logger.BrokerAway(_target.Name, exception.Message);
        }
    }
}
