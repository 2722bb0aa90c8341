namespace Idp.Domain.Research;

/// <summary>A page that a search found, with what it says.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What it says: the whole of it where the provider has it, else an extract.</param>
/// <param name="Relevance">How well it fits the question, 0 to 1, by the search provider's word.</param>
public sealed record SourceText(string Url, string Title, string Text, double Relevance);

/// <summary>A part of a page, small enough to be chosen or left out.</summary>
/// <param name="Source">Which page it is of, from 0.</param>
/// <param name="Start">Where it begins in the page's text.</param>
/// <param name="Text">The part.</param>
public sealed record Passage(int Source, int Start, string Text);
