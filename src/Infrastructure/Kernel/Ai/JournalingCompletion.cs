using System.Globalization;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Makes the intent durable before a call and its reply, with the cost, before anybody uses it.</summary>
internal sealed class JournalingCompletion(
    IModelCompletion inner, ICallJournal journal, ModelIdentity model, ModelPricing pricing, TimeProvider clock, ILogger<JournalingCompletion> logger)
    : IModelCompletion
{
    private const string CancelledCode = "model.cancelled";

    public async Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var journaled = call with
        {
            Id = StrongId.New<CallId>(clock),
            Scopes = call.Context.Scopes.Append(BudgetScope.Day(now)).Distinct().ToValueList(),
        };
        await journal.BeginAsync(IntentOf(journaled, now), ct);
        Result<ModelReply>? outcome = null;
        try
        {
            outcome = await inner.CompleteAsync(journaled, ct);
        }
        finally
        {
            if (outcome is not { IsSuccess: true })
            {
                await FailAsync(journaled, outcome?.Error?.Code ?? CancelledCode);
            }
        }

        return outcome.IsSuccess ? await SettleAsync(journaled, outcome.Value, clock.GetUtcNow() - now) : outcome;
    }

    private CallIntent IntentOf(ModelCall call, DateTimeOffset now) => new(
        call.Id, call.Request.KeyFor(model), call.Request.Task, model, call.Context.Subject, call.Context.Batch, call.Scopes,
        call.Request.Sections.Select(static section => section.Page).Distinct().ToValueList(), now);

    /// <summary>Not cancellable: the reply is paid for, so it is kept even when nobody waits for it any more.</summary>
    private async Task<Result<ModelReply>> SettleAsync(ModelCall call, ModelReply answer, TimeSpan took)
    {
        var price = pricing.Current;
        var reply = price is null ? answer with { Usage = answer.Usage with { Estimated = true } } : answer;
        var cost = price?.CostOf(reply.Usage) ?? Money.Zero;
        var isWhole = call.Request.IsAnsweredBy(reply);
        await journal.CompleteAsync(
            call.Id, reply, cost, isWhole ? call.Request.Sections.Select(static section => section.Key).ToValueList() : [], CancellationToken.None);

        var usage = reply.Usage;
        logger.CallPaid(
            call.Id, call.Context.Subject, call.Request.Task, model.Model, PrintPages(call.Request), usage.InputTokens, usage.OutputTokens,
            usage.CachedInputTokens, cost, usage.Estimated, (long)took.TotalMilliseconds, isWhole);
        if (usage.InputTokens > call.Request.InputTokenBound || usage.OutputTokens > call.Request.MaximumOutputTokens)
        {
            logger.BoundPassed(call.Id, usage.InputTokens, call.Request.InputTokenBound, usage.OutputTokens, call.Request.MaximumOutputTokens);
        }

        LanguageModelTelemetry.Answered(call.Request.Task, model.Model, isWhole ? "answered" : "unusable", usage, cost);
        return reply;
    }

    private async Task FailAsync(ModelCall call, string code)
    {
        await journal.FailAsync(call.Id, code, CancellationToken.None);
        logger.CallFailed(call.Id, call.Context.Subject, call.Request.Task, model.Model, PrintPages(call.Request), code);
        LanguageModelTelemetry.Failed(call.Request.Task, model.Model, code);
    }

    private static string PrintPages(ModelRequest request) =>
        string.Join(',', request.Sections.Select(static section => section.Page.ToString(CultureInfo.InvariantCulture)).Distinct());
}
