using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Research.Ports;
using Idp.Domain.Research;
using Idp.Infrastructure.Research.Csv;

namespace Idp.Integration.Research;

public sealed class CsvCompanyListReaderTests : CompanyListReaderContract
{
    protected override ICompanyListReader Reader { get; } = new CsvCompanyListReader();

    [Theory]
    [InlineData("company")]
    [InlineData("Company")]
    [InlineData("Company Name")]
    [InlineData("company_name")]
    [InlineData("NAME")]
    [InlineData("\"Company\"")]
    public async Task The_column_is_found_by_its_name(string header) => (await NamesAsync($"id,{header},x\n1,Acme,2\n")).ShouldBe(["Acme"]);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public async Task Any_common_delimiter_will_do(string delimiter) =>
        (await NamesAsync($"id{delimiter}company{delimiter}place\n1{delimiter}Acme{delimiter}Oslo. North\n2{delimiter}Boulder{delimiter}\n")).ShouldBe(["Acme", "Boulder"]);

    [Fact]
    public async Task A_comma_in_a_cell_does_not_hide_the_semicolons() =>
        (await NamesAsync("company;place\nAcme;Oslo, Norway\nBoulder;Bonn, North Rhine, Germany\n")).ShouldBe(["Acme", "Boulder"]);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public async Task Any_common_encoding_will_do(string name)
    {
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(name);

        (await ReadAsync("company;x\nCrème Brûlée;1\nMüller;2\n", encoding)).Value.ShouldNotBeNull().Companies.Select(company => company.Name).ShouldBe(["Crème Brûlée", "Müller"]);
    }

    [Fact]
    public async Task Utf_16_without_a_mark_is_seen_too() =>
        (await Reader.ReadAsync(new MemoryStream(new UnicodeEncoding(false, false).GetBytes("company\nAcme\n")), TestContext.Current.CancellationToken))
            .Value.ShouldNotBeNull().Companies.Select(company => company.Name).ShouldBe(["Acme"]);

    [Fact]
    public async Task Other_headers_are_refused_and_named()
    {
        var error = (await ReadAsync("Symbol,Security\nABC,Acme\n")).Error.ShouldNotBeNull();

        error.Code.ShouldBe("research.no-company-column");
        error.Message.ShouldContain("'Symbol', 'Security'");
    }

    [Fact]
    public async Task A_column_alone_needs_no_header_and_may_have_commas() => (await NamesAsync("Acme\nBoulder, Inc.\n")).ShouldBe(["Acme", "Boulder, Inc."]);

    [Fact]
    public async Task Quoted_cells_may_have_quotes_and_line_ends() =>
        (await NamesAsync("company,x\r\n\"Acme, \"\"Holdings\"\"\r\nInternational\",1\r\n")).ShouldBe(["Acme, \"Holdings\" International"]);

    [Fact]
    public async Task Blank_short_long_and_double_rows_are_told_apart()
    {
        var list = (await ReadAsync("id,company,x\n1,Acme,2\n\n1,ACME,2\n3\n4,Boulder,5,6,7\n5,,6\n")).Value.ShouldNotBeNull();

        list.Companies.Select(company => (company.Row, company.Name)).ShouldBe([(1, "Acme"), (5, "Boulder")]);
        list.Reports.Select(report => (report.Row, report.Problem.Code)).ShouldBe(
            [(2, "research.blank-row"), (3, "research.duplicate-row"), (4, "research.blank-row"), (6, "research.blank-row")]);
    }

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_is_told_and_loses_nothing_in_silence() =>
        (await ReadAsync("company\nAcme\n\"Boulder\nCorvane\n")).Error.ShouldNotBeNull().Code.ShouldBe("research.broken-list");

    [Fact]
    public async Task More_bytes_than_a_list_may_have_are_not_read() =>
        (await Reader.ReadAsync(new MemoryStream(new byte[17 * 1024 * 1024]), TestContext.Current.CancellationToken)).Error.ShouldNotBeNull().Code.ShouldBe("research.list-too-large");

    [Fact]
    public async Task More_companies_than_a_job_takes_are_refused() =>
        (await ReadAsync("company\n" + string.Join('\n', Enumerable.Range(0, CompanyListBuilder.MostCompanies + 1)))).Error.ShouldNotBeNull().Code.ShouldBe("research.too-many-companies");

    [Fact]
    public void Whatever_is_written_as_csv_is_read_as_it_was() => Prop.ForAll(
        Gen.Elements("Acme", "a,b", "c;d", "e\"f", "g\nh", " i ", "j|k", "ä", "=1+1").NonEmptyListOf().ToArbitrary(),
        names =>
        {
            var text = "id,company\n" + string.Concat(names.Select((name, row) => $"{row},\"{row} {name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"));
            var read = ReadAsync(text).GetAwaiter().GetResult().Value;
            return read is not null && read.Companies.Select(company => company.Name).SequenceEqual(names.Select((name, row) => CompanyListBuilder.Clean($"{row} {name}")));
        }).QuickCheckThrowOnFailure();

    private async Task<IEnumerable<string>> NamesAsync(string text) => (await ReadAsync(text)).Value.ShouldNotBeNull().Companies.Select(company => company.Name);
}
