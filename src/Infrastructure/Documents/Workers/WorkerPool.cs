using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Tesseract;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Child processes that open untrusted files, kept warm from page to page; started when there is work, replaced when they are lost.</summary>
public sealed class WorkerPool : IPageWorkers, IAsyncDisposable
{
    private readonly WorkerOptions _options;
    private readonly WorkerSettings _settings;
    private readonly int _pageTimeoutSeconds;
    private readonly TimeProvider _clock;
    private readonly ILogger<WorkerPool> _logger;
    private readonly WorkerPlaces _places;
    private readonly ConcurrentStack<WorkerClient> _warm = new();
    private readonly ConcurrentDictionary<WorkerClient, byte> _running = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Meter _meter;
    private int _busy;
    private int _restarts;
    private int _generation;
    private int _disposed;

    /// <summary>Makes a pool; no process is started yet.</summary>
    public WorkerPool(WorkerOptions options, OcrOptions ocr, LimitOptions limits, TimeProvider clock, ILogger<WorkerPool> logger)
    {
        (_options, _clock, _logger, _pageTimeoutSeconds) = (options, clock, logger, limits.PageTimeoutSeconds);
        _settings = new WorkerSettings(limits.WorkerMemoryBytes, limits.MaxPagePixels, limits.MaxPages, ocr.Languages, ocr.Dpi);
        _places = new WorkerPlaces(options.PixmapParallelWorkers);
        _meter = WorkerMetrics.Observe(() => Status);
    }

    /// <inheritdoc />
    public PageWorkerStatus Status => new(
        _options.PixmapParallelWorkers, _running.Keys.Count(IsAlive), Volatile.Read(ref _busy), Volatile.Read(ref _restarts));

    /// <summary>Process ids of the workers that live.</summary>
    internal IReadOnlyList<int> ProcessIds => [.. _running.Keys.Where(IsAlive).Select(static worker => worker.ProcessId)];

    /// <summary>
    /// Has a worker do one thing, within the time for one page. A worker that is lost is replaced and the thing tried once more; one that takes
    /// too long is ended, and that is the answer, because the time for the page is used up.
    /// </summary>
    /// <param name="talk">Asks and listens; may be called twice.</param>
    /// <param name="urgency">Who waits for it.</param>
    /// <param name="ct">Cancels; the worker is ended with its tools.</param>
    internal async Task<Result<T>> RunAsync<T>(Func<WorkerClient, CancellationToken, Task<Result<T>>> talk, WorkerUrgency urgency, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);
        await _places.TakeAsync(urgency, either.Token);
        Interlocked.Increment(ref _busy);
        try
        {
            return await TryTwiceAsync(talk, either.Token);
        }
        catch (WorkerStartException exception)
        {
            _logger.WorkerDoesNotStart(exception.Message);
            return DocumentErrors.WorkerUnavailable(exception.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
            _places.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Registered under two types, it is given to the container twice and disposed twice.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _meter.Dispose();
        await _closing.CancelAsync();
        foreach (var worker in _running.Keys)
        {
            await EndAsync(worker);
        }

        // All calls have ended when all places are free.
        for (var place = 0; place < _options.PixmapParallelWorkers; place++)
        {
            await _places.TakeAsync(WorkerUrgency.Background, CancellationToken.None);
        }

        _closing.Dispose();
    }

    /// <inheritdoc />
    public async Task RestartAsync(CancellationToken ct)
    {
        // Workers of an older generation are not taken back when their page is done.
        Interlocked.Increment(ref _generation);
        while (_warm.TryPop(out var idle))
        {
            ct.ThrowIfCancellationRequested();
            await EndAsync(idle);
        }
    }

    private async Task<Result<T>> TryTwiceAsync<T>(Func<WorkerClient, CancellationToken, Task<Result<T>>> talk, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_pageTimeoutSeconds), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        for (var isRetry = false; ; isRetry = true)
        {
            var generation = Volatile.Read(ref _generation);
            var worker = await TakeWorkerAsync(ct);
            try
            {
                Result<T> result;
                await using (either.Token.Register(worker.Kill))
                {
                    result = await talk(worker, either.Token);
                }

                await TakeBackAsync(worker, generation);
                return result;
            }
            catch (Exception exception) when (WorkerClient.IsLoss(exception) || exception is OperationCanceledException)
            {
                await EndAsync(worker);
                ct.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _restarts);
                _logger.WorkerLost(worker.RanOutOfMemory, limit.IsCancellationRequested);
                if (limit.IsCancellationRequested)
                {
                    return DocumentErrors.PageTooSlow(_pageTimeoutSeconds);
                }

                if (isRetry)
                {
                    return worker.RanOutOfMemory
                        ? DocumentErrors.PageOutOfMemory(_settings.MemoryBytes)
                        : DocumentErrors.PageCrashesReader();
                }
            }
            catch
            {
                // Something else than the worker failed in the middle of a conversation, which cannot be taken up again.
                await EndAsync(worker);
                throw;
            }
        }
    }

    private async Task<WorkerClient> TakeWorkerAsync(CancellationToken ct)
    {
        while (_warm.TryPop(out var warm))
        {
            if (IsAlive(warm))
            {
                return warm;
            }

            await EndAsync(warm);
        }

        var worker = await WorkerClient.StartAsync(_options, _settings, _clock, ct);
        _running.TryAdd(worker, 0);
        return worker;
    }

    private async Task TakeBackAsync(WorkerClient worker, int generation)
    {
        if (generation == Volatile.Read(ref _generation))
        {
            _warm.Push(worker);
        }
        else
        {
            await EndAsync(worker);
        }
    }

    private async Task EndAsync(WorkerClient worker)
    {
        if (_running.TryRemove(worker, out _))
        {
            await worker.WaitForEndAsync(_clock);
            worker.Dispose();
        }
    }

    private static bool IsAlive(WorkerClient worker)
    {
        try
        {
            return worker.IsAlive;
        }
        catch (InvalidOperationException)
        {
            // Disposed between being listed and being asked.
            return false;
        }
    }
}
