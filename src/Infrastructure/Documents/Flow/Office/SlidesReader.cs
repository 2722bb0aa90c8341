using System.Xml.Linq;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Reads presentations of Office Open XML: a page for each slide, its notes below, its pictures on pages of their own. Slides that are not shown are not read.</summary>
internal static class SlidesReader
{
    private const int DeepestGroup = 40;

    /// <summary>The presentation as blocks.</summary>
    /// <exception cref="InvalidDataException">It has no slides.</exception>
    public static IEnumerable<FlowBlock> Read(OfficeParts parts)
    {
        var main = parts.MainPart("ppt/presentation.xml");
        var presentation = parts.Read(main) ?? throw new InvalidDataException("it has no presentation.");
        var references = parts.ReferencesOf(main);
        var isFirst = true;
        foreach (var entry in presentation.Child("sldIdLst").Children("sldId"))
        {
            // The reference has the name of the slide's own number, in another namespace.
            var id = entry.Attributes().FirstOrDefault(static attribute => attribute.Name.LocalName == "id" && attribute.Name.NamespaceName.Length > 0)?.Value;
            if (id is null || !references.TryGetValue(id, out var reference) || parts.Read(reference.Part) is not { } slide || slide.Value("show") is "0" or "false")
            {
                continue;
            }

            if (!isFirst)
            {
                yield return new FlowPageBreak();
            }

            isFirst = false;
            foreach (var block in Shapes(slide.Child("cSld").Child("spTree"), 0).OrderBy(static shape => shape.IsTitle ? 0 : 1).SelectMany(static shape => shape.Blocks))
            {
                yield return block;
            }

            foreach (var block in Notes(parts, reference.Part).Concat(parts.PicturesOf(reference.Part)))
            {
                yield return block;
            }
        }
    }

    private static IEnumerable<FlowBlock> Notes(OfficeParts parts, string slide)
    {
        var notes = parts.Read(parts.ReferencesOf(slide).Values.FirstOrDefault(static reference => reference.Type == "notesSlide")?.Part);
        var blocks = notes.Child("cSld").Child("spTree").Children("sp")
            .Where(static shape => PlaceholderOf(shape) is "body")
            .SelectMany(static shape => Paragraphs(shape.Child("txBody"), isTitle: false, isBody: false))
            .ToList();
        return blocks.Count == 0 ? [] : blocks.Prepend(new FlowHeading(4, "Notes"));
    }

    private static IEnumerable<(bool IsTitle, IEnumerable<FlowBlock> Blocks)> Shapes(XElement? tree, int depth)
    {
        foreach (var shape in tree?.Elements() ?? [])
        {
            switch (shape.Name.LocalName)
            {
                case "sp" or "cxnSp" when shape.Child("nvSpPr").Child("cNvPr").Value("hidden") is not ("1" or "true"):
                    var kind = PlaceholderOf(shape);
                    var isTitle = kind is "title" or "ctrTitle";
                    yield return (isTitle, Paragraphs(shape.Child("txBody"), isTitle, kind is "body" or "obj" or "none").ToList());
                    break;
                case "graphicFrame":
                    foreach (var table in shape.Within("tbl"))
                    {
                        yield return (false, [Table(table)]);
                    }

                    break;
                case "grpSp" when depth < DeepestGroup:
                    foreach (var inner in Shapes(shape, depth + 1))
                    {
                        yield return inner;
                    }

                    break;
                case "AlternateContent" when depth < DeepestGroup:
                    foreach (var inner in Shapes(shape.Child("Choice") ?? shape.Child("Fallback"), depth + 1))
                    {
                        yield return inner;
                    }

                    break;
                case "pic" when shape.Child("nvPicPr").Child("cNvPr").Value("descr") is { Length: > 0 } description:
                    yield return (false, [new FlowParagraph(description)]);
                    break;
            }
        }
    }

    /// <summary>What a shape stands in for; <c>none</c> for a placeholder without a kind, null for any other shape.</summary>
    private static string? PlaceholderOf(XElement shape) =>
        shape.Child("nvSpPr").Child("nvPr").Child("ph") is { } placeholder ? placeholder.Value("type") ?? "none" : null;

    private static IEnumerable<FlowBlock> Paragraphs(XElement? body, bool isTitle, bool isBody)
    {
        var number = 0;
        foreach (var paragraph in body.Children("p"))
        {
            var text = TextOf(paragraph).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            var properties = paragraph.Child("pPr");
            var depth = properties.Number("lvl") ?? 0;
            var numbered = properties.Child("buAutoNum");
            number = numbered is null ? 0 : number == 0 ? numbered.Number("startAt") ?? 1 : number + 1;
            var isPlain = properties.Child("buNone") is not null || (!isBody && properties.Child("buChar") is null);
            yield return isTitle ? new FlowHeading(1, text)
                : numbered is not null ? new FlowItem(depth, $"{WordNumbering.Format(number, "decimal")}.", text)
                : isPlain ? new FlowParagraph(text)
                : new FlowItem(depth, "•", text);
        }
    }

    private static string TextOf(XElement paragraph) => string.Concat(paragraph.Elements().Select(static part => part.Name.LocalName switch
    {
        "r" or "fld" => part.Child("t")?.Value ?? string.Empty,
        "br" => "\n",
        "tab" => "\t",
        _ => string.Concat(part.Within("t").Select(static text => text.Value)),
    }));

    private static FlowTable Table(XElement table)
    {
        var rows = table.Children("tr")
            .Select(static row => row.Children("tc")
                .Select(static cell => string.Join('\n', cell.Child("txBody").Children("p").Select(TextOf)).Trim())
                .ToValueList())
            .ToValueList();
        return new FlowTable(rows, table.Child("tblPr").Value("firstRow") is "1" or "true" && rows.Count > 1 ? 1 : 0);
    }
}
