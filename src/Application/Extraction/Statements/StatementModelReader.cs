using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>Has a model read a statement and unites what it says with what rules read.</summary>
internal sealed class StatementModelReader(ILanguageModel model, Computation computation, ILogger<StatementModelReader> logger)
{
    /// <summary>How often lines that nothing explains are asked again.</summary>
    private const int MostRounds = 3;

    /// <summary>Lines around those that are asked again, so that the model sees their headings.</summary>
    private const int LinesAround = 2;

    /// <summary>Reads one statement; what the model could not read is named, and the rules' reading stands.</summary>
    /// <param name="document">The document.</param>
    /// <param name="byRules">What rules read.</param>
    /// <param name="pages">The pages of the statement.</param>
    /// <param name="context">Who pays.</param>
    /// <param name="ct">Cancels the calls under way.</param>
    public async Task<(FinancialStatement Statement, ValueList<SectionFailure> Failures)> CompleteAsync(
        Document document, FinancialStatement byRules, IReadOnlyList<Page> pages, CallContext context, CancellationToken ct)
    {
        var run = document.ForceFresh ? document.RunId.ToString() : string.Empty;
        var (said, failures) = await AskAsync([.. pages.Select(PageBands.Whole)]);
        var united = await computation.RunAsync(() => StatementMerger.Merge(byRules, said, pages), ct);
        for (var round = 0; round < MostRounds && united.Unexplained.Count > 0 && failures.Count == 0; round++)
        {
            logger.StatementLinesAskedAgain(document.Id, united.Unexplained.Count);
            var missing = united.Unexplained;
            var bands = await computation.RunAsync(() => pages.SelectMany(page => PageBands.Around(page, missing, LinesAround)).ToList(), ct);
            var (more, failed) = await AskAsync(bands);
            said = [.. said, .. more];
            failures = [.. failures, .. failed];
            var before = united.Unexplained.Count;
            united = await computation.RunAsync(() => StatementMerger.Merge(byRules, said, pages), ct);
            if (united.Unexplained.Count >= before)
            {
                break;
            }
        }

        return (united, failures);

        async Task<(ValueList<ModelStatement> Said, ValueList<SectionFailure> Failures)> AskAsync(IReadOnlyList<PageBand> bands)
        {
            if (bands.Count == 0)
            {
                return ([], []);
            }

            var sections = await computation.RunAsync(() => bands.Select(SectionOf).ToValueList(), ct);
            var answer = await model.AskAsync(new StatementTask(byRules.Type, byRules.Periods.Select(period => period.Key).ToValueList(), sections), context, ct);
            if (answer.IsSuccess)
            {
                return (answer.Value.Value.Statements.Where(statement => statement.Type is null || statement.Type == byRules.Type).ToValueList(), []);
            }

            if (answer.Error.Kind is not ErrorKind.TooLarge || Halve(bands) is not { } halves)
            {
                return ([], bands.Select(band => band.Page).Distinct().Select(page => new SectionFailure(page, answer.Error)).ToValueList());
            }

            var both = await Task.WhenAll(AskAsync(halves.First), AskAsync(halves.Second));
            return ([.. both[0].Said, .. both[1].Said], [.. both[0].Failures, .. both[1].Failures]);
        }

        (IReadOnlyList<PageBand> First, IReadOnlyList<PageBand> Second)? Halve(IReadOnlyList<PageBand> bands) =>
            bands.Count > 1 ? ([.. bands.Take(bands.Count / 2)], [.. bands.Skip(bands.Count / 2)])
            : PageBands.Halve(pages.First(page => page.Number == bands[0].Page), bands[0]) is { } halves ? ([halves.Upper], [halves.Lower])
            : null;

        ModelSection SectionOf(PageBand band)
        {
            var text = PageBands.TextOf(pages.First(page => page.Number == band.Page), band);
            return new ModelSection(band.Page, text, Fingerprint.Of(
                ("model", model.Identity.ToString()), ("instructions", StatementTask.Wording), ("statement", StatementTask.Print(byRules.Type)),
                ("periods", string.Join('\n', byRules.Periods.Select(period => period.Key))), ("run", run), ("text", text)).Value);
        }
    }
}
