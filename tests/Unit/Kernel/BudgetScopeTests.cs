using Idp.Domain.Kernel.Costs;

namespace Idp.Unit.Kernel;

public sealed class BudgetScopeTests
{
    [Theory]
    [InlineData("day")]
    [InlineData("day:2026-11-22")]
    [InlineData("document")]
    [InlineData("doc_01a20162dae7764db767658324d377ec")]
    [InlineData("bat_01a20162dae7764db767658324d377ec")]
    [InlineData("job_01a20162dae7764db767658324d377ec")]
    public void A_scope_is_read_as_it_is_printed(string text)
    {
        BudgetScope.TryParse(text, out var scope).ShouldBeTrue();
        scope.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("week")]
    [InlineData("Day")]
    [InlineData("day:")]
    [InlineData("day:2026-13-45")]
    [InlineData("day:2026-1-2")]
    [InlineData("day:2026-11-22day:")]
    [InlineData("doc_")]
    [InlineData("doc_1")]
    [InlineData("doc_00000000000000000000000000000000")]
    [InlineData("run_01a20162dae7764db767658324d377ec")]
    [InlineData("doc_01a20162dae7764db767658324d377ec_")]
    public void Other_texts_are_no_scopes(string? text) => BudgetScope.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Days_and_documents_have_defaults_and_nothing_else_has()
    {
        BudgetScope.Day(new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.FromHours(-5))).ShouldBe(new BudgetScope("day:2026-11-23"));
        new BudgetScope("day:2026-11-23").Default.ShouldBe(BudgetScope.EveryDay);
        BudgetScope.Of("doc_a").Default.ShouldBe(BudgetScope.EveryDocument);
        BudgetScope.Of("bat_a").Default.ShouldBeNull();
        BudgetScope.EveryDay.Default.ShouldBeNull();
        BudgetScope.EveryDocument.Default.ShouldBeNull();
    }

    [Fact]
    public void A_cap_is_never_rounded_up_and_never_overflows()
    {
        Money.CapOf(0.0000000000019m).ShouldBe(new Money(1));
        Money.CapOf(decimal.MaxValue).ShouldBe(Money.Maximum);
        Money.CapOf(null).ShouldBeNull();
    }
}
