using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>What a model read of one account.</summary>
/// <param name="Outcome">What it read and what it could not.</param>
/// <param name="PagesRead">Pages that it answered for.</param>
internal sealed record ModelAccount(ModelOutcome Outcome, ValueList<int> PagesRead);

/// <summary>Packs the pages of all accounts of a document into calls and makes them at the same time.</summary>
internal sealed class PackedReading(ModelReader reader, SharedPageOwners sharedPages, ILanguageModel model, ExtractionOptions options, ILogger<PackedReading> logger)
{
    /// <summary>Reads every account; a page that several share is sent with one of them.</summary>
    /// <returns>One entry an account, in the given order, and behind them one for each other account that a model has read shared pages for.</returns>
    public async Task<IReadOnlyList<ModelAccount>> ReadAsync(
        Document document, IReadOnlyList<AccountToRead> accounts, IReadOnlyList<AccountToRead> others, CallContext context, Func<int, CancellationToken, Task> pagesDone, CancellationToken ct)
    {
        var rule = await RuleAsync(ct);
        var owners = await sharedPages.FindAsync(accounts, others, ct);
        var packs = new List<(AccountToRead Account, PagePack Pack)>();
        foreach (var account in accounts)
        {
            var loads = account.Loads(owners.Where(owner => owner.Value != account).Select(owner => owner.Key).ToHashSet());
            var own = PagePacker.Pack(loads, rule);
            logger.Batching(document.Id, account.Index, loads.Count, own.Count);
            packs.AddRange(own.Select(pack => (account, pack)));
        }

        logger.Parallel(document.Id, Math.Min(packs.Count, options.CallsAtOnce));
        var done = accounts.ToDictionary(account => account, _ => 0);
        var outcomes = await Bounded.MapAsync(packs, options.CallsAtOnce, ReadPackAsync, ct);
        var recalled = new List<ModelAccount>();
        foreach (var owned in owners.Where(owner => others.Contains(owner.Value)).GroupBy(owner => owner.Value, owner => owner.Key))
        {
            recalled.Add(new ModelAccount(await reader.ReadAsync(owned.Key, [.. owned.Select(owned.Key.SectionOf)], context, ct), []));
        }

        return
        [
            .. accounts.Select(account => packs.Zip(outcomes).Where(pair => pair.First.Account == account).Aggregate(
                new ModelAccount(ModelOutcome.Nothing, []),
                (sum, pair) => new ModelAccount(sum.Outcome.With(pair.Second), [.. sum.PagesRead, .. PagesRead(pair.First.Pack, pair.Second)]))),
            .. recalled,
        ];

        async Task<ModelOutcome> ReadPackAsync((AccountToRead Account, PagePack Pack) each, CancellationToken token)
        {
            var outcome = await reader.ReadAsync(each.Account, [.. each.Pack.Pages.Select(each.Account.SectionOf)], context, token);
            Report(document, each.Account, each.Pack, packs.Count(pack => pack.Account == each.Account), outcome, done);
            await pagesDone(each.Pack.Pages.Count, token);
            return outcome;
        }
    }

    private static IEnumerable<int> PagesRead(PagePack pack, ModelOutcome outcome) => pack.Pages.Where(page => outcome.Failures.All(failure => failure.Page != page));

    private void Report(Document document, AccountToRead account, PagePack pack, int packs, ModelOutcome outcome, Dictionary<AccountToRead, int> done)
    {
        int batch;
        lock (done)
        {
            batch = ++done[account];
        }

        if (outcome.Failures.Count > 0)
        {
            logger.BatchFailed(document.Id, account.Index, batch, outcome.Failures[0].Error.Code);
        }
        else
        {
            logger.BatchCompleted(document.Id, account.Index, batch, packs, pack.Pages.Count);
        }
    }

    private async Task<PackingRule> RuleAsync(CancellationToken ct)
    {
        if (options.Packing is PackingMode.Fixed)
        {
            return PackingRule.Fixed(options.BatchSize);
        }

        var limits = await model.LimitsAsync(ct);
        var refused = (limits.InputTokens ?? int.MaxValue) / 4 * 3;
        return PackingRule.Budget(
            Math.Max(1, Math.Min(options.InputBudgetTokens, refused)), Math.Max(1, Math.Min(options.OutputBudgetTokens, limits.OutputTokens)));
    }
}
