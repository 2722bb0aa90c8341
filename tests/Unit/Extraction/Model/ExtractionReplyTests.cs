using System.Text.Json;
using Idp.Application.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Model;

public sealed class ExtractionReplyTests
{
    private const string TwoPages = """
        {"fields":[{"name":"phone","value":"1","page":4},{"name":"cif","value":2,"page":5,"quote":"2"},{"name":"email","value":"x","page":99},{"name":"officer","value":"y"}],
         "tables":[{"name":"transactions","rows":[{"page":5,"cells":{"amount":"3.00","balance":null}}]}]}
        """;

    [Fact]
    public void Numbers_count_as_text_and_cells_without_a_value_stay_out()
    {
        var reply = Read(TwoPages).Value.ShouldNotBeNull();

        reply.Readings.Single(reading => reading.Name == "cif").Value.ShouldBe("2");
        reply.Rows.ShouldHaveSingleItem().Cells.ShouldHaveSingleItem().Column.ShouldBe("amount");
    }

    [Fact]
    public void A_pair_has_a_key_and_a_value()
    {
        var reading = Read("""{"fields":[{"name":"pairs","value":{"key":"Date","value":"May"},"page":1}]}""").Value.ShouldNotBeNull().Readings.ShouldHaveSingleItem();

        (reading.Key, reading.Value).ShouldBe(("Date", "May"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"tables":[]}""")]
    [InlineData("""{"fields":{}}""")]
    [InlineData("""{"fields":[1]}""")]
    [InlineData("""{"fields":[{"value":"1"}]}""")]
    [InlineData("""{"fields":[],"tables":[{"name":"transactions"}]}""")]
    public void A_reply_of_another_outline_is_rejected(string json) => Read(json).Error.ShouldNotBeNull().Kind.ShouldBe(ErrorKind.Rejected);

    [Fact]
    public void A_section_takes_its_own_part_under_its_present_page_number()
    {
        var reply = Read(TwoPages).Value.ShouldNotBeNull();

        var second = reply.ForSection([4, 5], 1, page: 12);

        second.Readings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            reading => reading.Name.ShouldBe("cif"), reading => reading.Page.ShouldBe(12));
        second.Rows.ShouldHaveSingleItem().Page.ShouldBe(12);
    }

    [Fact]
    public void What_names_no_page_that_was_sent_goes_with_the_first_section() => Read(TwoPages).Value.ShouldNotBeNull()
        .ForSection([4, 5], 0, page: 11).Readings.Select(reading => reading.Name).ShouldBe(["phone", "email", "officer"]);

    private static Result<ExtractionReply> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ExtractionReply.Read(document.RootElement);
    }
}
