using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Research;

namespace Idp.Unit.Research;

public sealed class CompanyListTests
{
    [Fact]
    public void Names_are_cleaned_and_bad_rows_reported_with_their_number()
    {
        var list = Build("  Acme \t Inc. ", "", "ACME inc", null, new string('x', 300), "Bou\u200Blder\nHoldings");

        list.Companies.ShouldBe([new ListedCompany(1, "Acme Inc.", null), new ListedCompany(6, "Boulder Holdings", null)]);
        list.Reports.Select(static report => (report.Row, report.Problem.Code)).ShouldBe(
            [(2, "research.blank-row"), (3, "research.duplicate-row"), (4, "research.blank-row"), (5, "research.name-too-long")]);
    }

    [Fact]
    public void A_list_without_companies_is_none() => new CompanyListBuilder().Build().Error.ShouldNotBeNull().Code.ShouldBe("research.no-companies");

    [Fact]
    public void One_company_more_than_a_job_takes_is_refused()
    {
        var builder = new CompanyListBuilder();
        for (var row = 1; row <= CompanyListBuilder.MostCompanies; row++)
        {
            builder.TryAdd(row, $"Company {row}", null).ShouldBeTrue();
        }

        builder.TryAdd(CompanyListBuilder.MostCompanies + 1, "One more", null).ShouldBeFalse();
    }

    [Fact]
    public void Every_row_is_a_company_or_a_report_and_no_name_comes_twice() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?[]>(),
        static names =>
        {
            var builder = new CompanyListBuilder();
            for (var index = 0; index < names.Length; index++)
            {
                builder.TryAdd(index + 1, names[index], null);
            }

            var built = builder.Build();
            return built.Value is not { } list
                || (list.Companies.Count + list.Reports.Count == names.Length
                    && list.Companies.All(static company => company.Name.Trim().Length is > 0 and <= CompanyListBuilder.LongestName && !company.Name.Any(char.IsControl))
                    && list.Companies.DistinctBy(static company => company.Name.ToUpperInvariant()).Count() == list.Companies.Count);
        }).QuickCheckThrowOnFailure();

    private static CompanyList Build(params string?[] names)
    {
        var builder = new CompanyListBuilder();
        for (var index = 0; index < names.Length; index++)
        {
            builder.TryAdd(index + 1, names[index], null);
        }

        return builder.Build().Value.ShouldNotBeNull();
    }
}
