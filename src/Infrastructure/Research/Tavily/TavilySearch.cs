using System.Collections.Concurrent;
using System.Globalization;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Research.Tavily;

/// <summary>
/// Searches by Tavily. Steps, outermost first: cache and single flight → journal (intent before, cost after) → retries → budget (each try reserves what it may cost) → gate → HTTP. What was
/// found is in the cache before the journal calls the search answered, so that an answered search is never made again; a crash between the two counts it as paid.
/// </summary>
internal sealed class TavilySearch(
    TavilyTransport transport, TavilyGate gate, ProviderRetries<WebAnswer> retries, IResultCache cache, ICallJournal journal, CallsElsewhere elsewhere, ICostLedger ledger, TavilyOptions options, TimeProvider clock,
    ILogger<TavilySearch> logger) : IWebSearch
{
    private const string TaskName = "web_search";
    private const string CancelledCode = "search.cancelled";

    /// <summary>Counts changes of what is kept of an answer.</summary>
    private const string Edition = "1";

    private readonly ConcurrentDictionary<Fingerprint, TaskCompletionSource> _flights = new();

    /// <inheritdoc />
    public ModelIdentity Identity => gate.Identity;

    /// <inheritdoc />
    public async Task<Result<WebAnswer>> SearchAsync(WebQuestion question, CallContext context, CancellationToken ct)
    {
        var key = Fingerprint.Of(
            ("edition", Edition), ("endpoint", Identity.Endpoint), ("query", question.Text), ("depth", question.Depth.ToString()),
            ("results", question.MaximumResults.ToString(CultureInfo.InvariantCulture)));
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
                return await elsewhere.FindAsync(key, token => FindAsync(key, context.Subject, token), ct) is { } known ? known : await PayAsync(key, question, context, ct);
            }
            finally
            {
                _flights.TryRemove(key, out _);
                mine.SetResult();
            }
        }
    }

    private static BlobKey EntryOf(Fingerprint key) => BlobKey.Of($"search_cache/{key.Value[..2]}/{key.Value}.json");

    private async Task<WebAnswer?> FindAsync(Fingerprint key, string subject, CancellationToken ct) =>
        await cache.FindAsync(EntryOf(key), key, FoundPagesJson.Default.FoundPages, ct) is { } found
        && clock.GetUtcNow() - found.FoundAt <= TimeSpan.FromDays(options.CacheDays)
            ? new WebAnswer(found.Sources, found.PaidBy == subject ? found.Credits : 0)
            : null;

    private async Task<Result<WebAnswer>> PayAsync(Fingerprint key, WebQuestion question, CallContext context, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = StrongId.New<CallId>(clock);
        var scopes = context.Scopes.Append(BudgetScope.Day(now)).Distinct().ToValueList();
        await journal.BeginAsync(new CallIntent(id, key, TaskName, Identity, context.Subject, context.Batch, scopes, [], now), ct);
        Result<WebAnswer>? outcome = null;
        try
        {
            var tries = new CallTries(ledger, id, PriceOf(TavilyTransport.UsualCreditsOf(question.Depth)));
            outcome = await retries.RunAsync(
                token => tries.RunAsync(
                    attempt => gate.SendAsync(
                        context,
                        async sending =>
                        {
                            await tries.MarkSentAsync(sending);
                            return await transport.SendAsync(question, sending);
                        },
                        attempt),
                    WebSearchErrors.MayBePaid,
                    token),
                ct);
        }
        finally
        {
            if (outcome is not { IsSuccess: true })
            {
                var code = outcome?.Error?.Code ?? CancelledCode;
                await journal.FailAsync(id, code, CancellationToken.None);
                logger.SearchFailed(id, context.Subject, code);
            }
        }

        return outcome.IsSuccess ? await SettleAsync(id, key, outcome.Value, context, clock.GetUtcNow() - now) : outcome;
    }

    /// <summary>Not cancellable: what was found is paid for, so it is kept even when nobody waits for it any more.</summary>
    private async Task<Result<WebAnswer>> SettleAsync(CallId id, Fingerprint key, WebAnswer answer, CallContext context, TimeSpan took)
    {
        var cost = PriceOf(answer.Credits);
        try
        {
            var found = new FoundPages(answer.Sources, answer.Credits, context.Subject, clock.GetUtcNow());
            await cache.StoreAsync(EntryOf(key), key, found, FoundPagesJson.Default.FoundPages, CancellationToken.None);
        }
        finally
        {
            // Also where the pages cannot be kept: the money is spent.
            await journal.CompleteAsync(id, new ModelReply(string.Empty, ModelStop.Finished, new TokenUsage(0, 0), []), cost, [], CancellationToken.None);
        }

        logger.SearchPaid(id, context.Subject, answer.Sources.Count, answer.Credits, cost, (long)took.TotalMilliseconds);
        return answer;
    }

    private Money PriceOf(int credits) => Money.FromDollars(credits * options.PricePerCredit);
}
