using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction;

public class PairReaderTests
{
    private static readonly ExtractionSchema Schema = new(
        "form", DocumentKind.Form, false, [new("pairs", FieldType.Pair, true, false, ["date", "to", "from", "company", "city"], null)], []);

    [Fact]
    public void Reads_the_value_to_the_right_of_a_caption_with_a_colon()
    {
        Pairs("Reported by:  J. Example", "Date: 6/21/90").ShouldBe([("Reported by", "J. Example"), ("Date", "6/21/90")]);
    }

    [Fact]
    public void Reads_two_entries_on_one_line()
    {
        Pairs("To: Ann Example          From: Bob Sample").ShouldBe([("To", "Ann Example"), ("From", "Bob Sample")]);
    }

    [Fact]
    public void Keeps_a_second_colon_inside_the_value()
    {
        Pairs("Description: Harbour: market monitor").ShouldBe([("Description", "Harbour: market monitor")]);
    }

    [Fact]
    public void Joins_the_lines_of_a_value()
    {
        var read = Read("Counsel:      Smith and Jones", "              12 Harbour Street", "              Springfield");

        read.ShouldHaveSingleItem().Value.ShouldBe("Smith and Jones 12 Harbour Street Springfield");
        read[0].Printed.ShouldBe("Smith and Jones\n12 Harbour Street\nSpringfield");
        read[0].Evidence[0].Boxes.Count.ShouldBe(3);
    }

    [Fact]
    public void Stops_a_value_at_the_next_caption()
    {
        Pairs("Project name:   Gemini", "Supplier:       Burke Research").ShouldBe([("Project name", "Gemini"), ("Supplier", "Burke Research")]);
    }

    [Fact]
    public void Joins_a_caption_that_takes_two_lines()
    {
        Pairs("PLAINTIFF'S", "COUNSEL:      Smith and Jones").ShouldBe([("PLAINTIFF'S COUNSEL", "Smith and Jones")]);
    }

    [Fact]
    public void Reads_the_value_below_a_caption()
    {
        Pairs("Comments:", "Please call me tomorrow.").ShouldBe([("Comments", "Please call me tomorrow.")]);
    }

    [Fact]
    public void Reads_what_is_filled_in_on_an_underline()
    {
        Pairs("Account name____Overseas____").ShouldBe([("Account name", "Overseas")]);
    }

    [Fact]
    public void Reads_captions_without_a_colon_that_stand_in_a_column()
    {
        Pairs("PROJECT CODE        Alpha", "PROJECT NAME        Pall regular", "PROJECT LEADER      J. Example")
            .ShouldBe([("PROJECT CODE", "Alpha"), ("PROJECT NAME", "Pall regular"), ("PROJECT LEADER", "J. Example")]);
    }

    [Fact]
    public void Reads_entries_below_their_captions_in_a_boxed_form()
    {
        Pairs("Company               City", "example trading       springfield").ShouldBe([("Company", "example trading"), ("City", "springfield")]);
    }

    [Fact]
    public void Pairs_the_cells_of_a_table_with_header_and_row()
    {
        var pairs = Pairs("Region             VOLUME      STORES", "North Harbour      105         225", "South Harbour      61          27");

        pairs.ShouldContain(("VOLUME", "61"));
        pairs.ShouldContain(("STORES", "225"));
        pairs.ShouldContain(("North Harbour", "105"));
    }

    [Fact]
    public void Takes_no_header_of_figures_for_the_value_of_another_header()
    {
        Pairs("Region             VOLUME      STORES", "North Harbour      105         225", "South Harbour      61          27")
            .ShouldNotContain(pair => pair.Value == "VOLUME" || pair.Value == "STORES");
    }

    [Fact]
    public void Parts_a_common_caption_from_a_value_that_follows_without_a_gap()
    {
        Pairs("DATE April 30, 1985").ShouldBe([("DATE", "April 30, 1985")]);
    }

    [Fact]
    public void Begins_a_cell_at_a_vertical_rule()
    {
        Pairs("City: Springfield|Date: 6/21/90").ShouldBe([("City", "Springfield"), ("Date", "6/21/90")]);
    }

    [Fact]
    public void Gives_no_word_to_two_captions()
    {
        var read = Read("Date: 6/21/90     Company", "Name:             example trading");

        read.Count(pair => pair.Value.Contains("example", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Is_less_sure_of_words_that_no_one_prints()
    {
        var read = Read("Date:    6/21/90", string.Empty, "D~tE:    6/2l/9O");

        read.Where(pair => pair.Key == "Date").ShouldHaveSingleItem().Confidence.Value
            .ShouldBeGreaterThan(read.Where(pair => pair.Key != "Date").Select(pair => pair.Confidence.Value).DefaultIfEmpty(0).Max());
    }

    [Fact]
    public void Reads_a_line_of_very_many_cells()
    {
        Pairs("Date: 6/21/90", string.Concat(Enumerable.Repeat("Ab   ", 5_000))).ShouldContain(("Date", "6/21/90"));
    }

    [Fact]
    public void Makes_one_pair_of_each_recipient_of_a_distribution_list()
    {
        Pairs("cc:   A. Tisch", "      R. Orcutt", "      L. Gordon", "      G. Telford").Select(pair => pair.Key).ShouldBe(["cc", "cc", "cc", "cc"]);
    }

    [Fact]
    public void Takes_no_time_of_day_for_an_entry() => Pairs("10:55   503 641 1898").ShouldBeEmpty();

    [Fact]
    public void Is_surer_of_a_common_caption_than_of_a_rare_one()
    {
        var read = Read("Date:    6/21/90", "Quux:    6/22/90");

        read[0].Confidence.ShouldBeGreaterThan(read[1].Confidence);
    }

    [Fact]
    public void Needs_a_field_for_pairs_in_the_schema()
    {
        PairReader.Read(Schema with { Fields = [] }, [PrintedPage.Of(["Date: 6/21/90"])]).ShouldBeEmpty();
    }

    [Fact]
    public void Ignores_a_word_without_end() => Pairs(new string('a', 200_000), "Date: 6/21/90").ShouldBe([("Date", "6/21/90")]);

    [Fact]
    public void Survives_any_text() => Prop.ForAll<string[]>(lines =>
            PairReader.Read(Schema, [PrintedPage.Of(lines.Select(line => (line ?? string.Empty).Replace('\n', ' ')))])
                .All(pair => pair.Key is not null && pair.Evidence.Count == 1))
        .QuickCheckThrowOnFailure();

    private static ValueList<ExtractedField> Read(params string[] lines) => PairReader.Read(Schema, [PrintedPage.Of(lines)]);

    private static IReadOnlyList<(string Key, string Value)> Pairs(params string[] lines) =>
        [.. Read(lines).Select(pair => (pair.Key!, pair.Value))];
}
