using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Concurrency;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Research;

/// <summary>Has the pages on one company analysed in one call; where that is too large, in one of half the size, and so on.</summary>
internal sealed class CompanyAnalyser(ILanguageModel model, ResearchOptions options, Computation computation, ILogger<CompanyAnalyser> logger)
{
    /// <summary>Less than this says too little of a company to be worth asking.</summary>
    private const int LeastTokens = 300;

    /// <summary>True when the analysis is paid.</summary>
    public bool IsPaid => !model.Identity.IsOffline;

    /// <summary>What the pages say; an error of <see cref="ModelErrors"/> when they could not be analysed.</summary>
    public async Task<Result<CompanyFindings>> AnalyseAsync(ResearchJob job, Company company, IReadOnlyList<SourceText> sources, CallContext context, CancellationToken ct)
    {
        var ranked = await computation.RunAsync(() => RankedPassages.Of(sources, company.Name, job.Rubric), ct);
        if (ranked.All.Count == 0)
        {
            return Verdict.OfNothing(job.Rubric);
        }

        for (var tokens = options.InputBudgetTokens; ; tokens /= 2)
        {
            var chosen = ranked.Within(tokens);
            var asked = await model.AskAsync(new CompanyAnalysisTask(job.Rubric, company.Name, company.Country, chosen), context, ct);
            if (asked.IsSuccess)
            {
                return await computation.RunAsync(() => Verdict.Of(job.Rubric, asked.Value.Value, chosen), ct);
            }

            if (asked.Error.Kind is not ErrorKind.TooLarge || tokens / 2 < LeastTokens)
            {
                return asked.Error;
            }

            logger.BudgetHalved(company.Id, tokens, tokens / 2);
        }
    }
}
