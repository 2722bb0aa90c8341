using System.Collections.Concurrent;
using Idp.Application.Documents;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Kernel.Blobs;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>
/// Recognises by LLMWhisperer. Steps of an order: known text → known order → submission (journal → retries → budget → gate → HTTP) → wait → fetch once → store → pages. Texts are kept by
/// the hash of the file, so that the same bytes in two documents are recognised once.
/// </summary>
internal sealed class LlmWhispererRecognition(
    WhisperTransport transport, WhisperGate gate, PaidSubmission submission, WhisperWait wait, WhisperRetries retries, IResultCache cache, IBlobStore store, ILocalBlobs blobs,
    LlmWhispererOptions options, OcrOptions ocr, TimeProvider clock, ILogger<LlmWhispererRecognition> logger) : IDocumentRecognition
{
    /// <summary>Counts changes of what is asked for and of what is kept of an answer.</summary>
    private const string Edition = "1";

    /// <summary>What orders whose texts were removed are marked with: no run, so that every run places a new one.</summary>
    private const string RemovedRun = "removed";

    /// <summary>A text that the service calls ready and then refuses is asked for this often.</summary>
    private const int MostFetches = 3;

    private const int LooksForOthers = 4;
    private static readonly TimeSpan PauseForOthers = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Fingerprint, TaskCompletionSource> _flights = new();

    /// <inheritdoc />
    public ModelIdentity Identity => gate.Identity;

    /// <inheritdoc />
    public string Version => $"{gate.Identity} {ocr.Languages} lines={options.LineBoxes} edition/{Edition}";

    /// <inheritdoc />
    public async Task<Result<ValueList<Page>>> RecognizeAsync(RecognitionOrder order, CallContext context, CancellationToken ct)
    {
        var pages = order.Pages.Count == order.PageCount ? string.Empty : WhisperTextFormat.RangesOf(order.Pages.Select(static page => page.Number));
        var key = Fingerprint.Of(("service", Version), ("input", order.File.Hash.Value), ("pages", pages), ("run", order.FreshRun));
        var delivery = await OneAtATimeAsync(key, () => DeliverAsync(key, pages, order, context, ct), ct);
        if (!delivery.IsSuccess)
        {
            return delivery.Error;
        }

        await submission.CountAsync(context, Identity, ct);
        switch (WhisperTextFormat.PagesOf(delivery.Value, order.Pages))
        {
            case null:
                await submission.LoseAsync([key], context.Run);
                await store.DeleteAsync(EntryOf(order.File.Hash, key), ct);
                return RecognitionErrors.BrokenAnswer();
            case []:
                return RecognitionErrors.PagesUnclear(order.Pages.Count);
            case var read:
                return read;
        }
    }

    /// <inheritdoc />
    public async Task ForgetAsync(ContentHash hash, CancellationToken ct)
    {
        var keys = new List<Fingerprint>();
        await foreach (var entry in store.ListBelowAsync(FolderOf(hash), ct))
        {
            keys.Add(new Fingerprint(Path.GetFileNameWithoutExtension(entry.Value)));
        }

        // First, because an order whose text is gone would look as if it had been lost on its way.
        await submission.LoseAsync(keys, RemovedRun);
        await store.DeleteBelowAsync(FolderOf(hash), ct);
    }

    private static BlobKey FolderOf(ContentHash hash) => BlobKey.Of($"content/whispered/{hash}");

    private static BlobKey EntryOf(ContentHash hash, Fingerprint key) => BlobKey.Of($"{FolderOf(hash)}/{key}.json");

    /// <summary>Who asks for what somebody is asking for waits, and then finds it.</summary>
    private async Task<T> OneAtATimeAsync<T>(Fingerprint key, Func<Task<T>> work, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = _flights.GetOrAdd(key, mine);
            if (first != mine)
            {
                await first.Task.WaitAsync(ct);
                continue;
            }

            try
            {
                return await work();
            }
            finally
            {
                _flights.TryRemove(key, out _);
                mine.SetResult();
            }
        }
    }

    private async Task<Result<WhisperDelivery>> DeliverAsync(Fingerprint key, string pages, RecognitionOrder order, CallContext context, CancellationToken ct)
    {
        var entry = EntryOf(order.File.Hash, key);
        if (await cache.FindAsync(entry, key, WhisperDeliveryJson.Default.WhisperDelivery, ct) is { } known)
        {
            return known;
        }

        var accepted = await FindOrPlaceAsync(key, pages, order, context, ct);
        if (!accepted.IsSuccess)
        {
            return accepted.Error;
        }

        Result<WhisperDelivery>? delivery = null;
        try
        {
            delivery = await FetchAsync(accepted.Value, entry, key, ct);
        }
        finally
        {
            gate.Ended(accepted.Value, isProcessed: false);
        }

        if (delivery.Error == RecognitionErrors.AlreadyDelivered())
        {
            delivery = await FindStoredByOthersAsync(entry, key, ct);
        }

        if (delivery.Error is { } error && RecognitionErrors.LosesOrder(error))
        {
            await submission.LoseAsync([key], context.Run);
            logger.OrderLost(context.Subject, error.Code);
        }
        else if (delivery.IsSuccess)
        {
            logger.TextDelivered(context.Subject, (long)clock.GetElapsedTime(accepted.Value.AcceptedAt).TotalMilliseconds);
        }

        return delivery;
    }

    private async Task<Result<AcceptedOrder>> FindOrPlaceAsync(Fingerprint key, string pages, RecognitionOrder order, CallContext context, CancellationToken ct)
    {
        if (await submission.FindAsync(key, context, ct) is { } hash)
        {
            logger.OrderResumed(context.Subject);
            return new AcceptedOrder(hash, order.Pages.Count, null, clock.GetTimestamp());
        }

        return await submission.PlaceAsync(
            key, Identity, order.Pages.Select(static page => page.Number).ToValueList(), context,
            (tries, token) => retries.SubmitAsync(
                attempt => PaidSubmission.TryAsync(
                    tries,
                    sending => gate.SubmitAsync(
                        context, order.Pages.Count,
                        async leaving =>
                        {
                            await tries.MarkSentAsync(leaving);
                            await using var blob = await blobs.OpenAsync(order.File.Key, leaving);
                            await using var content = new FileStream(blob.Path, new FileStreamOptions { Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
                            return await transport.SubmitAsync(content, pages, leaving);
                        },
                        sending),
                    attempt),
                token),
            ct);
    }

    /// <summary>Another node may have fetched the text for another document of the same bytes, and be about to store it.</summary>
    private async Task<Result<WhisperDelivery>> FindStoredByOthersAsync(BlobKey entry, Fingerprint key, CancellationToken ct)
    {
        for (var look = 0; look < LooksForOthers; look++)
        {
            if (await cache.FindAsync(entry, key, WhisperDeliveryJson.Default.WhisperDelivery, ct) is { } stored)
            {
                return stored;
            }

            await Task.Delay(PauseForOthers, clock, ct);
        }

        return RecognitionErrors.AlreadyDelivered();
    }

    private async Task<Result<WhisperDelivery>> FetchAsync(AcceptedOrder order, BlobKey entry, Fingerprint key, CancellationToken ct)
    {
        if (order.Permit is not null)
        {
            await wait.BeforeFirstLookAsync(ct);
        }

        for (var fetch = 1; ; fetch++)
        {
            if (await wait.UntilProcessedAsync(order.Hash, order.AcceptedAt, ct) is { Error: { } error })
            {
                return error;
            }

            gate.Ended(order, isProcessed: true);

            // Before the text, so that nothing stands between the text and the store. Lines without heights are read all the same.
            var lines = options.LineBoxes ? await retries.AskAsync(token => transport.HighlightsAsync(order.Hash, token), ct) : null;

            // Not cancellable: who asks for the text takes it from everybody else.
            var text = await retries.AskAsync(token => transport.RetrieveAsync(order.Hash, token), CancellationToken.None);
            if (text.IsSuccess)
            {
                var delivery = new WhisperDelivery(text.Value, options.LineBoxes, lines?.Value);
                await cache.StoreAsync(entry, key, delivery, WhisperDeliveryJson.Default.WhisperDelivery, CancellationToken.None);
                return delivery;
            }

            // A refusal without words may mean "not ready" as well as "delivered before": the status tells.
            if (fetch == MostFetches || text.Error.Kind is not (ErrorKind.Unavailable or ErrorKind.Rejected) || RecognitionErrors.LosesOrder(text.Error))
            {
                return text.Error;
            }
        }
    }
}
