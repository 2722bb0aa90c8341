using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction;

public class ReceiptReaderTests
{
    private static readonly ExtractionSchema Schema = new(
        "receipt", DocumentKind.Receipt, false,
        [
            new("company", FieldType.Name, false, true, [], null),
            new("date", FieldType.Date, false, true, ["date"], null),
            new("address", FieldType.Address, false, false, [], null),
            new("total", FieldType.Money, false, true, ["grand total", "total rounded", "total"], null),
        ],
        []);

    private static readonly string[] Kedai =
    [
        "          KEDAI MAWAR INDAH SDN BHD",
        "               (1234567-A)",
        "        NO. 9, JALAN MAWAR 3/1,",
        "       TAMAN MAWAR, 43000 KAJANG",
        "          TEL: 03-5550 1234",
        "             TAX INVOICE",
        "Date:   04/03/2018 10:15",
        "SABUN             2    3.00     6.00",
        "ROTI              1    2.52     2.52",
        "Sub Total                       8.52",
        "Rounding Adj                   -0.02",
        "Total                           8.50",
        "Cash                           10.00",
        "Change                          1.50",
    ];

    [Fact]
    public void Reads_the_four_fields_of_a_till_receipt()
    {
        var fields = Read(Kedai);

        fields.Select(field => (field.Name, field.Value)).ShouldBe(
        [
            ("company", "KEDAI MAWAR INDAH SDN BHD"),
            ("date", "2018-03-04"),
            ("address", "NO. 9, JALAN MAWAR 3/1, TAMAN MAWAR, 43000 KAJANG"),
            ("total", "8.50"),
        ]);
    }

    [Theory]
    [InlineData("12 MAWAR 012-0718493")]
    [InlineData("caring line : 1800 38 1231")]
    [InlineData("> scribble 77 %")]
    public void Ends_an_address_behind_its_postal_code(string next)
    {
        var address = Value(Read(["KEDAI MAWAR SDN BHD", "NO. 9, JALAN MAWAR 3/1,", "43000 KAJANG, SELANGOR", next, "Total    8.50"]), "address");

        address.ShouldBe("NO. 9, JALAN MAWAR 3/1, 43000 KAJANG, SELANGOR");
    }

    [Fact]
    public void Goes_on_with_the_state_behind_the_postal_code()
    {
        Value(Read(["KEDAI MAWAR SDN BHD", "NO. 9, JALAN MAWAR 3/1,", "43000 KAJANG,", "DARUL BARU", "Total    8.50"]), "address")
            .ShouldEndWith("DARUL BARU");
    }

    [Fact]
    public void Begins_an_address_at_a_house_number_before_a_numbered_road()
    {
        Value(Read(["KEDAI MAWAR SDN BHD", "109, SS21/1A,", "DAMANSARA UTAMA", "Total    8.50"]), "address").ShouldBe("109, SS21/1A, DAMANSARA UTAMA");
    }

    [Fact]
    public void Repairs_a_misread_number_sign_of_an_address()
    {
        Value(Read(["KEDAI MAWAR SDN BHD", "NQ.9, JALAN MAWAR 3,", "43000 KAJANG", "Total    8.50"]), "address").ShouldStartWith("NO.9, JALAN MAWAR 3");
    }

    [Theory]
    [InlineData("MAWAR RETAIL $B{", "MAWAR RETAIL SB")]
    [InlineData("MR. D.1.Y. SDN BHD", "MR. D.I.Y. SDN BHD")]
    public void Repairs_a_misread_company(string printed, string name)
    {
        Value(Read([printed, "NO. 9, JALAN MAWAR 3,", "43000 KAJANG", "Total    8.50"]), "company").ShouldBe(name);
    }

    [Fact]
    public void Is_less_sure_of_a_company_with_words_that_no_one_prints()
    {
        Sure("KEDAI [MiTt MAWAR SDN BHD").ShouldBeLessThan(Sure("KEDAI ROTI MAWAR SDN BHD"));

        static double Sure(string company) => Read([company, "NO. 9, JALAN MAWAR 3,"]).Single(field => field.Name == "company").Confidence.Value;
    }

    [Fact]
    public void Shows_where_each_value_stands()
    {
        var address = Read(Kedai).Single(field => field.Name == "address");

        address.Status.ShouldBe(FieldStatus.Supported);
        address.Evidence.ShouldHaveSingleItem().Boxes.Count.ShouldBe(2);
        address.Evidence[0].Boxes[0].Y.ShouldBe(0.09, 0.001);
    }

    [Fact]
    public void Keeps_the_dates_that_lost_as_alternatives()
    {
        var date = Read([.. Kedai, "Printed 05/03/2018"]).Single(field => field.Name == "date");

        date.Value.ShouldBe("2018-03-04");
        date.Alternatives.Select(other => other.Value).ShouldBe(["2018-03-05"]);
        date.Alternatives[0].Confidence.ShouldBeLessThan(date.Confidence);
    }

    [Fact]
    public void Reads_the_month_first_when_the_seller_stands_in_the_United_States()
    {
        var fields = Read(["ACME HARDWARE STORE", "12 Main Street", "Springfield, IL 62701", "Date: 04/03/2018", "Total   8.50"]);

        Value(fields, "date").ShouldBe("2018-04-03");
    }

    [Fact]
    public void Computes_an_illegible_total_from_payment_and_change()
    {
        var total = Read([.. Kedai.Where(line => !line.StartsWith("Total", StringComparison.Ordinal) && !line.StartsWith("Sub", StringComparison.Ordinal))])
            .Single(field => field.Name == "total");

        total.Value.ShouldBe("8.50");
        total.Status.ShouldBe(FieldStatus.Derived);
        total.Evidence.ShouldBeEmpty();
    }

    [Fact]
    public void Forgives_a_space_within_the_total()
    {
        Value(Read(["THE BAKERY SHOP", "Cake    RM20. 40", "Total   RM20. 40"]), "total").ShouldBe("20.40");
    }

    [Fact]
    public void Repairs_a_misread_legal_form_and_place()
    {
        var fields = Read(["MAWAR INDAH SON BHD", "NO 2, JALAN MAWAR, SETANGOR", "Total   8.50"]);

        Value(fields, "company").ShouldBe("MAWAR INDAH SDN BHD");
        Value(fields, "address").ShouldBe("NO 2, JALAN MAWAR, SELANGOR");
        fields.Single(field => field.Name == "company").Printed.ShouldBe("MAWAR INDAH SON BHD");
    }

    [Fact]
    public void Is_less_sure_of_words_that_were_read_badly()
    {
        var clear = ReceiptReader.Read(Schema, [PrintedPage.Of(Kedai)]);
        var blurred = ReceiptReader.Read(Schema, [PrintedPage.Of(Kedai, confidence: 0.5)]);

        clear.Zip(blurred).ShouldAllBe(pair => pair.First.Confidence > pair.Second.Confidence);
    }

    [Fact]
    public void Reads_nothing_from_an_empty_page() => Read([]).ShouldBeEmpty();

    [Fact]
    public void Ignores_fields_that_it_does_not_know()
    {
        var schema = Schema with { Fields = [new("colour", FieldType.Text, false, false, [], null)] };

        ReceiptReader.Read(schema, [PrintedPage.Of(Kedai)]).ShouldBeEmpty();
    }

    [Fact]
    public void Reads_on_beside_a_word_without_end()
    {
        Value(Read([.. Kedai, new string('1', 200_000)]), "total").ShouldBe("8.50");
    }

    [Fact]
    public void Survives_any_text() => Prop.ForAll<string[]>(lines =>
            ReceiptReader.Read(Schema, [PrintedPage.Of(lines.Select(line => (line ?? string.Empty).Replace('\n', ' ')))])
                .All(field => field.Confidence.Value is >= 0 and <= 1))
        .QuickCheckThrowOnFailure();

    private static ValueList<ExtractedField> Read(IEnumerable<string> lines) => ReceiptReader.Read(Schema, [PrintedPage.Of(lines)]);

    private static string? Value(ValueList<ExtractedField> fields, string name) => fields.FirstOrDefault(field => field.Name == name)?.Value;
}
