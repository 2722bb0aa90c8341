using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Web;

/// <summary>Reads companies and their pages: a list of companies, or an object with <c>companies</c>.</summary>
public static class WebFiles
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It is of another form, or a quote is not on its page.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<IReadOnlyList<WebCompany>> ReadAsync(string path, CancellationToken ct) => Read(JsonNode.Parse(await File.ReadAllBytesAsync(path, ct)));

    /// <summary>Reads a JSON value.</summary>
    /// <exception cref="JsonException">It is of another form, or a quote is not on its page.</exception>
    public static IReadOnlyList<WebCompany> Read(JsonNode? root)
    {
        var list = root as JsonArray ?? root?["companies"] as JsonArray ?? throw new JsonException("This is no list of companies.");
        var companies = list.Deserialize(SimulatorJson.Default.IReadOnlyListWebCompany)!;
        var stray = companies.SelectMany(static company => company.Pages)
            .FirstOrDefault(static page => (page.Facts ?? []).Any(fact => !SentText.Has(page.Text, fact.Quote)));
        return stray is null ? companies : throw new JsonException($"A quote of {stray.Url} is not on the page.");
    }
}
