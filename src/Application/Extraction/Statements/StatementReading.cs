using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>What was made of a document's statements.</summary>
/// <param name="Read">A result of statements alone.</param>
/// <param name="Problems">What is missing or does not agree.</param>
/// <param name="Failures">Pages that the model was to read and did not.</param>
internal sealed record StatementOutcome(ExtractionResult Read, ValueList<Problem> Problems, ValueList<SectionFailure> Failures)
{
    /// <summary>A document that is no financial statement.</summary>
    public static StatementOutcome None { get; } = new(new ExtractionResult([]), [], []);
}

/// <summary>
/// Finds the statements of a report and reads all of them at once: by rules and, where there is one, by a model. Pages that did not change since the last run are not read again.
/// </summary>
internal sealed class StatementReading(
    IResultCache cache, ILanguageModel model, StatementModelReader modelReader, Computation computation, ExtractionOptions options, ILogger<StatementReading> logger)
{
    /// <summary>Raised when the reading of statements makes something else of the same pages.</summary>
    private const string CodeVersion = "1";

    /// <summary>Reads the statements of a document that is a report.</summary>
    /// <param name="document">The document.</param>
    /// <param name="pages">Its pages that could be read, in order.</param>
    /// <param name="context">Who pays for calls of a model.</param>
    /// <param name="ct">Cancels the calls under way.</param>
    public async Task<StatementOutcome> ReadAsync(Document document, ValueList<Page> pages, CallContext context, CancellationToken ct)
    {
        var fingerprint = Fingerprint.Of(
            ("statements", CodeVersion), ("pages", PageFingerprints.Of(pages)), ("model", model.Identity.ToString()), ("wording", StatementTask.Wording),
            ("run", document.ForceFresh ? document.RunId.ToString() : string.Empty));
        var key = ExtractionStorage.Statements(document.Id, fingerprint);
        if (await cache.FindAsync(key, fingerprint, ExtractionJson.Default.ExtractionResult, ct) is { } known)
        {
            return new StatementOutcome(known, ProblemsOf(known), []);
        }

        var places = await computation.RunAsync(() => StatementLocator.Find(pages), ct);
        logger.StatementsFound(document.Id, places.Statements.Count, places.LeftOut.Count);
        var byPage = pages.ToDictionary(page => page.Number);
        var read = await Bounded.MapAsync(places.Statements, options.CallsAtOnce, ReadOneAsync, ct);
        var statements = new ExtractionResult([]) { Statements = read.Select(each => each.Statement).ToValueList(), StatementsLeftOut = places.LeftOut };
        var failures = read.SelectMany(each => each.Failures).ToValueList();
        if (failures.Count == 0)
        {
            await cache.StoreAsync(key, fingerprint, statements, ExtractionJson.Default.ExtractionResult, ct);
        }

        return new StatementOutcome(statements, ProblemsOf(statements), failures);

        async Task<(FinancialStatement Statement, ValueList<SectionFailure> Failures)> ReadOneAsync(LocatedStatement located, CancellationToken token)
        {
            var byRules = await computation.RunAsync(() => StatementReader.Read(located), token);
            return model.Identity.IsOffline
                ? (byRules, [])
                : await modelReader.CompleteAsync(document, byRules, [.. located.Pages.Select(page => byPage[page])], context, token);
        }
    }

    private static ValueList<Problem> ProblemsOf(ExtractionResult read) =>
        read.Statements.Count == 0 ? [new Problem(StatementErrors.NoneFound())] : [.. read.Statements.SelectMany(ProblemsOf)];

    private static IEnumerable<Problem> ProblemsOf(FinancialStatement statement)
    {
        if (statement.Unexplained.Count > 0)
        {
            yield return new Problem(StatementErrors.LinesUnexplained(statement.Type, statement.Unexplained.Count), statement.Unexplained[0].Page);
        }

        if (statement.Periods.Any(period => period.Key.StartsWith("column_", StringComparison.Ordinal)))
        {
            yield return new Problem(StatementErrors.PeriodsUnread(statement.Type), statement.Pages[0]);
        }

        if (statement.BrokenIdentities() is { Count: > 0 } broken)
        {
            yield return new Problem(StatementErrors.DoesNotReconcile(statement.Type, broken[0]), statement.Pages[0]);
        }
    }
}
