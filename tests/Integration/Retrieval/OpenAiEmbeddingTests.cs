using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Retrieval.Embeddings;
using Idp.Simulators;
using Idp.Simulators.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Integration.Retrieval;

public sealed class OpenAiEmbeddingTests : TextEmbeddingContract, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SimulatedModelProvider _provider = null!;
    private ServiceProvider _services = null!;

    protected override ITextEmbedding Embedding => _services.GetRequiredService<ITextEmbedding>();

    private ICostLedger Ledger => _services.GetRequiredService<ICostLedger>();

    public async ValueTask InitializeAsync()
    {
        _provider = await SimulatedModelProvider.StartAsync(new SimulatorOptions { Prices = new PriceOptions { EmbeddingPerMillion = 100 } }, Ct);
        _services = Build(new EmbeddingOptions { Provider = "openai", BaseUrl = _provider.BaseUrl, Model = "simulated", MaxTextsPerCall = 4, MaxAttempts = 3, PricePerMillion = 100 });
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_paid_is_not_paid_again_and_the_books_agree_with_the_bill()
    {
        await EmbedAsync("one", "two", "three", "four", "five");
        var billed = _provider.Bill;
        await EmbedAsync("five", "one", "three");

        billed.Received.ShouldBe(2);
        _provider.Bill.Received.ShouldBe(2);
        var cost = await Ledger.CostOfAsync(Payer.Subject, Ct);
        (cost.Amount, cost.Calls, cost.CallsSaved).ShouldBe((Money.FromDollars(billed.Money), 2, 0));
        billed.Money.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_was_paid_is_still_there_after_a_restart()
    {
        var before = await EmbedAsync("one", "two");
        await _services.DisposeAsync();
        _services = Build(new EmbeddingOptions { Provider = "openai", BaseUrl = _provider.BaseUrl, Model = "simulated", PricePerMillion = 100 });

        (await EmbedAsync("two", "one")).ShouldBe([before[1], before[0]]);

        _provider.Bill.Received.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_is_too_large_is_halved_until_it_fits()
    {
        _provider.Change(static options => options with { SizeLimit = new SizeLimitOptions { RequestTokens = 12 } });
        var texts = Enumerable.Range(1, 4).Select(static number => $"text {number} of four or five words").Append(string.Join(' ', Enumerable.Repeat("long", 60))).ToList();

        var vectors = await EmbedAsync(texts);

        vectors.Count.ShouldBe(5);
        vectors.Select(static vector => string.Join(' ', vector)).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public async Task Different_dimensions_are_different_spaces()
    {
        await using var smaller = Build(new EmbeddingOptions { Provider = "openai", BaseUrl = _provider.BaseUrl, Model = "simulated", Dimensions = 64, PricePerMillion = 100 });
        var other = smaller.GetRequiredService<ITextEmbedding>();

        (await EmbedAsync("one"))[0].Length.ShouldBe(256);
        (await other.EmbedAsync(["one"], TextRole.Passage, Payer, Ct)).Value.ShouldNotBeNull()[0].Length.ShouldBe(64);
        other.Space.ShouldNotBe(Embedding.Space);
    }

    [Theory]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.RateLimited)]
    [InlineData(Fault.DropBeforeWork)]
    [InlineData(Fault.MissingUsage)]
    public async Task What_passes_is_tried_again(Fault fault)
    {
        _provider.Script(fault);

        (await EmbedAsync("one")).Count.ShouldBe(1);

        (await Ledger.CostOfAsync(Payer.Subject, Ct)).Amount.ShouldBeGreaterThanOrEqualTo(Money.FromDollars(_provider.Bill.Money));
    }

    [Fact]
    public async Task A_cap_stops_before_the_request()
    {
        await Ledger.SetCapAsync(Payer.Scopes[0], Money.Zero, Ct);

        var error = (await Embedding.EmbedAsync(["one"], TextRole.Passage, Payer, Ct)).Error.ShouldNotBeNull();

        error.Code.ShouldBe("budget_exhausted");
        _provider.Bill.Received.ShouldBe(0);
    }

    [Fact]
    public async Task A_model_of_unknown_price_is_not_asked_under_a_cap_and_the_setting_is_named()
    {
        await using var unpriced = Build(new EmbeddingOptions { Provider = "openai", BaseUrl = _provider.BaseUrl, Model = "simulated" });
        await unpriced.GetRequiredService<ICostLedger>().SetCapAsync(Payer.Scopes[0], Money.FromDollars(1), Ct);

        var error = (await unpriced.GetRequiredService<ITextEmbedding>().EmbedAsync(["two"], TextRole.Passage, Payer, Ct)).Error.ShouldNotBeNull();

        (error.Kind, error.Code).ShouldBe((ErrorKind.BudgetExceeded, "budget.price-unknown"));
        error.Message.ShouldContain("EMBEDDING__PRICE_PER_MILLION");
    }

    private ServiceProvider Build(EmbeddingOptions options)
    {
        var database = new DatabaseOptions { ConnectionString = _folder.File("idp.db") };
        var storage = new StorageOptions { Root = _folder.File("blobs") };
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(database).AddSingleton(storage).AddSingleton(new BudgetOptions()).AddSingleton(options)
            .AddSingleton(new ProviderGates(_ => new GateOptions { RequestsPerMinute = 100_000 }, TimeProvider.System))
            .AddStorage(database, storage)
            .AddTextEmbedding(options, new LanguageModelOptions().PricesFile)
            .BuildServiceProvider();
    }
}
