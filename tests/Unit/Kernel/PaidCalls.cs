using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel;

/// <summary>What happens next in a course of calls.</summary>
/// <param name="Worker">Who moves: 0 and 1 are in the process that may be killed, 2 and 3 in one that lives on; any other number kills.</param>
/// <param name="Chance">Decides what comes of the move, 0 to 99.</param>
public sealed record Move(int Worker, int Chance)
{
    public bool Kills => Worker > 3;
}

/// <summary>Caps in cents and the moves of four workers.</summary>
public sealed record Course(int DocumentCap, int BatchCap, int DayCap, Move[] Moves)
{
    /// <summary>From this chance on, a request that was sent loses its answer.</summary>
    private const int FirstLoss = 70;

    /// <summary>Anything may happen; without losses, every request that is billed is answered.</summary>
    public static Arbitrary<Course> Any(bool withKills, bool withLosses = true) => Arb.From(
        from caps in Gen.Choose(1, 60).ArrayOf(3)
        from moves in (from worker in Gen.Choose(0, withKills ? 40 : 39) from chance in Gen.Choose(0, withLosses ? 99 : FirstLoss - 1) select new Move(withKills && worker == 40 ? 4 : worker % 4, chance)).ArrayOf(60)
        select new Course(caps[0], caps[1], caps[2], moves),
        static course => Enumerable.Range(0, course.Moves.Length).Select(removed => course with { Moves = [.. course.Moves.Where((_, index) => index != removed)] }));

    public override string ToString() =>
        $"caps {DocumentCap}/{BatchCap}/{DayCap}: {string.Join(' ', Moves.Select(move => move.Kills ? $"kill:{move.Chance}" : $"{move.Worker}:{move.Chance}"))}";
}

/// <summary>Four workers whose calls are paid by a provider with a bill of its own; after every move the bill is held against the ledger.</summary>
/// <param name="course">What happens.</param>
/// <param name="connect">Journal and ledger as a process sees them; true for one that may be killed, whose asking kills the one before it.</param>
/// <param name="clock">The clock of the calls.</param>
public sealed class PaidCalls(Course course, Func<bool, (ICallJournal Journal, ICostLedger Ledger)> connect, TimeProvider clock)
{
    private static readonly ModelIdentity Model = new("openai", "small", "http://models.test/v1");
    private static readonly string[] Documents = ["doc_0197aaaaaaaa7000800000000000000a", "doc_0197aaaaaaaa7000800000000000000b"];

    private readonly Dictionary<BudgetScope, Money> _bill = [];
    private readonly Worker[] _workers = [new(), new(), new(), new()];
    private (ICallJournal Journal, ICostLedger Ledger) _mortal = connect(true);
    private readonly (ICallJournal Journal, ICostLedger Ledger) _living = connect(false);
    private bool _lostAny;

    private enum Step
    {
        Idle,
        Begun,
        Reserved,
        Sent,
        Answered,
    }

    /// <summary>How many calls the provider billed.</summary>
    public int Billed { get; private set; }

    /// <summary>Makes all moves and ends what is under way then.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await _living.Ledger.SetCapAsync(BudgetScope.EveryDocument, Cents(course.DocumentCap), ct);
        await _living.Ledger.SetCapAsync(BudgetScope.Of("bat_a"), Cents(course.BatchCap), ct);
        await _living.Ledger.SetCapAsync(BudgetScope.EveryDay, Cents(course.DayCap), ct);
        foreach (var move in course.Moves)
        {
            await (move.Kills ? KillAsync(move.Chance, ct) : MoveAsync(move.Worker, move.Chance, ct));
            await CheckAsync(ct);
        }

        for (var worker = 0; worker < _workers.Length; worker++)
        {
            await EndAsync(worker, ct);
        }

        await CheckAsync(ct);
        await CheckEndAsync(ct);
    }

    private static Money Cents(int cents) => Money.FromDollars(cents / 100m);

    private (ICallJournal Journal, ICostLedger Ledger) Of(int worker) => worker < 2 ? _mortal : _living;

    private async Task MoveAsync(int index, int chance, CancellationToken ct)
    {
        var worker = _workers[index];
        var (journal, ledger) = Of(index);
        switch (worker.Step)
        {
            case Step.Idle:
                worker.Intent = Intent(Documents[(index + chance) % 2], chance);
                await journal.BeginAsync(worker.Intent, ct);
                worker.Step = Step.Begun;
                break;
            case Step.Begun when chance < 10:
                await CancelAsync(worker, journal, ct);
                break;
            case Step.Begun:
                await ReserveAsync(worker, journal, ledger, chance, ct);
                break;
            case Step.Reserved when chance < 10:
                await ledger.ReleaseAsync(worker.Intent!.Id, ct);
                await CancelAsync(worker, journal, ct);
                break;
            case Step.Reserved:
                await ledger.MarkSentAsync(worker.Intent!.Id, ct);
                worker.Step = Step.Sent;
                break;
            case Step.Sent:
                await MeetProviderAsync(worker, journal, ledger, chance, ct);
                break;
            case Step.Answered:
                await journal.CompleteAsync(worker.Intent!.Id, new ModelReply("{}", ModelStop.Finished, new TokenUsage(10, 1), [1]), worker.Cost, ["page"], ct);
                worker.Step = Step.Idle;
                break;
        }
    }

    private static async Task ReserveAsync(Worker worker, ICallJournal journal, ICostLedger ledger, int chance, CancellationToken ct)
    {
        worker.WorstCase = Cents(1 + (chance % 12));
        switch ((await ledger.ReserveAsync(worker.Intent!.Id, worker.WorstCase, ct)).Answer)
        {
            case ReservationAnswer.Granted:
                worker.Step = Step.Reserved;
                break;
            case ReservationAnswer.Exceeded:
                await journal.FailAsync(worker.Intent.Id, "budget_exhausted", ct);
                worker.Step = Step.Idle;
                break;
        }
    }

    private async Task MeetProviderAsync(Worker worker, ICallJournal journal, ICostLedger ledger, int chance, CancellationToken ct)
    {
        var id = worker.Intent!.Id;
        switch (chance)
        {
            case < 55: // Answered; the reply is on its way back.
                worker.Cost = Bill(worker, chance);
                worker.Step = Step.Answered;
                break;
            case < 70: // Refused, which costs nothing; tried again.
                await ledger.ReleaseAsync(id, ct);
                worker.Step = Step.Begun;
                break;
            case < 80: // Answered and billed, and the reply was lost.
                Bill(worker, chance);
                await LoseAsync(worker, ledger, ct);
                break;
            case < 90: // Never arrived, and nobody knows.
                await LoseAsync(worker, ledger, ct);
                break;
            default: // Cancelled in flight; billed all the same.
                Bill(worker, chance);
                _lostAny = true;
                await journal.FailAsync(id, "cancelled", ct);
                worker.Step = Step.Idle;
                break;
        }
    }

    private async Task LoseAsync(Worker worker, ICostLedger ledger, CancellationToken ct)
    {
        _lostAny = true;
        await ledger.CountAsPaidAsync(worker.Intent!.Id, ct);
        worker.Step = Step.Begun;
    }

    /// <summary>Its process is killed: what it sent may be billed all the same, and its successor settles.</summary>
    private async Task KillAsync(int chance, CancellationToken ct)
    {
        foreach (var worker in _workers[..2])
        {
            _lostAny |= worker.Step is Step.Sent or Step.Answered;
            if (worker.Step == Step.Sent && chance % 2 == 0)
            {
                Bill(worker, chance);
            }

            worker.Step = Step.Idle;
        }

        await CheckAsync(ct);
        _mortal = connect(true);
        await _mortal.Journal.RecoverAsync(ct);
    }

    private async Task EndAsync(int index, CancellationToken ct)
    {
        var worker = _workers[index];
        if (worker.Step == Step.Sent)
        {
            await MoveAsync(index, 0, ct);
        }

        if (worker.Step == Step.Answered)
        {
            await MoveAsync(index, 0, ct);
        }

        if (worker.Step != Step.Idle)
        {
            await CancelAsync(worker, Of(index).Journal, ct);
        }
    }

    private static async Task CancelAsync(Worker worker, ICallJournal journal, CancellationToken ct)
    {
        await journal.FailAsync(worker.Intent!.Id, "cancelled", ct);
        worker.Step = Step.Idle;
    }

    private Money Bill(Worker worker, int chance)
    {
        var cost = new Money(worker.WorstCase.Picodollars * (chance + 1) / 100);
        foreach (var scope in worker.Intent!.Scopes)
        {
            _bill[scope] = _bill.GetValueOrDefault(scope) + cost;
        }

        Billed++;
        return cost;
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        foreach (var (scope, billed) in _bill)
        {
            var budget = await _living.Ledger.FindBudgetAsync(scope, ct);
            billed.ShouldBeLessThanOrEqualTo(budget.Cap.ShouldNotBeNull(), $"the bill of {scope} passes its cap");
            (budget.Spent + budget.Held).ShouldBeLessThanOrEqualTo(budget.Cap.Value, $"{scope} was granted more than its cap");
            billed.ShouldBeLessThanOrEqualTo(budget.Spent + budget.Held, $"the bill of {scope} is above what its budget knows of");
            if (!scope.Value.StartsWith("day:", StringComparison.Ordinal))
            {
                billed.ShouldBeLessThanOrEqualTo((await _living.Ledger.CostOfAsync(scope.Value, ct)).Amount, $"the cost shown of {scope} is below the bill");
            }
        }
    }

    private async Task CheckEndAsync(CancellationToken ct)
    {
        foreach (var document in Documents)
        {
            var budget = await _living.Ledger.FindBudgetAsync(BudgetScope.Of(document), ct);
            var shown = await _living.Ledger.CostOfAsync(document, ct);
            budget.Held.ShouldBe(Money.Zero, "nothing is under way any more");
            budget.Spent.ShouldBe(shown.Amount, "totals and calls tell the same");
            if (!_lostAny)
            {
                shown.Amount.ShouldBe(_bill.GetValueOrDefault(budget.Scope), "nothing was lost, so that the cost shown is the bill");
                shown.Estimated.ShouldBeFalse();
            }
        }
    }

    private CallIntent Intent(string document, int chance)
    {
        var at = clock.GetUtcNow();
        ValueList<BudgetScope> scopes = chance % 3 == 0
            ? [BudgetScope.Of(document), BudgetScope.Day(at)]
            : [BudgetScope.Of(document), BudgetScope.Of("bat_a"), BudgetScope.Day(at)];
        return new CallIntent(
            StrongId.New<CallId>(clock), Fingerprint.Of(("pages", document)), "extraction", Model, document, scopes.Count == 3 ? "bat_a" : null, scopes, [1], at);
    }

    private sealed class Worker
    {
        public Step Step { get; set; }

        public CallIntent? Intent { get; set; }

        public Money WorstCase { get; set; }

        public Money Cost { get; set; }
    }
}
