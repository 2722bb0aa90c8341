using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Research;
using Idp.Infrastructure.Research.Tavily;
using Idp.Simulators;
using Idp.Simulators.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Research;

public sealed class TavilySearchTests : WebSearchContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SimulatedSearchProvider _provider = null!;
    private ServiceProvider _services = null!;

    protected override IWebSearch Search => _services.GetRequiredService<IWebSearch>();

    private ICostLedger Ledger => _services.GetRequiredService<ICostLedger>();

    public async ValueTask InitializeAsync()
    {
        _provider = await SimulatedSearchProvider.StartAsync(new SimulatorOptions(), Ct);
        var options = new TavilyOptions { BaseUrl = _provider.BaseUrl, ApiKey = "tvly-test", MaxAttempts = 3 };
        var database = new DatabaseOptions { ConnectionString = _folder.File("idp.db") };
        var storage = new StorageOptions { Root = _folder.File("blobs") };
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(database).AddSingleton(storage).AddSingleton(new BudgetOptions()).AddSingleton(options)
            .AddSingleton(new ProviderGates(_ => new GateOptions { FixedLimit = options.Concurrency, RequestsPerMinute = 10_000 }, TimeProvider.System))
            .AddStorage(database, storage)
            .AddResearch(database, new WebSearchOptions { Provider = "tavily" })
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_answered_question_costs_its_credit_once_and_nobody_again()
    {
        var first = (await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct)).Value.ShouldNotBeNull();
        var again = (await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct)).Value.ShouldNotBeNull();
        var other = (await Search.SearchAsync(Question("\"Acme\" GPU"), Asker with { Subject = "cmp_0197a0000000700080000000000000ff" }, Ct)).Value.ShouldNotBeNull();

        (first.Credits, again.Credits, other.Credits).ShouldBe((1, 1, 0));
        again.Sources.ShouldBe(first.Sources);
        _provider.Bill.Credits.ShouldBe(1);
        (await Ledger.CostOfAsync(Asker.Batch!, Ct)).Amount.ShouldBe(Money.FromDollars(0.008m));
    }

    [Fact]
    public async Task A_deeper_search_is_another_question_and_costs_more()
    {
        await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct);
        var deep = (await Search.SearchAsync(Question("\"Acme\" GPU") with { Depth = Idp.Domain.Research.SearchDepth.Advanced }, Asker, Ct)).Value.ShouldNotBeNull();

        deep.Credits.ShouldBe(2);
        (await Ledger.CostOfAsync(Asker.Subject, Ct)).Amount.ShouldBe(Money.FromDollars(0.024m));
        _provider.Bill.Credits.ShouldBe(3);
    }

    [Fact]
    public async Task Many_who_ask_the_same_at_once_pay_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct)));

        _provider.Bill.Credits.ShouldBe(1);
    }

    [Theory]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.BadGateway)]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.RateLimited)]
    [InlineData(Fault.DropBeforeWork)]
    public async Task What_passes_is_tried_again(Fault fault)
    {
        _provider.Script(fault);

        (await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct)).IsSuccess.ShouldBeTrue();

        _provider.Bill.Credits.ShouldBe(1);
        (await Ledger.CostOfAsync(Asker.Subject, Ct)).Amount.ShouldBeGreaterThanOrEqualTo(Money.FromDollars(0.008m));
    }

    [Theory]
    [InlineData(Fault.PlanLimit, "search.plan-limit")]
    [InlineData(Fault.SpendLimit, "search.spend-limit")]
    [InlineData(Fault.Forbidden, "search.unauthorised")]
    public async Task What_ends_the_account_is_told_at_once_and_costs_nothing(Fault fault, string code)
    {
        _provider.Script(fault);

        var error = (await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, error.IsTransient).ShouldBe((code, false));
        _provider.Bill.Received.ShouldBe(1);
        (await Ledger.CostOfAsync(Asker.Subject, Ct)).Amount.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_question_that_is_refused_is_reported_and_not_repeated()
    {
        var error = (await Search.SearchAsync(Question(new string('x', 401)), Asker, Ct)).Error.ShouldNotBeNull();

        (error.Code, error.Kind).ShouldBe(("search.bad-request", ErrorKind.Rejected));
        _provider.Bill.Received.ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_that_is_lost_counts_as_paid()
    {
        _provider.Script(Fault.DropAfterBilling);

        (await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct)).IsSuccess.ShouldBeTrue();

        (await Ledger.CostOfAsync(Asker.Subject, Ct)).Amount.ShouldBe(Money.FromDollars(0.016m));
        _provider.Bill.Money.ShouldBe(0.016m);
    }

    [Fact]
    public async Task A_cap_stops_before_the_request()
    {
        await Ledger.SetCapAsync(Asker.Scopes[0], Money.FromDollars(0.01m), Ct);
        await Search.SearchAsync(Question("\"Acme\" GPU"), Asker, Ct);

        var error = (await Search.SearchAsync(Question("\"Boulder\" GPU"), Asker, Ct)).Error.ShouldNotBeNull();

        error.Code.ShouldBe("budget_exhausted");
        _provider.Bill.Received.ShouldBe(1);
    }
}
