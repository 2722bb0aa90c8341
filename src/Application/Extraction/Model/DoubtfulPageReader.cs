using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Extraction;

/// <summary>A page map after the model was asked.</summary>
/// <param name="Map">The map.</param>
/// <param name="IsSettled">False where the model had to be asked and could not be: another run may ask again.</param>
internal sealed record DecidedMap(PageMap Map, bool IsSettled);

/// <summary>Asks the model, where there is one, about pages whose account the rules are not sure of.</summary>
internal sealed class DoubtfulPageReader(ILanguageModel model, DocumentCalls calls, ILogger<DoubtfulPageReader> logger)
{
    /// <summary>The map, better where the model knew better; unchanged without a model or where nothing is in doubt.</summary>
    /// <param name="document">The document.</param>
    /// <param name="map">What the rules found.</param>
    /// <param name="pages">All pages that could be read.</param>
    /// <param name="mayRetry">False makes a provider's failure leave the map as it is.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The map, or the provider's passing failure.</returns>
    public async Task<Result<DecidedMap>> DecideAsync(Document document, PageMap map, ValueList<Page> pages, bool mayRetry, CancellationToken ct)
    {
        ValueList<DoubtfulPage> doubtful = model.Identity.IsOffline ? [] : DoubtfulPages.Of(map, pages);
        if (doubtful.Count == 0)
        {
            return new DecidedMap(map, IsSettled: true);
        }

        var asked = doubtful.Select(doubt => doubt.Page).ToHashSet();
        var answer = await model.AskAsync(TaskFor(document, map, [.. pages.Where(page => asked.Contains(page.Number))]), await calls.BeginAsync(document, ct), ct);
        if (answer.IsSuccess)
        {
            return new DecidedMap(
                map.WithAssignments(doubtful, [.. answer.Value.Value.Pages.Select(page => (page.Page, page.AccountNumber, page.Confidence))], pages), IsSettled: true);
        }

        if (answer.Error.IsTransient && mayRetry)
        {
            return answer.Error;
        }

        // The rules' own decision stands: it is a doubtful one, not a missing one.
        logger.DoubtfulPagesLeft(document.Id, doubtful.Count, answer.Error.Code);
        return new DecidedMap(map, IsSettled: false);
    }

    private PageAssignmentTask TaskFor(Document document, PageMap map, IReadOnlyList<Page> doubtful)
    {
        var numbers = map.Accounts.Select(account => account.AccountNumber).OfType<string>().ToValueList();
        var run = document.ForceFresh ? document.RunId.ToString() : string.Empty;
        return new PageAssignmentTask(numbers, doubtful.Select(page => new ModelSection(page.Number, page.Text, KeyOf(page.Text))).ToValueList());

        string KeyOf(string text) => Fingerprint.Of(
            ("model", model.Identity.ToString()), ("instructions", PageAssignmentTask.Wording), ("accounts", string.Join('\n', numbers)), ("run", run), ("text", text)).Value;
    }
}
