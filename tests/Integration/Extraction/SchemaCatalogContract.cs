using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Integration.Extraction;

/// <summary>What every schema catalog promises. It starts with one built-in schema, <c>receipt</c>.</summary>
public abstract class SchemaCatalogContract
{
    protected static readonly ExtractionSchema Own = new(
        "own_schema-2",
        DocumentKind.Generic,
        true,
        [new FieldDefinition("total", FieldType.Money, false, true, ["Total", "Größe"], "What is due.")],
        [new TableDefinition("lines", [new ColumnDefinition("item", FieldType.Text, ["Item"])])]);

    protected abstract ISchemaCatalog Catalog { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_built_in_schema_is_found() =>
        (await Catalog.FindAsync("receipt", Ct)).ShouldNotBeNull().Kind.ShouldBe(DocumentKind.Receipt);

    [Fact]
    public async Task An_unknown_schema_is_not_found() => (await Catalog.FindAsync("unknown", Ct)).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("../receipt")]
    [InlineData("a/b")]
    [InlineData("receipt.json")]
    [InlineData("größe")]
    [InlineData("x23456789012345678901234567890123456789012345678901234567890123456")]
    public async Task What_is_no_name_is_not_found_and_cannot_be_stored(string name)
    {
        (await Catalog.FindAsync(name, Ct)).ShouldBeNull();

        await Should.ThrowAsync<ArgumentException>(() => Catalog.SaveAsync(Own with { Name = name }, Ct));
    }

    [Fact]
    public async Task A_users_schema_comes_back_as_it_was_stored()
    {
        await Catalog.SaveAsync(Own, Ct);

        (await Catalog.FindAsync(Own.Name, Ct)).ShouldBe(Own);
    }

    [Fact]
    public async Task A_users_schema_goes_before_the_built_in_one_of_its_name()
    {
        await Catalog.SaveAsync(Own with { Name = "receipt" }, Ct);

        (await Catalog.FindAsync("receipt", Ct)).ShouldBe(Own with { Name = "receipt" });
    }

    [Fact]
    public async Task Names_are_sorted_and_without_repetition()
    {
        await Catalog.SaveAsync(Own, Ct);
        await Catalog.SaveAsync(Own with { Name = "receipt" }, Ct);
        await Catalog.SaveAsync(Own with { Name = "a" }, Ct);

        (await Catalog.NamesAsync(Ct)).ShouldBe(["a", Own.Name, "receipt"]);
    }
}
