using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>The last stage: reads fields and tables of each account; an account that did not change since the last run is not read again.</summary>
internal sealed class ExtractFields(
    IPages pages, IExtractionRepository extraction, IResultCache cache, SchemaChoice schemas, TimeProvider clock) : IDocumentStage
{
    /// <summary>Raised when the offline extraction changes what it makes of the same pages.</summary>
    private const string CodeVersion = "1";

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
        var accounts = new List<AccountExtraction>();
        foreach (var account in map.Map.Accounts)
        {
            var extracted = await ExtractAsync(document, schema, account, read, ct);
            if (!extracted.IsSuccess)
            {
                return extracted.Error;
            }

            accounts.Add(extracted.Value with { Index = account.Index });
            var pagesDone = accounts.SelectMany(done => done.Pages).Distinct().Count() + map.Map.UnassignedPages.Count;
            await context.Progress.ReportAsync(Math.Min(pagesDone, document.TotalPages ?? pagesDone), document.TotalPages ?? pagesDone, [], ct);
        }

        await StorePageDataAsync(document, accounts, ct);
        var result = new ExtractionResult(accounts.ToValueList());
        await extraction.SaveResultAsync(document.Id, new StoredResult(document.RunId, result, clock.GetUtcNow()), ct);
        return new StageOutcome(accounts.SelectMany(IncompleteTables).ToValueList());
    }

    private static IEnumerable<Problem> IncompleteTables(AccountExtraction account) => account.Tables
        .Where(table => table.Unexplained.Count > 0)
        .Select(table => new Problem(
            ExtractionErrors.RowsUnexplained(table.Name, table.Unexplained.Count), table.Unexplained[0].Page, account.AccountNumber));

    private Task<Result<AccountExtraction>> ExtractAsync(
        Document document, ExtractionSchema schema, AccountPages account, ValueList<Page> read, CancellationToken ct)
    {
        var own = read.Where(page => account.Pages.Contains(page.Number)).ToList();
        var fingerprint = Fingerprint.Of(
            ("pages", PageFingerprints.Of(own)), ("account", account.AccountNumber ?? string.Empty),
            ("schema", SchemaFingerprint.Of(schema)), ("code", CodeVersion),
            ("run", document.ForceFresh ? document.RunId.ToString() : string.Empty));
        return cache.GetOrCreateAsync(
            ExtractionStorage.Account(document.Id, fingerprint), fingerprint, ExtractionJson.Default.AccountExtraction,
            _ => Task.FromResult<Result<AccountExtraction>>(new AccountExtraction(
                account.Index, account.AccountNumber, account.Pages,
                FieldExtractor.Extract(schema, own, account.AccountNumber),
                TableExtractor.Extract(schema.Tables, own))),
            ct);
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
