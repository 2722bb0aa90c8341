using System.Text.Json;
using Idp.Application.Extraction;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Statements;

public sealed class StatementTaskTests
{
    private static readonly StatementTask Task = new(StatementType.BalanceSheet, ["2023-06-30"], [new ModelSection(7, "Total assets 2,200", "key")]);

    [Theory]
    [InlineData("""{"2023-06-30":"2200"}""")]
    [InlineData("""[{"period":"2023-06-30","value":"2200"}]""")]
    [InlineData("""{"2023-06-30":2200}""")]
    public void Values_come_as_an_object_or_as_a_list(string values)
    {
        var line = Read($$"""{"statements":[{"type":"balance_sheet","unit":1000,"currency":"USD","lines":[{"label":"Total assets","values":{{values}},"page":7}]}]}""").Lines.ShouldHaveSingleItem();

        line.Values.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("2023-06-30", "2200"));
        line.Page.ShouldBe(7);
    }

    [Theory]
    [InlineData("""{"lines":[]}""")]
    [InlineData("""{"statements":[{"type":"balance_sheet"}]}""")]
    [InlineData("""[]""")]
    public void A_reply_without_its_outline_is_to_be_repaired(string reply)
    {
        using var json = JsonDocument.Parse(reply);

        Task.Check(json.RootElement).ShouldNotBeNull().Code.ShouldBe("model.malformed-reply");
    }

    [Fact]
    public void A_page_that_was_not_sent_is_none() =>
        Read("""{"statements":[{"type":"balance_sheet","lines":[{"label":"Total assets","values":{},"page":9}]}]}""").Lines.ShouldHaveSingleItem().Page.ShouldBeNull();

    private static ModelStatement Read(string reply)
    {
        using var json = JsonDocument.Parse(reply);
        return Task.Read(json.RootElement, page => page == 7 ? page : null).Value.ShouldNotBeNull().Statements.ShouldHaveSingleItem();
    }
}
