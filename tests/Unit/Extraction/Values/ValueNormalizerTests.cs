using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Values;

public sealed class ValueNormalizerTests
{
    [Theory]
    [InlineData("2010-12-26", "2010-12-26")]
    [InlineData("12/26/2010", "2010-12-26")]
    [InlineData("26.12.2010", "2010-12-26")]
    [InlineData("05.06.2010", "2010-06-05")]
    [InlineData("26/12/2010", "2010-12-26")]
    [InlineData("12-09-2023", "2023-12-09")]
    [InlineData("21-AUG-2016", "2016-08-21")]
    [InlineData("December 26, 2010", "2010-12-26")]
    [InlineData("26 Dec 2010", "2010-12-26")]
    [InlineData("the 26th day of December, 2010", "2010-12-26")]
    [InlineData("Dec. 3rd, 2010", "2010-12-03")]
    [InlineData("Sept 3 2010", "2010-09-03")]
    [InlineData("Sunday, December 26, 2010", "2010-12-26")]
    [InlineData("12/26/10", "2010-12-26")]
    [InlineData("3/4/75", "1975-03-04")]
    [InlineData("2010 Dec 26", "2010-12-26")]
    [InlineData("2010/12/26", "2010-12-26")]
    [InlineData("O6/05/2O18", "2018-06-05")]
    [InlineData("06/ 05 /2018.", "2018-06-05")]
    [InlineData("Januaty 26 , 2021", "2021-01-26")]
    [InlineData("l2-JUN-2011", "2011-06-12")]
    public void Dates_of_all_styles_become_iso(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Date, printed).ShouldBe(value);

    [Theory]
    [InlineData("02/30/2010")]
    [InlineData("13/13/2010")]
    [InlineData("May")]
    [InlineData("March 2010")]
    [InlineData("1,118.11")]
    [InlineData("(802) 555-0140")]
    [InlineData("666-99-9401")]
    [InlineData("dated May 5, 2010 by and between")]
    public void What_is_no_date_is_refused(string printed) => ValueNormalizer.Normalize(FieldType.Date, printed).ShouldBeNull();

    [Theory]
    [InlineData("01/01/2019 - 01/31/2019", "2019-01-01/2019-01-31")]
    [InlineData("01-JUN-2011 - 30-JUN-2011", "2011-06-01/2011-06-30")]
    [InlineData("2013-01-01 - 2013-01-31", "2013-01-01/2013-01-31")]
    [InlineData("2013-01-01/2013-01-31", "2013-01-01/2013-01-31")]
    [InlineData("January 1, 2019 through January 31, 2019", "2019-01-01/2019-01-31")]
    [InlineData("From 1 Jan 2019 to 31 Jan 2019", "2019-01-01/2019-01-31")]
    [InlineData("06-01-2011 \u2013 06-30-2011", "2011-06-01/2011-06-30")]
    [InlineData("12/15 - 01/14/2011", "2010-12-15/2011-01-14")]
    [InlineData("June 1 - June 30, 2011", "2011-06-01/2011-06-30")]
    [InlineData("June 1-30, 2011", "2011-06-01/2011-06-30")]
    [InlineData("February 2012", "2012-02-01/2012-02-29")]
    public void Periods_become_two_iso_dates(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Period, printed).ShouldBe(value);

    [Theory]
    [InlineData("01/31/2019 - 01/01/2019")]
    [InlineData("01/31/2019")]
    [InlineData("to")]
    public void What_is_no_period_is_refused(string printed) => ValueNormalizer.Normalize(FieldType.Period, printed).ShouldBeNull();

    [Theory]
    [InlineData("$1,118.11", "1118.11")]
    [InlineData("(1,118.11)", "-1118.11")]
    [InlineData("($1,118.11)", "-1118.11")]
    [InlineData("$(1,118.11)", "-1118.11")]
    [InlineData("-$5", "-5")]
    [InlineData("$-5.00", "-5.00")]
    [InlineData("1.118,11", "1118.11")]
    [InlineData("1 118,11 EUR", "1118.11")]
    [InlineData("RM 12.00", "12.00")]
    [InlineData("USD 1,000,000.00", "1000000.00")]
    [InlineData("1,118.11 USD", "1118.11")]
    [InlineData("1,118.11-", "-1118.11")]
    [InlineData("1,118.11CR", "-1118.11")]
    [InlineData("1,118.11 DR", "1118.11")]
    [InlineData("1,118 .11", "1118.11")]
    [InlineData("S1,118.11", "1118.11")]
    [InlineData("$1,l18.1O", "1118.10")]
    [InlineData("$1,118,11", "1118.11")]
    [InlineData("$ 2500.50", "2500.50")]
    [InlineData(".75", "0.75")]
    [InlineData("0.00", "0.00")]
    [InlineData("$250", "250")]
    [InlineData("1,118", "1118")]
    public void Amounts_become_plain_decimals(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Money, printed).ShouldBe(value);

    [Theory]
    [InlineData("12/26/2010")]
    [InlineData("6.500%")]
    [InlineData("(802) 555-0140")]
    [InlineData("Oslo")]
    [InlineData("$")]
    [InlineData("1,11,8")]
    [InlineData("99999999999999999999999999999999")]
    public void What_is_no_amount_is_refused(string printed) => ValueNormalizer.Normalize(FieldType.Money, printed).ShouldBeNull();

    [Theory]
    [InlineData("6.500%", "6.500")]
    [InlineData("6.500 %", "6.500")]
    [InlineData("6,500%", "6.500")]
    [InlineData("6.5OO%", "6.500")]
    [InlineData("6.500\u00B0/o", "6.500")]
    [InlineData("6.25 percent per annum", "6.25")]
    [InlineData("7%", "7")]
    [InlineData("5.125", "5.125")]
    public void Rates_keep_their_digits(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Percent, printed).ShouldBe(value);

    [Theory]
    [InlineData("650.00%")]
    [InlineData("$6.50")]
    [InlineData("six")]
    public void What_is_no_rate_is_refused(string printed) => ValueNormalizer.Normalize(FieldType.Percent, printed).ShouldBeNull();

    [Theory]
    [InlineData("(802) 555-0140", "(802) 555-0140")]
    [InlineData("802-555-0140", "(802) 555-0140")]
    [InlineData("802.555.0140", "(802) 555-0140")]
    [InlineData("8025550140", "(802) 555-0140")]
    [InlineData("+1 802 555 0140", "(802) 555-0140")]
    [InlineData("1-802-555-0140", "(802) 555-0140")]
    [InlineData("(8O2) 555-O14O", "(802) 555-0140")]
    [InlineData("( 802 ) 555 - 0140", "(802) 555-0140")]
    [InlineData("Tel: (802) 555-0140 ext. 12", "(802) 555-0140 x12")]
    [InlineData("555-0140", "555-0140")]
    [InlineData("+44 20 7946 0958", "+44 20 7946 0958")]
    public void Telephone_numbers_take_one_form(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Phone, printed).ShouldBe(value);

    [Theory]
    [InlineData("12-09-2023")]
    [InlineData("666-99-9401")]
    [InlineData("2304973")]
    [InlineData("1,118.11")]
    public void What_is_no_telephone_number_is_refused(string printed) => ValueNormalizer.Normalize(FieldType.Phone, printed).ShouldBeNull();

    [Theory]
    [InlineData("Harriet.Dunmore@Example.com", "harriet.dunmore@example.com")]
    [InlineData("harriet . dunmore @ example . com", "harriet.dunmore@example.com")]
    [InlineData("harriet@example,com", "harriet@example.com")]
    [InlineData("<a@b.org>", "a@b.org")]
    public void Mail_addresses_become_lower_case(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Email, printed).ShouldBe(value);

    [Theory]
    [InlineData("7009885", "7009885")]
    [InlineData("68 9985 8679", "6899858679")]
    [InlineData("68-9985-8679", "6899858679")]
    [InlineData("LN-2019-792337", "LN-2019-792337")]
    [InlineData("c17611243", "C17611243")]
    [InlineData("Acct No: 7O09885", "7009885")]
    [InlineData("x9895", "****9895")]
    [InlineData("****5706", "****5706")]
    [InlineData("XXXXXX8679", "****8679")]
    [InlineData("Loan Acct No ending in 2337", "****2337")]
    public void Account_numbers_lose_their_formatting(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.AccountNumber, printed).ShouldBe(value);

    [Theory]
    [InlineData("***-**-1546", "1546")]
    [InlineData("XXX-XX-9249", "9249")]
    [InlineData("xxx-xx-8962", "8962")]
    [InlineData("666-99-9401", "9401")]
    [InlineData("666999401", "9401")]
    [InlineData("1546", "1546")]
    [InlineData("*#*-**-1546", "1546")]
    [InlineData("last 4: 1546", "1546")]
    [InlineData("***-**-IS46", "1546")]
    public void Of_social_security_numbers_the_last_four_digits_are_kept(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.SsnLast4, printed).ShouldBe(value);

    [Theory]
    [InlineData("12-3456789")]
    [InlineData("(802) 555-0140")]
    [InlineData("12-09-2023")]
    public void What_is_no_social_security_number_is_refused(string printed) =>
        ValueNormalizer.Normalize(FieldType.SsnLast4, printed).ShouldBeNull();

    [Theory]
    [InlineData("K75704707", "K75704707")]
    [InlineData("K757O47O7", "K75704707")]
    [InlineData("076377212", "076377212")]
    [InlineData(" 377635. ", "377635")]
    public void Identifiers_stay_as_printed_but_for_slips(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Identifier, printed).ShouldBe(value);

    [Theory]
    [InlineData("HARRIET G. DUNMORE", "Harriet G. Dunmore")]
    [InlineData("HUGO MCALLISTER", "Hugo McAllister")]
    [InlineData("MAPLE & MAIN HARDWARE LLC", "Maple & Main Hardware LLC")]
    [InlineData("Harriet  G. Dunmore,", "Harriet G. Dunmore")]
    [InlineData("O'NEIL-SMITH", "O'Neil-Smith")]
    public void Names_in_capitals_become_mixed_case(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Name, printed).ShouldBe(value);

    [Theory]
    [InlineData("7032 Harvest Rd\nHarborview, ME 04098", "7032 Harvest Rd, Harborview, ME 04098")]
    [InlineData("9601 OLD MILL AVE, APT 31\nLINDEN, TX 75563", "9601 Old Mill Ave, Apt 31, Linden, TX 75563")]
    [InlineData("12 NW ELM ST ,\r\nAKRON , OH 44301", "12 NW Elm St, Akron, OH 44301")]
    public void Lines_of_an_address_are_joined_by_commas(string printed, string value) =>
        ValueNormalizer.Normalize(FieldType.Address, printed).ShouldBe(value);

    [Fact]
    public void Two_spellings_of_one_product_compare_equal() =>
        ValueNormalizer.Normalize(FieldType.Category, "Auto  Loan").ShouldBe(ValueNormalizer.Normalize(FieldType.Category, "AUTO LOAN"));

    [Fact]
    public void Totals_that_name_their_direction_lose_the_sign() =>
        ValueNormalizer.Normalize(new FieldDefinition("total_debits", FieldType.Money, false, false, [], null), "-$14,898.44").ShouldBe("14898.44");

    [Fact]
    public void Arbitrary_text_gives_a_value_or_nothing_and_never_throws() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        Gen.Elements(Enum.GetValues<FieldType>()).ToArbitrary(),
        (text, type) => ValueNormalizer.Normalize(type, text ?? string.Empty) != string.Empty).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_of_the_characters_that_values_are_made_of_never_throws_either() => Prop.ForAll(
        Gen.Elements("0123456789.,-/ $()%*xXOolIS@#:JanuaryDc'+\n|".ToCharArray()).ListOf()
            .Select(letters => string.Concat(letters)).ToArbitrary(),
        Gen.Elements(Enum.GetValues<FieldType>()).ToArbitrary(),
        (text, type) => ValueNormalizer.Normalize(type, text) != string.Empty).QuickCheckThrowOnFailure();
}
