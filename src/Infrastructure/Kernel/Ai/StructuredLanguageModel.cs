using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Typed tasks over a model that answers in text: checks each reply, sends a bad one back once, and learns how much the model takes.</summary>
internal sealed class StructuredLanguageModel(
    IModelCompletion completion, ICallJournal journal, IModelLimitStore limitStore, LanguageModelOptions options, ModelIdentity identity,
    ILogger<StructuredLanguageModel> logger) : ILanguageModel
{
    /// <summary>True once the model has used up a reply's room without a word of answer: it thinks first, and thinking counts as reply.</summary>
    private volatile bool _thinks;

    /// <inheritdoc />
    public ModelIdentity Identity => identity;

    /// <inheritdoc />
    public async Task<ModelLimits> LimitsAsync(CancellationToken ct)
    {
        var learned = await limitStore.FindAsync(identity, ct);
        return new ModelLimits(learned.InputTokens, Math.Min(options.MaxOutputTokens, learned.OutputTokens ?? int.MaxValue));
    }

    /// <inheritdoc />
    public async Task<Result<ModelAnswer<TReply>>> AskAsync<TReply>(ModelTask<TReply> task, CallContext context, CancellationToken ct)
        where TReply : class
    {
        var request = ModelRequests.Write(task, await LimitsAsync(ct), _thinks);
        var paid = new PaidCalls();
        var first = await CompleteAsync(request, context, paid, ct);
        if (first.Value is { Stop: ModelStop.Length } cutOff && NeedsRoom(task, cutOff)
            && await LimitsAsync(ct) is { OutputTokens: var most } && request.MaximumOutputTokens < most)
        {
            request = request with { MaximumOutputTokens = most };
            first = await CompleteAsync(request, context, paid, ct);
        }

        var reply = Ended(first);
        if (!reply.IsSuccess)
        {
            return reply.Error;
        }

        return ModelRequests.Read(task, reply.Value, out var fault) is { } answer
            ? new ModelAnswer<TReply>(answer, paid.Count)
            : await RepairAsync(task, request, ModelRequests.WriteRepair(request, reply.Value.Content, fault), context, paid, ct);
    }

    private async Task<Result<ModelAnswer<TReply>>> RepairAsync<TReply>(
        ModelTask<TReply> task, ModelRequest request, ModelRequest repair, CallContext context, PaidCalls paid, CancellationToken ct)
        where TReply : class
    {
        logger.Repairing(context.Subject, task.Name);
        var reply = Ended(await CompleteAsync(repair, context, paid, ct));
        if (!reply.IsSuccess)
        {
            return reply.Error;
        }

        if (ModelRequests.Read(task, reply.Value, out var fault) is { } answer)
        {
            return new ModelAnswer<TReply>(answer, paid.Count);
        }

        // Not cancellable: the next run is to ask anew, however this one ends.
        await journal.MarkUnusableAsync([request.KeyFor(identity), repair.KeyFor(identity)], context.Run, CancellationToken.None);
        logger.RepairFailed(context.Subject, task.Name);
        return ModelErrors.Malformed(fault);
    }

    /// <summary>A reply that ended as it should, or an error.</summary>
    private static Result<ModelReply> Ended(Result<ModelReply> outcome) => outcome.Value?.Stop switch
    {
        ModelStop.Refused => ModelErrors.Refused(),
        ModelStop.Length => ModelErrors.OutputTruncated(),
        _ => outcome,
    };

    /// <summary>
    /// True when asking for less would not help: without pages there is no less, and a model that thinks before it answers has used the room up for that.
    /// </summary>
    private bool NeedsRoom<TReply>(ModelTask<TReply> task, ModelReply cutOff)
        where TReply : class
    {
        var isEmpty = string.IsNullOrWhiteSpace(cutOff.Content);
        _thinks |= isEmpty;
        return isEmpty || task.Sections.Count == 0;
    }

    /// <summary>One call, and what it teaches.</summary>
    private async Task<Result<ModelReply>> CompleteAsync(ModelRequest request, CallContext context, PaidCalls paid, CancellationToken ct)
    {
        var outcome = await completion.CompleteAsync(new ModelCall(request, context), ct);
        if (outcome.IsSuccess)
        {
            paid.Add(outcome.Value);
            await LearnOutputAsync(request, outcome.Value, ct);
        }
        else
        {
            await LearnInputAsync(request, outcome.Error, ct);
        }

        return outcome;
    }

    /// <summary>A repair is larger than its task by what it sends back, so its size teaches nothing.</summary>
    private async Task LearnInputAsync(ModelRequest request, Error error, CancellationToken ct)
    {
        if (error.Kind is ErrorKind.TooLarge && request.Repair is null)
        {
            var tokens = RequestSize.SectionTokensOf(request);
            await limitStore.LearnAsync(identity, new LearnedLimits(tokens, OutputTokens: null), ct);
            logger.InputLimitLearned(identity.Model, tokens);
        }
    }

    /// <summary>Cut off at the length that we allowed says nothing of the model; cut off before it does.</summary>
    private async Task LearnOutputAsync(ModelRequest request, ModelReply reply, CancellationToken ct)
    {
        if (reply is { Stop: ModelStop.Length, IsReplayed: false } && reply.Usage is { Estimated: false, OutputTokens: > 0 and var tokens } && tokens < request.MaximumOutputTokens)
        {
            await limitStore.LearnAsync(identity, new LearnedLimits(InputTokens: null, tokens), ct);
            logger.OutputLimitLearned(identity.Model, tokens);
        }
    }

    /// <summary>Counts the calls of one question that were paid now.</summary>
    private sealed class PaidCalls
    {
        public int Count { get; private set; }

        public void Add(ModelReply reply) => Count += reply.IsReplayed ? 0 : 1;
    }
}
