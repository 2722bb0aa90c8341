using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Unit.Architecture;

namespace Idp.Unit.Kernel.Ai;

public sealed class PriceCatalogTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void The_table_that_comes_along_is_sound_and_finds_its_way_beside_the_program()
    {
        var table = PriceCatalog.Load(new LanguageModelOptions().PricesFile).Table;

        table.Prices.Select(static price => (price.Model, price.From)).ShouldBeUnique();
        table.Find("gpt-4o-mini", Today).ShouldBe(new ModelPrice("gpt-4o-mini", new(2024, 7, 18), 0.15m, 0.60m, 0.075m));
        table.Find("a model that nobody knows", Today).ShouldBeNull();
        File.ReadAllText(new LanguageModelOptions().PricesFile).ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "prices", "models.json")));
    }

    [Theory]
    [InlineData("""{"models":[{"model":"m","from":"2026-01-01","input":-1,"output":1}]}""")]
    [InlineData("""{"models":[{"model":"m","from":"2026-01-01","input":1,"output":1,"cached_input":2}]}""")]
    [InlineData("""{"models":[{"model":"m","input":1,"output":1}]}""")]
    [InlineData("""{"models":null}""")]
    [InlineData("no table")]
    public void A_table_that_makes_no_sense_is_refused_with_its_name(string content)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, content);
        try
        {
            Should.Throw<SetupException>(() => PriceCatalog.Load(path)).Message.ShouldContain(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_settings_price_wins() =>
        new ModelPricing(ScriptedModel.Priced(), new PriceCatalog(new PriceTable([new("m", default, 1, 1)])), TimeProvider.System).Current
            .ShouldBe(new ModelPrice("m", DateOnly.MinValue, 1000, 2000));
}
