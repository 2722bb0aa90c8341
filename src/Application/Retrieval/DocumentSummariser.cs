using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Application.Retrieval;

/// <summary>
/// Lets the model sum up a document: as many pages a call as its budget of tokens allows, then the summaries of those, until one is left. Each part is held against its pages at once, so that
/// what is invented is not carried on. Answers are kept in the journal: who asks again after a crash or an outage pays for what is missing alone.
/// </summary>
internal sealed class DocumentSummariser(ILanguageModel model, RetrievalOptions options)
{
    private const int CallsAtOnce = 2;

    /// <summary>Asks.</summary>
    /// <returns>The summary, an error of <see cref="ModelErrors"/>, or one that says that nothing of it stands or that it takes too many calls.</returns>
    public async Task<Result<DocumentSummary>> SumUpAsync(IReadOnlyList<CleanedPage> pages, CallContext context, CancellationToken ct)
    {
        var budget = options.SummaryInputTokens;
        var calls = new Allowance(options.SummaryMaxCalls);
        var packs = SummaryPiece.Pack(SummaryPiece.Of(pages, budget), budget);
        for (var areSummaries = false; packs.Count > 0; areSummaries = true)
        {
            if (packs.Count > options.SummaryMaxCalls)
            {
                return RetrievalErrors.SummaryTooLong(options.SummaryMaxCalls);
            }

            var parts = await Bounded.MapAsync(packs, CallsAtOnce, (pack, token) => AskAsync([.. pack], areSummaries, calls, context, token), ct);
            if (parts.FirstOrDefault(static part => !part.IsSuccess) is { Error: { } error })
            {
                return error;
            }

            if (packs.Count == 1)
            {
                return CheckedSummary.Of(parts[0].Value!, pages) is { } summary ? summary : RetrievalErrors.SummaryUnsupported();
            }

            packs = SummaryPiece.Pack(packs.Zip(parts, static (pack, part) => new SummaryPiece(pack[0].Page, part.Value!)).Where(static piece => piece.Text.Length > 0), budget);
        }

        return RetrievalErrors.SummaryUnsupported();
    }

    /// <summary>Asks for a pack; where that is too large, for its halves.</summary>
    private async Task<Result<string>> AskAsync(ValueList<SummaryPiece> pack, bool areSummaries, Allowance calls, CallContext context, CancellationToken ct)
    {
        if (!calls.TryTake())
        {
            return RetrievalErrors.SummaryTooLong(options.SummaryMaxCalls);
        }

        var asked = await model.AskAsync(new SummaryTask(pack, areSummaries), context, ct);
        if (asked.IsSuccess)
        {
            return CheckedSummary.Keep(asked.Value.Value.Text, string.Join('\n', pack.Select(static piece => piece.Text)));
        }

        if (asked.Error.Kind != ErrorKind.TooLarge || (pack.Count == 1 && pack[0].IsShort))
        {
            return asked.Error;
        }

        var halves = pack.Count > 1 ? pack.ToList() : [.. pack[0].Halves()];
        var first = await AskAsync([.. halves.Take(halves.Count / 2)], areSummaries, calls, context, ct);
        if (!first.IsSuccess)
        {
            return first;
        }

        var second = await AskAsync([.. halves.Skip(halves.Count / 2)], areSummaries, calls, context, ct);
        return second.IsSuccess ? $"{first.Value}\n{second.Value}".Trim() : second;
    }

    /// <summary>So many questions and no more.</summary>
    private sealed class Allowance(int most)
    {
        private int _taken;

        public bool TryTake() => Interlocked.Increment(ref _taken) <= most;
    }
}
