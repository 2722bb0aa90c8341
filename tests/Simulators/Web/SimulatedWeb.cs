using Idp.Simulators.Options;

namespace Idp.Simulators.Web;

/// <summary>What there is to find: companies that were given, and, where settings say so, pages invented for any other name. Does not change; the same settings give the same web everywhere.</summary>
internal sealed class SimulatedWeb
{
    private readonly Dictionary<string, WebCompany> _companyOfUrl = new(StringComparer.Ordinal);
    private readonly WebOptions _options;

    /// <summary>Begins with these companies.</summary>
    public SimulatedWeb(IReadOnlyList<WebCompany> given, WebOptions options)
    {
        (Given, _options) = (given, options);
        foreach (var company in given)
        {
            foreach (var page in company.Pages)
            {
                // A page about two companies belongs to the one that was named first.
                _companyOfUrl.TryAdd(page.Url, company);
            }
        }
    }

    /// <summary>The companies that were given.</summary>
    public IReadOnlyList<WebCompany> Given { get; }

    /// <summary>The company that a query is about; null where there is none.</summary>
    public WebCompany? FindByQuery(string query)
    {
        var words = QuerySubject.Fold(query);
        bool IsNamed(string name) => words.Contains(QuerySubject.Fold(name), StringComparison.Ordinal);
        var given = Given.Where(company => IsNamed(company.Name)).MaxBy(static company => company.Name.Length);
        var invented = _options.Companies.Where(IsNamed).MaxBy(static name => name.Length);
        return given is not null && given.Name.Length >= (invented?.Length ?? 0) ? given
            : invented is not null ? Write(invented)
            : _options.Invents && QuerySubject.Of(query) is { Length: > 0 } name ? Write(name)
            : null;
    }

    /// <summary>The company whose page has this address; null where no page has it.</summary>
    public WebCompany? FindByUrl(string url) => _companyOfUrl.GetValueOrDefault(url)
        ?? (PageAddress.CompanyIn(url) is { } name && (_options.Invents || _options.Companies.Contains(name, StringComparer.Ordinal)) ? Write(name) : null);

    private WebCompany Write(string name) => new CompanyWriter(name, _options).Write();
}
