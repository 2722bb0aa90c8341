using System.Globalization;
using Idp.Simulators.Billing;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Http;

/// <summary>One request on its way: keeps log and bill in step, and ends exactly once.</summary>
internal sealed class RunningCall
{
    private readonly ProviderState _state;
    private readonly long _generation;
    private RequestRecord _record;
    private string _requestHash = string.Empty;

    /// <summary>Counts a request that has just arrived.</summary>
    public RunningCall(ProviderState state, string endpoint)
    {
        _state = state;
        _generation = state.Bill.Receive();
        _record = state.Log.Begin(state.Clock.GetUtcNow(), endpoint);
    }

    /// <summary>For the header <c>x-request-id</c>.</summary>
    public string RequestId => string.Create(CultureInfo.InvariantCulture, $"req_{_record.Sequence:x8}");

    /// <summary>For the <c>id</c> of a reply.</summary>
    public string ReplyId => string.Create(CultureInfo.InvariantCulture, $"chatcmpl-{_record.Sequence:x8}");

    /// <summary>Says what was asked.</summary>
    public void Describe(IModelWork work, string? body)
    {
        _requestHash = work.RequestHash;
        Put(_record with
        {
            Task = work.Task,
            Model = work.Model,
            Query = work.Query,
            Account = work.Account,
            Pages = work.Pages,
            PromptTokens = work.PromptTokens,
            Body = body,
        });
    }

    /// <summary>Says what will go wrong.</summary>
    public void Strike(IReadOnlyList<Fault> faults) => Put(_record with { Faults = faults });

    /// <summary>Puts a computed answer on the bill.</summary>
    public void Bill(IModelWork work, ModelReply reply, decimal money, bool isDropped, bool isAbandoned)
    {
        _state.Bill.Complete(
            _generation,
            new BilledCall(
                _record.Sequence, _state.Clock.GetUtcNow(), _record.Endpoint, work.Task, work.Model, work.Account, work.Pages,
                work.PromptTokens, reply.CompletionTokens, money, work.RequestHash, work.PageHashes)
            {
                Credits = reply.Credits,
            },
            isDropped,
            isAbandoned);
        Put(Ended(Outcome.Completed) with
        {
            Status = isDropped || isAbandoned ? null : 200,
            CompletionTokens = reply.CompletionTokens,
            Credits = reply.Credits,
            Money = money,
            FinishReason = reply.FinishReason,
        });
    }

    /// <summary>The computed answer was handed to the network as a whole.</summary>
    public void Deliver()
    {
        _state.Bill.Deliver(_generation, _requestHash);
        Put(_record with { IsDelivered = true });
    }

    /// <summary>Ends with an error: 4xx is rejected, 5xx failed.</summary>
    public void End(ProviderError error)
    {
        if (error.Status < 500)
        {
            _state.Bill.Reject(_generation);
        }
        else
        {
            _state.Bill.Fail(_generation, isAbandoned: false);
        }

        Put(Ended(error.Status < 500 ? Outcome.Rejected : Outcome.Failed) with { Status = error.Status, Error = error.Code ?? error.Type });
    }

    /// <summary>Ends with a cut connection, before any work.</summary>
    public void Drop()
    {
        _state.Bill.Fail(_generation, isAbandoned: false);
        Put(Ended(Outcome.Failed));
    }

    /// <summary>The client has gone. Changes nothing if the request has ended already.</summary>
    public void Abandon()
    {
        if (_record.Outcome is Outcome.Running)
        {
            _state.Bill.Fail(_generation, isAbandoned: true);
            Put(Ended(Outcome.Failed));
        }
    }

    /// <summary>Makes sure that the request has ended, even by a fault of the simulator itself.</summary>
    public void Close() => Abandon();

    private RequestRecord Ended(Outcome outcome) => _record with { Outcome = outcome, EndedAt = _state.Clock.GetUtcNow() };

    private void Put(RequestRecord record)
    {
        _record = record;
        _state.Log.Update(record);
    }
}
