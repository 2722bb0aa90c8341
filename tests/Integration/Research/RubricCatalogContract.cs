using Idp.Application.Research.Ports;
using Idp.Unit.Research;

namespace Idp.Integration.Research;

/// <summary>What every rubric catalog promises. It starts with one built-in rubric, <c>built-in</c>.</summary>
public abstract class RubricCatalogContract
{
    protected abstract IRubricCatalog Catalog { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_built_in_rubric_is_found() => (await Catalog.FindAsync("built-in", Ct)).ShouldNotBeNull().Name.ShouldBe("built-in");

    [Fact]
    public async Task An_unknown_rubric_is_not_found() => (await Catalog.FindAsync("unknown", Ct)).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("../built-in")]
    [InlineData("a/b")]
    [InlineData("größe")]
    public async Task What_is_no_name_is_not_found_and_cannot_be_stored(string name)
    {
        (await Catalog.FindAsync(name, Ct)).ShouldBeNull();

        await Should.ThrowAsync<ArgumentException>(() => Catalog.SaveAsync(Rubrics.Small with { Name = name }, Ct));
    }

    [Fact]
    public async Task A_users_rubric_comes_back_as_it_was_stored_and_goes_before_the_built_in_one()
    {
        await Catalog.SaveAsync(Rubrics.Small, Ct);
        await Catalog.SaveAsync(Rubrics.Small with { Name = "built-in" }, Ct);

        (await Catalog.FindAsync("small", Ct)).ShouldBe(Rubrics.Small);
        (await Catalog.FindAsync("built-in", Ct)).ShouldBe(Rubrics.Small with { Name = "built-in" });
        (await Catalog.NamesAsync(Ct)).ShouldBe(["built-in", "small"]);
    }
}
