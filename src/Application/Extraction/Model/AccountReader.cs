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
/// <param name="PagesRead">Pages that have a model's reading; one that accounts share is among those of one of them at least.</param>
internal sealed record AccountOutcome(AccountExtraction Extraction, ValueList<SectionFailure> Failures, ValueList<int> PagesRead);

/// <summary>Reads the accounts of a document by rules and, where there is one, by a model, and makes one result of both.</summary>
internal sealed class AccountReader(
    ILanguageModel model, PackedReading packs, ModelReader reader, Computation computation, ILogger<AccountReader> logger)
{
    /// <summary>How often rows that nothing explains are asked again.</summary>
    private const int MostRounds = 5;

    /// <summary>Reads accounts; what the model could not read is named, and the rules' reading stands.</summary>
    /// <param name="document">The document.</param>
    /// <param name="accounts">The accounts to read.</param>
    /// <param name="others">The document's other accounts, which were read before: pages that they share are not paid for again.</param>
    /// <param name="context">Who pays.</param>
    /// <param name="pagesDone">Told how many more pages are done.</param>
    /// <param name="ct">Cancels the calls under way.</param>
    /// <returns>One outcome an account, in the given order.</returns>
    public async Task<IReadOnlyList<AccountOutcome>> ReadAsync(
        Document document, IReadOnlyList<(AccountPages Pages, AccountToRead Account)> accounts, IReadOnlyList<AccountToRead> others, CallContext context,
        Func<int, CancellationToken, Task> pagesDone, CancellationToken ct)
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

                outcomes.Add(new AccountOutcome(Extracted(pages, answer.Value.Value.Fields, answer.Value.Value.Tables), [], []));
                await pagesDone(account.Pages.Count, ct);
            }

            return outcomes;
        }

        var read = await packs.ReadAsync(document, [.. accounts.Select(each => each.Account)], others, context, pagesDone, ct);
        foreach (var ((pages, account), byModel) in accounts.Zip(read))
        {
            var byRules = await computation.RunAsync(account.ReadByRules, ct);
            var said = byModel.Outcome.Reading.With(Borrowed(pages, byRules, read.Where(other => other != byModel)));
            var (tables, failures) = await CompleteAsync(document, account, byRules, said, context, ct);
            var fields = await computation.RunAsync(() => account.Unite(byRules, said), ct);
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

    /// <summary>
    /// Unites the rows of both sources; printed rows that neither explains are asked again with the lines around them: first all in one call, then, as long as that
    /// brings more of them, each band in a call of its own, since some models stop after a number of rows without a word.
    /// </summary>
    private async Task<(ValueList<ExtractedTable> Tables, ValueList<SectionFailure> Failures)> CompleteAsync(
        Document document, AccountToRead account, AccountReading byRules, AccountReading byModel, CallContext context, CancellationToken ct)
    {
        var tables = await computation.RunAsync(() => account.Complete(byRules.Tables, byModel.Rows), ct);
        var rows = byModel.Rows;
        ValueList<SectionFailure> failures = [];
        for (var round = 0; round < MostRounds && Missing(tables) > 0; round++)
        {
            logger.RowsAskedAgain(document.Id, Missing(tables));
            var sections = tables.SelectMany(table => table.Missing).Select(account.SectionOf).ToList();
            var answers = await Task.WhenAll((round == 0 ? [sections] : sections.Select(section => new List<PageSection> { section }))
                .Select(call => reader.ReadAsync(account, call, context, ct)));
            rows = [.. rows, .. answers.SelectMany(answer => answer.Reading.Rows)];
            failures = [.. failures, .. answers.SelectMany(answer => answer.Failures)];
            var before = Missing(tables);
            tables = await computation.RunAsync(() => account.Complete(byRules.Tables, rows), ct);
            if (failures.Count > 0 || Missing(tables) >= before)
            {
                break;
            }
        }

        return (Known(tables), failures);
    }

    private static int Missing(IEnumerable<CompletedTable> tables) => tables.Sum(table => table.Table?.Unexplained.Count ?? 0);

    private static ValueList<ExtractedTable> Known(IEnumerable<CompletedTable> tables) =>
        tables.Select(table => table.Table).OfType<ExtractedTable>().ToValueList();
}
