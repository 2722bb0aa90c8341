using Idp.Application.Documents.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Simulators.Options;

namespace Idp.Integration.Documents;

public sealed class LlmWhispererRecognitionTests : DocumentRecognitionContract, IAsyncLifetime
{
    private RecognitionHost _host = null!;

    protected override IDocumentRecognition Recognition => _host.Recognition;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(new SimulatorOptions(), Ct);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    protected override Task<SourceFile> StoreAsync(params IReadOnlyList<string> pages) => _host.StoreAsync(pages, Ct);

    [Fact]
    public async Task All_pages_are_one_submission_that_is_paid_once_and_kept()
    {
        var file = await StoreAsync("one", "two", "three");

        var first = await Recognition.RecognizeAsync(OrderOf(file, 3, 1, 2, 3), Asker, Ct);
        var again = await Recognition.RecognizeAsync(OrderOf(file, 3, 1, 2, 3), Asker with { Subject = "doc_0197a0000000700080000000000000ff", Run = "run-2" }, Ct);

        again.Value.ShouldBe(first.Value.ShouldNotBeNull());
        var bill = _host.Service.Bill;
        (bill.Completed, bill.RecognizedPages, bill.Retrieved, bill.RetrievedAgain).ShouldBe((1, 3, 1, 0));
        (await _host.Ledger.CostOfAsync(Asker.Subject, Ct)).ShouldSatisfyAllConditions(
            cost => cost.Amount.ShouldBe(Money.FromDollars(bill.Money)), cost => cost.Calls.ShouldBe(1), cost => cost.Estimated.ShouldBeFalse());
    }

    [Fact]
    public async Task Many_who_want_the_same_at_once_pay_once()
    {
        var file = await StoreAsync("one", "two");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Recognition.RecognizeAsync(OrderOf(file, 2, 1, 2), Asker, Ct)));

        (_host.Service.Bill.Completed, _host.Service.Bill.Retrieved).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Two_nodes_that_want_the_same_at_once_pay_once()
    {
        await using var host = await RecognitionHost.StartAsync(
            new() { Capacity = new() { AtOnce = 1, WhenFull = WhenFull.Reject }, Latency = new() { FixedMilliseconds = 60_000 } }, Ct);
        var another = host.AnotherNode();
        using var busy = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        try
        {
            var other = host.Recognition.RecognizeAsync(OrderOf(await host.StoreAsync(["other"], Ct), 1, 1), Asker, busy.Token);
            await UntilAsync(202);
            var file = await host.StoreAsync(["one"], Ct);
            var here = host.Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct);
            await UntilAsync(429);

            var there = another.Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker with { Subject = "doc_0197a0000000700080000000000000ff", Run = "run-2" }, Ct);
            host.Service.Change(static options => options with { Capacity = new(), Latency = new() });
            await busy.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => other);

            (await there).Value.ShouldBe((await here).Value.ShouldNotBeNull());
            host.Service.Requests.Count(static request => request is { Endpoint: "whisper", Status: 202 }).ShouldBe(2);
        }
        finally
        {
            await another.EndNodeAsync();
        }

        async Task UntilAsync(int status)
        {
            while (!host.Service.Requests.Any(request => request.Status == status))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
            }
        }
    }

    [Fact]
    public async Task Lines_stand_where_the_service_says()
    {
        // The line is in the text layer, so that the simulated service knows its place.
        var file = await _host.StoreAsync(PdfBuilder.OfPages("First line\nSecond line"), Ct);

        var page = (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)).Value.ShouldNotBeNull().Single();

        page.HasEstimatedBoxes.ShouldBeTrue();
        page.Words.Single(word => word.Text == "Second").Box.Bottom.ShouldBe(1 - (672.0 / 792), 0.01);
    }

    [Theory]
    [InlineData(Fault.ServerError, 1)]
    [InlineData(Fault.BadGateway, 1)]
    [InlineData(Fault.RateLimited, 1)]
    [InlineData(Fault.DropAfterBilling, 2)]
    public async Task What_passes_is_tried_again_and_what_may_be_paid_is_counted(Fault fault, int paid)
    {
        var file = await StoreAsync("one");
        _host.Service.Script(fault);

        (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)).IsSuccess.ShouldBeTrue();

        _host.Service.Bill.Completed.ShouldBe(paid);
        (await _host.Ledger.CostOfAsync(Asker.Subject, Ct)).Amount.ShouldBe(Money.FromDollars(paid * RecognitionHost.PagePrice));
    }

    [Theory]
    [InlineData(Fault.PaymentRequired, "recognition.quota-exhausted")]
    [InlineData(Fault.Forbidden, "recognition.unauthorised")]
    public async Task What_ends_the_account_is_told_at_once_and_costs_nothing(Fault fault, string code)
    {
        var file = await StoreAsync("one");
        _host.Service.Script(fault);

        var error = (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, error.IsTransient, _host.Service.Requests.Count).ShouldBe((code, false, 1));
        (await _host.Ledger.CostOfAsync(Asker.Subject, Ct)).Amount.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task An_order_that_comes_to_nothing_is_placed_anew_by_the_next_run_and_by_no_other()
    {
        var file = await StoreAsync("one");
        _host.Service.Script(Fault.JobFails);

        var first = await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct);
        var sameRun = await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct);
        _host.Service.Bill.Completed.ShouldBe(1);
        var nextRun = await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker with { Run = "run-2" }, Ct);

        (first.Error?.Code, sameRun.Error?.Code, nextRun.IsSuccess).ShouldBe(("recognition.failed", "recognition.failed", true));
        _host.Service.Bill.Completed.ShouldBe(2);
    }

    [Fact]
    public async Task A_text_that_is_lost_on_its_way_is_told_and_not_ordered_again()
    {
        var file = await StoreAsync("one");
        _host.Service.ScriptFor("whisper-retrieve", Fault.DropAfterBilling);

        var error = (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, _host.Service.Bill.Completed).ShouldBe(("recognition.already-delivered", 1));
    }

    [Theory]
    [InlineData("whisper-status")]
    [InlineData("whisper-retrieve")]
    [InlineData("highlights")]
    public async Task Faults_after_the_acceptance_are_waited_for(string endpoint)
    {
        var file = await StoreAsync("one");
        _host.Service.ScriptFor(endpoint, Fault.ServerError, Fault.DropBeforeWork);

        (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)).IsSuccess.ShouldBeTrue();

        _host.Service.Bill.Completed.ShouldBe(1);
    }

    [Fact]
    public async Task Waiting_that_was_cancelled_goes_on_where_it_was()
    {
        _host.Service.Change(options => options with { Latency = new() { FixedMilliseconds = 700 } });
        var file = await StoreAsync("one");
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var waiting = Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, impatient.Token);
        while (!_host.Service.Requests.Any(request => request.Endpoint == "whisper-status"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
        }

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);

        (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker with { Run = "run-2" }, Ct)).IsSuccess.ShouldBeTrue();
        (_host.Service.Bill.Completed, _host.Service.Bill.Retrieved).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_text_in_another_number_of_pages_is_not_guessed_at()
    {
        // The service knows one page of what is said to be three.
        var file = await StoreAsync("one");

        var error = (await Recognition.RecognizeAsync(OrderOf(file, 3, 1, 2), Asker, Ct)).Error.ShouldNotBeNull();

        error.Code.ShouldBe("recognition.pages-unclear");
    }

    [Fact]
    public async Task A_service_that_knows_only_its_own_separator_is_understood()
    {
        _host.Service.Change(options => options with { Recognition = options.Recognition with { KnowsSeparator = false } });
        var file = await StoreAsync("one\n<<<\nmore", "two");

        var pages = (await Recognition.RecognizeAsync(OrderOf(file, 2, 1, 2), Asker, Ct)).Value.ShouldNotBeNull();

        pages.Select(page => page.Text).ShouldBe(["one\n<<<\nmore", "two"]);
    }

    [Fact]
    public async Task A_cap_stops_before_the_submission()
    {
        await _host.Ledger.SetCapAsync(Asker.Scopes[0], Money.FromDollars(0.02m), Ct);
        var file = await StoreAsync("one", "two");

        var error = (await Recognition.RecognizeAsync(OrderOf(file, 2, 1, 2), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, _host.Service.Requests.Count).ShouldBe(("budget_exhausted", 0));
    }

    [Fact]
    public async Task A_forgotten_file_is_recognised_and_paid_anew()
    {
        var file = await StoreAsync("one");
        await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct);
        await Recognition.ForgetAsync(file.Hash, Ct);

        (await Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker with { Run = "run-2" }, Ct)).IsSuccess.ShouldBeTrue();

        _host.Service.Bill.Completed.ShouldBe(2);
    }

    [Fact]
    public async Task One_after_the_other_is_one_after_the_other()
    {
        await using var host = await RecognitionHost.StartAsync(new() { Latency = new() { FixedMilliseconds = 60 } }, Ct, maxConcurrency: 1);
        var files = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => host.StoreAsync([$"text {number}"], Ct)));

        await Task.WhenAll(files.Select(file => host.Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)));

        (host.Service.Bill.Completed, host.Service.Bill.MostAtOnce).ShouldBe((3, 1));
    }

    [Fact]
    public async Task Who_is_not_served_in_time_is_told_to_come_again()
    {
        await using var host = await RecognitionHost.StartAsync(new() { Latency = new() { FixedMilliseconds = 60_000 } }, Ct, deadlineSeconds: 1);
        var file = await host.StoreAsync(["one"], Ct);

        var error = (await host.Recognition.RecognizeAsync(OrderOf(file, 1, 1), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, error.Kind).ShouldBe(("recognition.too-slow", ErrorKind.Unavailable));
    }
}

public sealed class LlmWhispererProbeTests : RecognitionProbeContract, IAsyncLifetime
{
    private RecognitionHost _host = null!;

    protected override IRecognitionProbe Probe => _host.Probe;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(new SimulatorOptions(), Ct, maxConcurrency: 1);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_that_is_refused_is_told_before_anything_is_paid()
    {
        _host.Service.Change(options => options with { ApiKeys = ["another"] });

        (await Probe.PrepareAsync(Ct)).Error.ShouldNotBeNull().Code.ShouldBe("recognition.unauthorised");
        _host.Service.Bill.Received.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_of_different_names_are_different_pages_past_the_gate_and_are_paid()
    {
        _host.Service.Change(options => options with { Latency = new() { FixedMilliseconds = 200 } });

        await Task.WhenAll(Probe.CallAsync("one", Ct), Probe.CallAsync("two", Ct));

        var bill = _host.Service.Bill;
        (bill.Completed, bill.Duplicates, bill.MostAtOnce, bill.Retrieved).ShouldBe((2, 0, 2, 0));
        (await _host.Ledger.CostOfAsync("probe", Ct)).Amount.ShouldBe(Money.FromDollars(bill.Money));
    }
}
