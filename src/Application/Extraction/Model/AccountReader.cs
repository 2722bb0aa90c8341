using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>What was made of one account.</summary>
/// <param name="Extraction">Fields and tables.</param>
/// <param name="Failures">Pages that the model did not answer for; empty without a model.</param>
/// <param name="PagesRead">Pages that have a model's reading.</param>
internal sealed record AccountOutcome(AccountExtraction Extraction, ValueList<SectionFailure> Failures, int PagesRead);

/// <summary>Reads the accounts of a document by rules and, where there is one, by a model, and makes one result of both.</summary>
internal sealed class AccountReader(
    ILanguageModel model, PackedReading packs, ModelReader reader, Computation computation, ILogger<AccountReader> logger)
{
    /// <summary>Reads accounts; what the model could not read is named, and the rules' reading stands.</summary>
    /// <returns>One outcome an account, in the given order.</returns>
    public async Task<IReadOnlyList<AccountOutcome>> ReadAsync(
        Document document, IReadOnlyList<(AccountPages Pages, AccountToRead Account)> accounts, CallContext context, Func<int, CancellationToken, Task> pagesDone, CancellationToken ct)
    {
        var outcomes = new List<AccountOutcome>();
        if (model.Identity.IsOffline)
        {
            foreach (var (pages, account) in accounts)
            {
                var answer = await await computation.RunAsync(() => model.AskAsync(account.WholeTask(), context, ct), ct);
                if (!answer.IsSuccess)
                {
                    throw new InvalidOperationException($"The offline extractor refused an account: {answer.Error.Code}");
                }

                outcomes.Add(new AccountOutcome(Extracted(pages, answer.Value.Value.Fields, answer.Value.Value.Tables), [], 0));
                await pagesDone(account.Pages.Count, ct);
            }

            return outcomes;
        }

        var read = await packs.ReadAsync(document, [.. accounts.Select(each => each.Account)], context, pagesDone, ct);
        foreach (var ((pages, account), byModel) in accounts.Zip(read))
        {
            var byRules = await computation.RunAsync(account.WholeTask().AnswerByRules, ct);
            var said = byModel.Outcome.Reading.With(Borrowed(pages, byRules, read.Where(other => other != byModel)));
            var (tables, failures) = await CompleteAsync(document, account, byRules, said, context, ct);
            var fields = await computation.RunAsync(() => FieldMerger.MergeSources(account.Schema, byRules.Fields, said.Fields, account.Pages), ct);
            outcomes.Add(new AccountOutcome(Extracted(pages, fields, tables), [.. byModel.Outcome.Failures, .. failures], byModel.PagesRead));
        }

        return outcomes;
    }

    /// <summary>
    /// What a model said of shared pages when it was asked for another account. A reply does not say whose a value is, so it only counts where the rules read
    /// the same for this account.
    /// </summary>
    private static AccountReading Borrowed(AccountPages account, AccountReading byRules, IEnumerable<ModelAccount> others)
    {
        if (account.SharedPages.Count == 0)
        {
            return AccountReading.Nothing;
        }

        var readings = others.Select(other => other.Outcome.Reading).ToList();
        return new AccountReading(
            readings.SelectMany(reading => reading.Fields)
                .Where(field => field.Evidence.Any(evidence => account.SharedPages.Contains(evidence.Page))
                    && byRules.Fields.Any(own => own.Name == field.Name && own.Value == field.Value)).ToValueList(),
            readings.SelectMany(reading => reading.Rows).Where(row => row.Page is { } page && account.SharedPages.Contains(page)).ToValueList(),
            []);
    }

    private static AccountExtraction Extracted(AccountPages account, ValueList<ExtractedField> fields, ValueList<ExtractedTable> tables) =>
        new(account.Index, account.AccountNumber, account.Pages, fields, tables);

    /// <summary>Unites the rows of both sources; printed rows that neither explains are asked again, once, with the lines around them.</summary>
    private async Task<(ValueList<ExtractedTable> Tables, ValueList<SectionFailure> Failures)> CompleteAsync(
        Document document, AccountToRead account, AccountReading byRules, AccountReading byModel, CallContext context, CancellationToken ct)
    {
        var tables = await computation.RunAsync(() => account.Complete(byRules.Tables, byModel.Rows), ct);
        var bands = tables.SelectMany(table => table.Missing).ToList();
        if (bands.Count == 0)
        {
            return (Known(tables), []);
        }

        logger.RowsAskedAgain(document.Id, tables.Sum(table => table.Table?.Unexplained.Count ?? 0));
        var again = await reader.ReadAsync(account, [.. bands.Select(account.SectionOf)], context, ct);
        var completed = await computation.RunAsync(() => account.Complete(byRules.Tables, [.. byModel.Rows, .. again.Reading.Rows]), ct);
        return (Known(completed), again.Failures);
    }

    private static ValueList<ExtractedTable> Known(IEnumerable<CompletedTable> tables) =>
        tables.Select(table => table.Table).OfType<ExtractedTable>().ToValueList();
}
