using Idp.Application.Documents;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>
/// Puts submissions on record: the intent is durable before the file leaves, and the service's name for the order, with its cost, before anything else is done with it. The name is the
/// journal's reply to the submission, so that whoever asks for the same again finds it there.
/// </summary>
internal sealed class PaidSubmission(ICallJournal journal, CallsElsewhere elsewhere, ICostLedger ledger, PagePricing pricing, TimeProvider clock, ILogger<PaidSubmission> logger)
{
    private const string TaskName = "recognition";
    private const string CancelledCode = "recognition.cancelled";

    /// <summary>The order that was accepted for this key before, or that another node is about to place; null when there is none that this run may wait for.</summary>
    public async Task<string?> FindAsync(Fingerprint key, CallContext context, CancellationToken ct) =>
        (await elsewhere.FindAsync(key, token => journal.FindReplyAsync(key, context.Run, token), ct))?.Content;

    /// <summary>Says that an order will never bring its text: the next run places a new one.</summary>
    public Task LoseAsync(IReadOnlyCollection<Fingerprint> keys, string run) => journal.MarkUnusableAsync(keys, run, CancellationToken.None);

    /// <summary>Places an order.</summary>
    /// <param name="key">Stands for the order.</param>
    /// <param name="identity">Who is asked.</param>
    /// <param name="pages">The pages to be paid.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="run">Makes tries by the first function, each of which reserves its cost; a try calls the second immediately before the file leaves.</param>
    /// <param name="ct">Cancels; an acceptance that has come is recorded all the same.</param>
    public async Task<Result<AcceptedOrder>> PlaceAsync(
        Fingerprint key, ModelIdentity identity, ValueList<int> pages, CallContext context,
        Func<CallTries, CancellationToken, Task<Result<AcceptedOrder>>> run, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (id, cost) = (StrongId.New<CallId>(clock), pricing.Of(pages.Count));
        var scopes = context.Scopes.Append(BudgetScope.Day(now)).Distinct().ToValueList();
        await journal.BeginAsync(new CallIntent(id, key, TaskName, identity, context.Subject, context.Batch, scopes, pages, now), ct);
        Result<AcceptedOrder>? outcome = null;
        try
        {
            outcome = await run(new CallTries(ledger, id, cost), ct);
        }
        finally
        {
            if (outcome is not { IsSuccess: true })
            {
                var code = outcome?.Error?.Code ?? CancelledCode;
                await journal.FailAsync(id, code, CancellationToken.None);
                logger.SubmissionFailed(id, context.Subject, code);
            }
        }

        if (outcome.IsSuccess)
        {
            await RecordAsync(id, outcome.Value, pages, cost);
            logger.SubmissionPaid(id, context.Subject, pages.Count, cost);
        }

        return outcome;
    }

    /// <summary>Makes one try of an order.</summary>
    public static Task<Result<AcceptedOrder>> TryAsync(CallTries tries, Func<CancellationToken, Task<Result<AcceptedOrder>>> attempt, CancellationToken ct) =>
        tries.RunAsync(attempt, RecognitionErrors.MayBePaid, ct);

    /// <summary>Counts that an order, paid or known, was what a run would have had to pay: known ones are calls saved.</summary>
    public Task CountAsync(CallContext context, ModelIdentity identity, CancellationToken ct) =>
        ledger.RecordPagesAsync(context.Subject, $"{context.Run}:{TaskName}", identity.Model, context.Batch, 1, clock.GetUtcNow(), ct);

    /// <summary>Not cancellable: the pages are paid for from here on.</summary>
    private async Task RecordAsync(CallId id, AcceptedOrder accepted, ValueList<int> pages, Money cost)
    {
        try
        {
            await journal.CompleteAsync(id, new ModelReply(accepted.Hash, ModelStop.Finished, new TokenUsage(0, 0), pages), cost, [], CancellationToken.None);
        }
        catch
        {
            // Nobody will wait for it; its place must not be held for ever.
            accepted.Permit?.Failed();
            throw;
        }
    }
}
