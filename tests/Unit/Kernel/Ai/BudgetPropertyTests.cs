using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai;

namespace Idp.Unit.Kernel.Ai;

/// <summary>Whatever a provider does, and whenever callers give up, its own bill stays below the cap and below what is shown.</summary>
public sealed class BudgetPropertyTests
{
    private static readonly BudgetScope Document = new("doc_1");

    /// <summary>What the provider does with one try, and whether it puts it on its bill.</summary>
    private enum Fate
    {
        Answered,
        Unusable,
        CutOff,
        ServerError,
        SlowDown,
        DroppedBeforeWork,
        DroppedAfterWork,
        BrokenBody,
        CancelledBeforeWork,
        CancelledAfterWork,
        Crash,
        TooLarge,
    }

    [Fact]
    public void The_providers_bill_never_passes_the_cap() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<PositiveInt>(),
        (fates, cap, calls) => RunAsync(fates, Money.FromDollars(cap / 8m), 1 + (calls.Get % 8)).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static async Task RunAsync(byte[] fates, Money cap, int calls)
    {
        var bill = new Bill();
        using var cancellation = new CancellationTokenSource();
        var model = new ScriptedModel().Answers(async (call, index, ct) =>
        {
            await Task.Yield();
            var fate = fates.Length == 0 ? Fate.Answered : (Fate)(fates[index % fates.Length] % 12);
            return await ActAsync(fate, call.Request, bill, cancellation, ct);
        });
        await model.Calls.SetCapAsync(Document, cap, TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, calls).Select(number => AskAsync(model, number, cancellation.Token)));

        bill.Total.ShouldBeLessThanOrEqualTo(cap);
        bill.Total.ShouldBeLessThanOrEqualTo(model.Calls.Spent);
        model.Calls.Spent.ShouldBeLessThanOrEqualTo(cap);
        model.Calls.Held.ShouldBe(Money.Zero);
    }

    private static async Task AskAsync(ScriptedModel model, int number, CancellationToken ct)
    {
        try
        {
            await model.Model.AskAsync(TranscriptTask.Of((number + 1, $"page {number}")), TranscriptTask.For(Document.Value), ct);
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidTimeZoneException)
        {
            // Given up, or crashed: the money must be right all the same.
        }
    }

    private static async Task<ModelExchange> ActAsync(
        Fate fate, ModelRequest request, Bill bill, CancellationTokenSource cancellation, CancellationToken ct)
    {
        var worst = new TokenUsage(request.InputTokenBound, request.MaximumOutputTokens);
        switch (fate)
        {
            case Fate.Answered:
                var usage = bill.Add(new TokenUsage(100, 10));
                return new(ScriptedModel.Transcribe(request).Value! with { Usage = usage }, null);
            case Fate.Unusable:
                return new(ScriptedModel.Reply(request, "nothing", usage: bill.Add(new TokenUsage(50, 500))), null);
            case Fate.CutOff:
                return new(ScriptedModel.Reply(request, "{", ModelStop.Length, bill.Add(worst)), null);
            case Fate.ServerError:
                return new(ModelErrors.Unavailable("status 500"), null);
            case Fate.SlowDown:
                return new(ModelErrors.RateLimited(null), null);
            case Fate.DroppedBeforeWork:
                return new(ModelErrors.NoAnswer("dropped"), null);
            case Fate.DroppedAfterWork:
                bill.Add(worst);
                return new(ModelErrors.NoAnswer("dropped"), null);
            case Fate.BrokenBody:
                bill.Add(new TokenUsage(100, 900));
                return new(ModelErrors.BrokenAnswer(), null);
            case Fate.CancelledBeforeWork:
                await cancellation.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return new(ModelErrors.Unavailable("too late to cancel"), null);
            case Fate.CancelledAfterWork:
                bill.Add(worst);
                await cancellation.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return new(ModelErrors.NoAnswer("too late to cancel"), null);
            case Fate.Crash:
                bill.Add(worst);
                throw new InvalidTimeZoneException("a bug");
            default:
                return new(ModelErrors.InputTooLarge(), null);
        }
    }

    /// <summary>Counted apart from the product.</summary>
    private sealed class Bill
    {
        private readonly Lock _lock = new();
        private decimal _dollars;

        public Money Total
        {
            get
            {
                lock (_lock)
                {
                    return Money.FromDollars(_dollars);
                }
            }
        }

        public TokenUsage Add(TokenUsage usage)
        {
            lock (_lock)
            {
                _dollars += (usage.InputTokens * 0.001m) + (usage.OutputTokens * 0.002m);
            }

            return usage;
        }
    }
}
