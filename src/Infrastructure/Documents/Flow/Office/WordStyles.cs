using System.Xml.Linq;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>What the styles of a text document say of paragraphs: which are headings, and which are items of lists.</summary>
/// <param name="styles">The part with the styles; null when there is none.</param>
internal sealed class WordStyles(XElement? styles)
{
    private const int DeepestInheritance = 20;

    private readonly Dictionary<string, XElement> _styles = styles.Children("style")
        .Where(static style => style.Value("styleId") is not null)
        .GroupBy(static style => style.Value("styleId")!, StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.Ordinal);

    /// <summary>The level of a heading from 1; null for any other paragraph.</summary>
    public int? HeadingLevel(XElement? properties)
    {
        if (Level(properties.Child("outlineLvl")) is { } own)
        {
            return own;
        }

        foreach (var style in Chain(properties))
        {
            var name = style.Child("name").Value("val")?.ToLowerInvariant() ?? string.Empty;
            if (name is "title")
            {
                return 1;
            }

            if (name.StartsWith("heading ", StringComparison.Ordinal) && name is [.., >= '1' and <= '9' and var digit])
            {
                return digit - '0';
            }

            if (Level(style.Child("pPr").Child("outlineLvl")) is { } level)
            {
                return level;
            }
        }

        return null;
    }

    /// <summary>The list and the level in it of a paragraph.</summary>
    public (string? List, int Level) ListOf(XElement? properties)
    {
        var (list, level) = (default(string), default(int?));
        foreach (var part in Chain(properties).Select(static style => style.Child("pPr")).Prepend(properties))
        {
            var numbering = part.Child("numPr");
            list ??= numbering.Child("numId").Value("val");
            level ??= numbering.Child("ilvl").Number("val");
        }

        return (list, level ?? 0);
    }

    private static int? Level(XElement? outline) => outline.Number("val") is { } level and >= 0 and < 9 ? level + 1 : null;

    private IEnumerable<XElement> Chain(XElement? properties)
    {
        var id = properties.Child("pStyle").Value("val");
        for (var depth = 0; depth < DeepestInheritance && id is not null && _styles.TryGetValue(id, out var style); depth++)
        {
            yield return style;
            id = style.Child("basedOn").Value("val");
        }
    }
}
