using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>
/// Replays what the journal knows, and lets requests that are the same wait for one answer, for a while also where another node has asked. Replies that are cut off are replayed too: they were paid, and asking
/// again would bring the same. Replies that a run could not use are replayed to that run only, lest it pays again after each crash.
/// </summary>
internal sealed class CachingCompletion(IModelCompletion inner, ICallJournal journal, CallsElsewhere elsewhere, ModelIdentity model) : IModelCompletion
{
    private readonly Dictionary<Fingerprint, TaskCompletionSource<Result<ModelReply>?>> _flights = [];
    private readonly Lock _lock = new();

    public async Task<Result<ModelReply>> CompleteAsync(ModelCall call, CancellationToken ct)
    {
        var key = call.Request.KeyFor(model);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (!TryLead(key, out var flight))
            {
                if (await flight.Task.WaitAsync(ct) is { } shared && IsForAll(shared))
                {
                    return shared.IsSuccess ? Replay(call, shared.Value) : shared;
                }

                continue;
            }

            Result<ModelReply>? outcome = null;
            try
            {
                outcome = await elsewhere.FindAsync(key, token => journal.FindReplyAsync(key, call.Context.Run, token), ct) is { } known
                    ? Replay(call, known)
                    : await inner.CompleteAsync(call, ct);
                return outcome;
            }
            finally
            {
                Land(key, flight, outcome);
            }
        }
    }

    /// <summary>A budget is that of the one who asked first; the next may have money left.</summary>
    private static bool IsForAll(Result<ModelReply> outcome) => outcome.Error is not { Kind: ErrorKind.BudgetExceeded };

    private ModelReply Replay(ModelCall call, ModelReply reply)
    {
        LanguageModelTelemetry.Replayed(call.Request.Task, model.Model);
        return reply with { IsReplayed = true };
    }

    private bool TryLead(Fingerprint key, out TaskCompletionSource<Result<ModelReply>?> flight)
    {
        lock (_lock)
        {
            if (_flights.TryGetValue(key, out var underWay))
            {
                flight = underWay;
                return false;
            }

            flight = _flights[key] = new TaskCompletionSource<Result<ModelReply>?>(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>Without an outcome (cancelled, crashed) the next of those who wait takes over.</summary>
    private void Land(Fingerprint key, TaskCompletionSource<Result<ModelReply>?> flight, Result<ModelReply>? outcome)
    {
        lock (_lock)
        {
            _flights.Remove(key);
        }

        flight.SetResult(outcome);
    }
}
