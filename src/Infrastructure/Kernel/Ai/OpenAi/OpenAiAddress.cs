using Idp.Application.Kernel.Ai;

namespace Idp.Infrastructure.Kernel.Ai.OpenAi;

/// <summary>Where a provider is.</summary>
/// <param name="Base">The base address; ends with a slash, has no query.</param>
/// <param name="Query">What every request's query holds, in order.</param>
internal sealed record OpenAiAddress(Uri Base, IReadOnlyList<KeyValuePair<string, string>> Query)
{
    /// <summary>True for Azure, which takes the key in a header of its own.</summary>
    public bool IsAzure => IsBelow("azure.com");

    /// <summary>True where only today's parameter names are known; other servers know the old ones, the new ones, or both.</summary>
    public bool HasOnlyNewNames => IsAzure || IsBelow("openai.com");

    /// <summary>Reads a base address as the settings give it; with or without a slash at its end, with or without a query.</summary>
    public static OpenAiAddress Parse(string baseUrl)
    {
        var address = new Uri(baseUrl);
        var plain = new UriBuilder(address) { Query = string.Empty, Fragment = string.Empty, UserName = string.Empty, Password = string.Empty };
        plain.Path = plain.Path.TrimEnd('/') + "/";
        return new OpenAiAddress(plain.Uri, [.. address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(ToPair)]);
    }

    /// <summary>Who answers there. The query is left out: it may hold a key.</summary>
    public ModelIdentity Identify(string model) => new(LanguageModelOptions.OpenAiProvider, model, Base.AbsoluteUri.TrimEnd('/'));

    private bool IsBelow(string domain) =>
        Base.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || Base.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static KeyValuePair<string, string> ToPair(string text)
    {
        var parts = text.Split('=', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }
}
