namespace Idp.Simulators.Web;

/// <summary>Addresses of invented pages: <c>https://HOST.invented.example/COMPANY/PAGE</c>. They name the company, so that whoever sees one can write its pages anew.</summary>
internal static class PageAddress
{
    private const string Domain = ".invented.example";

    /// <summary>The address of a page.</summary>
    public static string Of(string host, string company, string page) => $"https://{host}{Domain}/{Uri.EscapeDataString(company).Replace("%20", "+", StringComparison.Ordinal)}/{page}";

    /// <summary>The company that an address names; null where it is not the address of an invented page.</summary>
    public static string? CompanyIn(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.EndsWith(Domain, StringComparison.Ordinal) && address.Segments is [_, var company, ..]
            ? Uri.UnescapeDataString(company.TrimEnd('/').Replace("+", "%20", StringComparison.Ordinal)) : null;
}
