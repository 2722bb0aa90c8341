namespace Idp.Simulators.Web;

/// <summary>What is true of one company, and the pages on it.</summary>
/// <param name="Name">Its name, by which searches find it.</param>
/// <param name="Tier"><c>HOT</c>, <c>WATCH</c> or <c>COLD</c>.</param>
/// <param name="Score">0 to 100.</param>
/// <param name="Classification">What kind of company it is.</param>
/// <param name="Pages">The pages that a search for it finds, in any order.</param>
public sealed record WebCompany(string Name, string Tier, int Score, string Classification, IReadOnlyList<WebPage> Pages);

/// <summary>One page.</summary>
/// <param name="Url">Its address; one page, one address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">Its text, as Markdown.</param>
/// <param name="Relevance">0 to 1: the score of the search result.</param>
/// <param name="Published">The day it was published, where one is known.</param>
/// <param name="Facts">What on this page speaks for the company's tier; null: nothing.</param>
/// <param name="HasRawContent">Whether a search can give the whole text; else only the snippet.</param>
public sealed record WebPage(
    string Url, string Title, string Text, double Relevance, DateOnly? Published = null, IReadOnlyList<WebFact>? Facts = null, bool HasRawContent = true);

/// <summary>One reason for a tier.</summary>
/// <param name="Text">The reason in the analyst's words.</param>
/// <param name="Quote">The page's own words.</param>
public sealed record WebFact(string Text, string Quote);
