using System.Globalization;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>
/// Makes one document searchable: reads its pages, cleans them, sums them up, divides them and puts the chunks into the index. Work of its own, with a status of its own: the document is
/// completed without it. After a crash it starts over and finds its cleaned pages in the cache. Where a provider of embeddings is set, <see cref="ChunkEmbedding"/> goes on from there.
/// </summary>
internal sealed class KnowledgePipeline(
    IDocumentRuns documents, IPages pages, IKnowledgeRepository knowledge, IChunkIndex index, IVectorIndex vectors, IResultCache cache, IWorkQueue queue, RetrievalOptions options,
    TimeProvider clock, ILogger<KnowledgePipeline> logger, PageCleaning cleaning, ITextEmbedding? embedding = null) : IWorkHandler
{
    /// <summary>Raised when this code changes what it makes of the same pages.</summary>
    private const string CodeVersion = "1";

    private const int MaximumAttempts = 4;

    /// <summary>Progress is not written more often than this: the store has more urgent things to write.</summary>
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(500);

    private readonly IPages _pages = pages;
    private readonly IKnowledgeRepository _knowledge = knowledge;
    private readonly IChunkIndex _index = index;
    private readonly IVectorIndex _vectors = vectors;
    private readonly ITextEmbedding? _embedding = embedding;
    private readonly PageCleaning _cleaning = cleaning;
    private readonly IResultCache _cache = cache;
    private readonly IWorkQueue _queue = queue;
    private readonly RetrievalOptions _options = options;
    private readonly TimeProvider _clock = clock;
    private readonly ILogger<KnowledgePipeline> _logger = logger;

    public bool Handles(WorkItem item) => item.Step == KnowledgeWork.Step;

    /// <summary>Stands for this code and the settings that decide what it makes of the same pages.</summary>
    public static string MethodOf(RetrievalOptions options) => string.Create(CultureInfo.InvariantCulture, $"{CodeVersion}/{options.ChunkTokens}/{options.ChunkOverlapTokens}");

    public async Task HandleAsync(WorkItem item, CancellationToken ct)
    {
        if (await documents.FindAsync(StrongId.Parse<KnowledgeId>(item.Subject).Document, ct) is not { } document)
        {
            await _queue.CompleteAsync(item.Id, ct);
            return;
        }

        var run = new Run(this, document, item);
        try
        {
            await run.ExecuteAsync(ct);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            // A bug that one document meets must not keep the others waiting; the log has the stack trace.
            _logger.StepCrashed(document.Id, run.Step, item.Attempts + 1, exception);
            await run.GiveUpAsync(ct);
        }
    }

    /// <summary>One document on its way.</summary>
    private sealed class Run(KnowledgePipeline pipeline, Document document, WorkItem item)
    {
        private readonly long _startedAt = pipeline._clock.GetTimestamp();
        private DocumentKnowledge _state = DocumentKnowledge.Begin(document.Id, pipeline._clock.GetUtcNow(), pipeline._embedding is not null) with { Method = MethodOf(pipeline._options) };
        private readonly List<NewEvent> _untold = [];
        private DateTimeOffset _writtenAt;
        private int _isTelling;

        public string Step => _state.CurrentStep;

        private DateTimeOffset Now => pipeline._clock.GetUtcNow();

        public async Task ExecuteAsync(CancellationToken ct)
        {
            var known = await pipeline._knowledge.FindAsync(document.Id, ct);
            _state = _state with { Summary = known?.Summary, Chunks = known?.Chunks ?? 0 };
            if (pipeline._options.HasCleaningByModel && (!document.IsTerminal || item.Pool != KnowledgePool.Summary))
            {
                // The document's data goes first where money is short, and calls keep nobody waiting in a pool of their own. What is known already stays known.
                await SettleAsync(await pipeline._knowledge.HandOnAsync(known ?? _state, [], item.Id, KnowledgeWork.Later(item, pipeline._clock) with { Pool = KnowledgePool.Summary }, ct), ct);
                return;
            }

            await BeginAsync(KnowledgeSteps.Parsing, ct);
            var read = await pipeline._pages.ReadAllAsync(document, ct);
            if (IsTextGone(read))
            {
                // What can be found of it stays so; pages that are not there any more would leave less.
                await FinishAsync(_state.WithFailure(RetrievalErrors.TextGone(), Now), ct);
                return;
            }

            var fingerprint = FingerprintOf(read);
            if (known is { Status: KnowledgeStatus.Completed } && known.Fingerprint == fingerprint.Value)
            {
                pipeline._logger.NothingChanged(document.Id);
                known = known with { Method = _state.Method };
                var same = await LacksVectorsAsync(known, ct) ? known.WithVectorsAhead(known.Fingerprint, known.Summary, known.Chunks, Now) : known;
                await EndAsync(same, wantsSummary: known.Chunks > 0 && known.Summary is not { Source: SummarySource.Model }, ct);
                return;
            }

            await BeginAsync(KnowledgeSteps.Cleaning, ct);
            var cleaned = await pipeline._cache.GetOrCreateAsync(
                KnowledgeWork.CleanedText(document.Id), fingerprint, CleanedTextJson.Default.CleanedText, async token => new CleanedText(await CleanAsync(read, token)), ct);
            var clean = pipeline._options.HasCleaningByModel ? await pipeline._cleaning.CleanAsync(document, cleaned.Value!.Pages, ct) : cleaned.Value!.Pages;

            await BeginAsync(KnowledgeSteps.Summary, ct);
            var summary = DocumentSummary.Of(clean);

            await BeginAsync(KnowledgeSteps.Chunking, ct);
            var chunks = Chunker.Divide(clean, pipeline._options.Chunks)
                .Select(chunk => new IndexedChunk(StrongId.New<ChunkId>(pipeline._clock), document.Id, document.FileName, chunk)).ToValueList();

            await BeginAsync(KnowledgeSteps.Indexing, ct);
            if (!await pipeline._index.ReplaceAsync(document.Id, chunks, ct))
            {
                await LoseAsync(ct);
                return;
            }

            var indexed = _state.WithStepCompleted(KnowledgeSteps.Indexing, Now);
            var made = pipeline._embedding is not null && chunks.Count > 0
                ? indexed.WithVectorsAhead(fingerprint.Value, summary, chunks.Count, Now)
                : indexed.WithoutVectors(Now).WithCompletion(fingerprint.Value, summary, chunks.Count, Now);
            if (await EndAsync(made, wantsSummary: chunks.Count > 0, ct))
            {
                pipeline._logger.DocumentIndexed(document.Id, clean.Count, chunks.Count, (long)pipeline._clock.GetElapsedTime(_startedAt).TotalMilliseconds);
            }
        }

        /// <summary>Tries again later, and after some times no more.</summary>
        public async Task GiveUpAsync(CancellationToken ct)
        {
            if (item.Attempts + 1 < MaximumAttempts)
            {
                await pipeline._queue.RetryLaterAsync(item.Id, TimeSpan.FromSeconds(Math.Pow(2, item.Attempts)), ct);
                return;
            }

            await FinishAsync(_state.WithFailure(RetrievalErrors.StepCrashed(Step), Now), ct);
        }

        /// <summary>True when pages were read once and are not there any more, and nobody is about to read them.</summary>
        private bool IsTextGone(ValueList<Page> read) => document.IsTerminal
            && read.Count < (document.TotalPages ?? 0) - document.Problems.Where(static problem => problem.Stage == StageNames.OcrExtraction).Select(static problem => problem.Page).OfType<int>().Distinct().Count();

        /// <summary>The pages' words decide, not the file: a forced run reads them anew, and a page that failed once may be there the next time.</summary>
        private Fingerprint FingerprintOf(ValueList<Page> read) => Fingerprint.Of(
        [
            ("code", pipeline._options.HasCleaningByModel ? $"{CodeVersion} and a model" : CodeVersion), ("name", document.FileName),
            ("chunks", string.Create(CultureInfo.InvariantCulture, $"{pipeline._options.ChunkTokens}/{pipeline._options.ChunkOverlapTokens}")),
            .. read.Select(static page => ("page", string.Create(CultureInfo.InvariantCulture, $"{page.Number} {page.Words.Count} {page.Text}"))),
        ]);

        private async Task<ValueList<CleanedPage>> CleanAsync(ValueList<Page> read, CancellationToken ct)
        {
            var context = CleaningContext.Of(read);
            var done = 0;
            var cleaned = await Bounded.MapAsync(
                read, pipeline._options.PagesAtOnce,
                async (page, token) =>
                {
                    var clean = PageCleaner.Clean(page, context);
                    if (Interlocked.Increment(ref done) is var count && count % 50 == 0)
                    {
                        // Others want the processor too; a page takes milliseconds.
                        await Task.Yield();
                        token.ThrowIfCancellationRequested();
                        await TellCleanedAsync(100 * count / read.Count, token);
                    }

                    return clean;
                },
                ct);
            return cleaned.ToValueList();
        }

        /// <summary>Ends the step before and begins the next.</summary>
        private Task BeginAsync(string step, CancellationToken ct)
        {
            var before = _state.CurrentStep;
            _state = (before == step ? _state : _state.WithStepCompleted(before, Now)).WithStepStarted(step, Now);
            _untold.Add(KnowledgeEvents.Of(_state));
            return WriteAsync(ct);
        }

        /// <summary>Says how far cleaning is, unless it was said a moment ago or is being said.</summary>
        private async Task TellCleanedAsync(int percent, CancellationToken ct)
        {
            if (Now - _writtenAt >= WriteInterval && Interlocked.Exchange(ref _isTelling, 1) == 0)
            {
                _state = _state.WithProgress(KnowledgeSteps.Cleaning, percent, Now);
                _untold.Add(KnowledgeEvents.Of(_state));
                await WriteAsync(ct);
                Volatile.Write(ref _isTelling, 0);
            }
        }

        /// <summary>What is written says how far the work is; nothing depends on it. Steps that take no time are told together with the next that does.</summary>
        private async Task WriteAsync(CancellationToken ct)
        {
            if (Now - _writtenAt >= WriteInterval)
            {
                _writtenAt = Now;
                await pipeline._knowledge.SaveAsync(_state, TakeUntold(), finishedWork: null, ct);
            }
        }

        private NewEvent[] TakeUntold(params ReadOnlySpan<NewEvent> further)
        {
            NewEvent[] told = [.. _untold, .. further];
            _untold.Clear();
            return told;
        }

        private async Task<bool> LacksVectorsAsync(DocumentKnowledge known, CancellationToken ct) =>
            pipeline._embedding is { } embedding && known.Chunks > 0 && !await pipeline._vectors.HasAsync(document.Id, embedding.Space, ct);

        /// <summary>Ends this part of the work, and begins what others go on with: vectors first, since they help to find the document, then the model's summary.</summary>
        private Task<bool> EndAsync(DocumentKnowledge made, bool wantsSummary, CancellationToken ct)
        {
            var state = wantsSummary && pipeline._options.HasSummaryByModel ? made.WithSummaryAhead(Now) : made;
            return made.Status == KnowledgeStatus.Processing ? HandOnAsync(state, KnowledgeWork.Embedding(document.Id, pipeline._clock), ct)
                : state.HasSummaryAhead ? HandOnAsync(state, KnowledgeWork.Summary(document.Id, pipeline._clock), ct)
                : FinishAsync(state, ct);
        }

        private async Task<bool> HandOnAsync(DocumentKnowledge state, WorkItem next, CancellationToken ct) =>
            await SettleAsync(await pipeline._knowledge.HandOnAsync(state, TakeUntold(KnowledgeEvents.Of(state)), item.Id, next, ct), ct);

        private async Task<bool> FinishAsync(DocumentKnowledge state, CancellationToken ct) =>
            await SettleAsync(await pipeline._knowledge.SaveAsync(state, TakeUntold(KnowledgeEvents.Of(state)), item.Id, ct), ct);

        private async Task<bool> SettleAsync(bool isStored, CancellationToken ct)
        {
            if (!isStored)
            {
                await LoseAsync(ct);
            }

            return isStored;
        }

        /// <summary>The document is gone, or another node has the work: neither needs anything more of this one.</summary>
        private async Task LoseAsync(CancellationToken ct)
        {
            pipeline._logger.WorkLost(document.Id);
            await pipeline._queue.CompleteAsync(item.Id, ct);
        }
    }
}
