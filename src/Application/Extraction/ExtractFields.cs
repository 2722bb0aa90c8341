using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>
/// The last stage: reads fields and tables of each account, by rules and, where there is one, by a model; an account that did not change since the last run is
/// not read again.
/// </summary>
internal sealed class ExtractFields(
    IPages pages, IExtractionRepository extraction, IResultCache cache, SchemaChoice schemas, AccountReader reader, StatementReading statementReading, ILanguageModel model, DocumentCalls calls,
    ICostLedger ledger, TimeProvider clock, ILogger<ExtractFields> logger) : IDocumentStage
{
    /// <summary>Raised when the extraction changes what it makes of the same pages and replies.</summary>
    private const string CodeVersion = "3";

    public string Name => StageNames.LlmExtraction;

    public async Task<Result<StageOutcome>> RunAsync(StageContext context, CancellationToken ct)
    {
        var document = context.Document;
        if (await extraction.FindPageMapAsync(document.Id, ct) is not { } map)
        {
            return ExtractionErrors.AccountsLost(document.Id);
        }

        var read = await pages.ReadAllAsync(document, ct);
        var schema = await schemas.ForAsync(document, document.Kind, ct);
        var outcomes = await ReadAccountsAsync(context, map.Map, schema, read, ct);
        if (outcomes.SelectMany(outcome => outcome.Failures).FirstOrDefault(failure => failure.Error.IsTransient) is { } transient && context.MayRetry)
        {
            return transient.Error;
        }

        var statements = document.Kind is DocumentKind.FinancialStatement
            ? await statementReading.ReadAsync(document, read, await calls.BeginAsync(document, ct), ct)
            : StatementOutcome.None;
        if (statements.Failures.FirstOrDefault(failure => failure.Error.IsTransient) is { } passing && context.MayRetry)
        {
            return passing.Error;
        }

        var accounts = outcomes.Select(outcome => outcome.Extraction).ToList();
        await StorePageDataAsync(document, accounts, ct);
        var result = new ExtractionResult(accounts.ToValueList()) { Statements = statements.Read.Statements, StatementsLeftOut = statements.Read.StatementsLeftOut };
        await extraction.SaveResultAsync(document.Id, new StoredResult(document.RunId, result, clock.GetUtcNow())
        {
            Origin = new ResultOrigin(document.Kind, schema.Name, model.Identity.Provider, model.Identity.Model),
        }, ct);
        return new StageOutcome(
        [
            .. outcomes.SelectMany(outcome => NotReadByModel(outcome.Failures, outcome.Extraction.AccountNumber)), .. accounts.SelectMany(IncompleteTables),
            .. NotReadByModel(statements.Failures, accountNumber: null), .. statements.Problems,
        ]);
    }

    private static IEnumerable<Problem> NotReadByModel(ValueList<SectionFailure> failures, string? accountNumber) => failures
        .GroupBy(failure => failure.Error.Code, StringComparer.Ordinal)
        .Select(group => new Problem(
            ExtractionErrors.NotReadByModel(group.First().Error, group.Select(failure => failure.Page)), group.First().Page, accountNumber));

    private static IEnumerable<Problem> IncompleteTables(AccountExtraction account) => account.Tables
        .Where(table => table.Unexplained.Count > 0)
        .Select(table => new Problem(
            ExtractionErrors.RowsUnexplained(table.Name, table.Unexplained.Count), table.Unexplained[0].Page, account.AccountNumber));

    private async Task<IReadOnlyList<AccountOutcome>> ReadAccountsAsync(
        StageContext context, PageMap map, ExtractionSchema schema, ValueList<Page> read, CancellationToken ct)
    {
        var document = context.Document;
        var run = document.ForceFresh ? document.RunId.ToString() : string.Empty;
        var outcomes = new AccountOutcome?[map.Accounts.Count];
        var open = new List<(AccountPages Pages, AccountToRead Account)>();
        var others = new List<AccountToRead>();
        for (var at = 0; at < outcomes.Length; at++)
        {
            var account = new AccountToRead(
                map.Accounts[at], schema, [.. read.Where(page => map.Accounts[at].Pages.Contains(page.Number))], model.Identity, run);
            if (await cache.FindAsync(account.StorageOf(document.Id, CodeVersion), account.FingerprintOf(CodeVersion), ExtractionJson.Default.AccountExtraction, ct) is { } known)
            {
                // A model read these pages before, perhaps in this run before a crash: they count as read.
                outcomes[at] = new AccountOutcome(known with { Index = map.Accounts[at].Index }, [], account.PagesWithWords);
                others.Add(account);
            }
            else
            {
                open.Add((map.Accounts[at], account));
            }
        }

        var done = read.Count - open.SelectMany(each => each.Account.Pages).Select(page => page.Number).Distinct().Count();
        var fresh = await reader.ReadAsync(document, open, others, await calls.BeginAsync(document, ct), ReportAsync, ct);
        var missing = fresh.SelectMany(outcome => outcome.Failures).Select(failure => failure.Page).ToHashSet();
        foreach (var ((accountPages, account), outcome) in open.Zip(fresh))
        {
            outcomes[accountPages.Index] = outcome;

            // A page that was to be read with another account is missing here too.
            if (!missing.Overlaps(accountPages.Pages))
            {
                await cache.StoreAsync(
                    account.StorageOf(document.Id, CodeVersion), account.FingerprintOf(CodeVersion), outcome.Extraction, ExtractionJson.Default.AccountExtraction, ct);
            }
        }

        var all = outcomes.Select(outcome => outcome!).ToList();
        await RecordAsync(document, all, ct);
        return all;

        Task ReportAsync(int more, CancellationToken token)
        {
            var total = document.TotalPages ?? read.Count;
            return context.Progress.ReportAsync(Math.Min(total, Interlocked.Add(ref done, more)), total, [], token);
        }
    }

    private async Task RecordAsync(Document document, List<AccountOutcome> outcomes, CancellationToken ct)
    {
        if (model.Identity.IsOffline)
        {
            return;
        }

        var pagesRead = outcomes.SelectMany(outcome => outcome.PagesRead).Distinct().Count();
        await ledger.RecordPagesAsync(document.Id.ToString(), document.RunId.ToString(), model.Identity.Model, document.BatchId?.ToString(), pagesRead, clock.GetUtcNow(), ct);
        var cost = await ledger.CostOfAsync(document.Id.ToString(), ct);
        logger.BatchParallelCompleted(document.Id, outcomes.Count, pagesRead, cost.Calls, cost.CallsSaved);
    }

    /// <summary>Keeps each page's own fields under the key of the system that this one replaces.</summary>
    private async Task StorePageDataAsync(Document document, List<AccountExtraction> accounts, CancellationToken ct)
    {
        foreach (var page in accounts.SelectMany(account => account.Pages).Distinct())
        {
            var data = new ExtractionResult(accounts.Where(account => account.Pages.Contains(page)).Select(account => account with
            {
                Fields = account.Fields.Where(field => field.Evidence.Any(evidence => evidence.Page == page)).ToValueList(),
                Tables = [],
            }).ToValueList());
            var fingerprint = Fingerprint.Of(("run", document.RunId.ToString()), ("page", $"{page}"));
            await cache.StoreAsync(ExtractionStorage.PageData(document.Id, page), fingerprint, data, ExtractionJson.Default.ExtractionResult, ct);
        }
    }
}
