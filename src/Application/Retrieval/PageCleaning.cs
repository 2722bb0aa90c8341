using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Retrieval;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>
/// Lets the model look over pages that the rules cleaned, those on which something could still go. It may point at what is no content and change nothing else; where it cannot be asked, the pages
/// stay as the rules left them. Answers are kept in the journal: who asks again after a crash pays for what is missing alone.
/// </summary>
internal sealed class PageCleaning(ILanguageModel model, DocumentCalls calls, RetrievalOptions options, ILogger<PageCleaning> logger)
{
    private const int CallsAtOnce = 2;

    /// <summary>The most tokens of pages in a call: as many come back.</summary>
    private const int MostTokens = 3_000;

    /// <summary>The pages without what the model left out of them, as far as nothing is lost by it.</summary>
    public async Task<ValueList<CleanedPage>> CleanAsync(Document document, ValueList<CleanedPage> pages, CancellationToken ct)
    {
        var packs = TokenPacks.Of(ModelCleaning.Doubtful(pages).Select(page => SectionOf(page, document)), CleanedPageTask.TokensOf, MostTokens);
        if (packs.Count == 0)
        {
            return pages;
        }

        if (packs.Count > options.CleaningMaxCalls)
        {
            logger.CleaningTooLong(document.Id, options.CleaningMaxCalls);
            return pages;
        }

        var context = await calls.BeginAsync(document, ct) with { Priority = Priority.Low };
        var answers = await Bounded.MapAsync(packs, CallsAtOnce, (pack, token) => model.AskAsync(new CleanedPageTask([.. pack]), context, token), ct);
        if (answers.FirstOrDefault(static answer => !answer.IsSuccess)?.Error is { } error)
        {
            logger.CleanedByRules(document.Id, error.Code);
        }

        var claimed = answers.Where(static answer => answer.IsSuccess).SelectMany(static answer => answer.Value!.Value.Pages).DistinctBy(static page => page.Page);
        return ModelCleaning.Apply(pages, claimed.ToDictionary(static page => page.Page, static page => page.Text));
    }

    private ModelSection SectionOf(CleanedPage page, Document document)
    {
        var text = string.Join("\n\n", page.Blocks.Select(static block => block.Text));
        return new ModelSection(page.Number, text, Fingerprint.Of(
            ("task", CleanedPageTask.TaskName), ("model", model.Identity.ToString()), ("instructions", CleanedPageTask.Wording),
            ("run", document.ForceFresh ? document.RunId.ToString() : string.Empty), ("text", text)).Value);
    }
}
