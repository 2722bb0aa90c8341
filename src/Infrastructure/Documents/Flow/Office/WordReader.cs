using System.Xml.Linq;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Reads text documents of Office Open XML: headers, body, footnotes and footers, in this order.</summary>
internal static class WordReader
{
    private static readonly string[] KindsOfNotes = ["footnote", "endnote"];

    /// <summary>The document as blocks.</summary>
    /// <exception cref="InvalidDataException">It has no body.</exception>
    public static IEnumerable<FlowBlock> Read(OfficeParts parts)
    {
        var main = parts.MainPart("word/document.xml");
        var references = parts.ReferencesOf(main);
        var body = parts.Read(main).Child("body") ?? throw new InvalidDataException("it has no body.");
        var reader = new WordBody(new WordStyles(PartOf("styles")), new WordNumbering(PartOf("numbering")));
        return
        [
            .. Running("header"),
            .. reader.Read(body),
            .. Notes(),
            .. Running("footer"),
            .. parts.PicturesOf(main),
        ];

        XElement? PartOf(string type) => parts.Read(references.Values.FirstOrDefault(reference => reference.Type == type)?.Part);

        // What stands on every page is said once.
        IEnumerable<FlowBlock> Running(string type)
        {
            var said = new HashSet<string>(StringComparer.Ordinal);
            foreach (var block in references.Values.Where(reference => reference.Type == type).OrderBy(static reference => reference.Part, StringComparer.Ordinal)
                .SelectMany(reference => reader.Read(parts.Read(reference.Part))))
            {
                if (block is not (FlowParagraph or FlowItem or FlowHeading) || said.Add(block.ToString()))
                {
                    yield return block;
                }
            }
        }

        IEnumerable<FlowBlock> Notes()
        {
            var texts = KindsOfNotes.SelectMany(kind => PartOf(kind + "s").Children(kind).Select(note => (Key: $"{kind}/{note.Value("id")}", Note: note)))
                .GroupBy(static pair => pair.Key, StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.First().Note, StringComparer.Ordinal);
            foreach (var (key, index) in reader.Notes.ToList().Select(static (key, index) => (key, index)))
            {
                var blocks = texts.TryGetValue(key, out var note) ? reader.Read(note).ToList() : [];
                for (var block = 0; block < blocks.Count; block++)
                {
                    yield return block == 0 && blocks[block] is FlowParagraph first ? new FlowParagraph($"[{index + 1}] {first.Text.TrimStart()}") : blocks[block];
                }
            }
        }
    }
}
