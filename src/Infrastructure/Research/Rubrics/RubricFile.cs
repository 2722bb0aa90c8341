using System.Text.Json;
using Idp.Application.Research;
using Idp.Domain.Research;

namespace Idp.Infrastructure.Research.Rubrics;

/// <summary>The form of a rubric in a file. The name may be left out when the file's name says it, and the search where it is the usual one.</summary>
internal static class RubricFile
{
    /// <summary>Reads a rubric that was stored under <paramref name="name"/>.</summary>
    /// <exception cref="JsonException">The text is no rubric; the message says where and why.</exception>
    public static Rubric Read(ReadOnlySpan<byte> text, string name)
    {
        var read = JsonSerializer.Deserialize(text, ResearchJson.Default.Rubric) ?? throw new JsonException("The rubric is null.");
        if ((read.Name ?? name) != name)
        {
            throw new JsonException($"The rubric calls itself '{read.Name}', its file '{name}'.");
        }

        return read with
        {
            Name = name,
            Title = read.Title ?? throw new JsonException("The rubric has no title."),
            Description = read.Description ?? string.Empty,
            Query = read.Query ?? throw new JsonException("The rubric has no query."),
            Search = read.Search ?? SearchTerms.Usual,
            Signals = [.. (read.Signals ?? throw new JsonException("The rubric has no signals.")).Select(static signal => signal with { Phrases = signal.Phrases ?? [] })],
            Tiers = read.Tiers ?? throw new JsonException("The rubric has no tiers."),
        };
    }

    /// <summary>Writes a rubric.</summary>
    public static byte[] Write(Rubric rubric) => JsonSerializer.SerializeToUtf8Bytes(rubric, ResearchJson.Default.Rubric);
}
