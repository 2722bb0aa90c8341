using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Reads holders, guarantors, the bank and the customer's address out of postal blocks.</summary>
internal static class PostalBlockReader
{
    /// <summary>All readings of a page.</summary>
    public static IEnumerable<FieldReading> Read(ExtractionSchema schema, PageView view, IReadOnlyList<LabelMatch> labels)
    {
        foreach (var block in PostalBlockFinder.Find(view, labels))
        {
            foreach (var name in NamesOf(block))
            {
                if (NameField(schema, block.Role) is { } field && Read(field, view, block, [name]) is { } reading)
                {
                    yield return reading;
                }
            }

            if (block.Role is BlockRole.Holder && schema.Fields.FirstOrDefault(field => field.Name == "address") is { } address
                && Read(address, view, block, block.Address) is { } place)
            {
                yield return place;
            }
        }
    }

    private static IEnumerable<IReadOnlyList<Word>> NamesOf(PostalBlock block) =>
        block.Role is BlockRole.Bank ? block.Names.Take(1) : block.Names;

    private static FieldDefinition? NameField(ExtractionSchema schema, BlockRole role)
    {
        var name = role switch
        {
            BlockRole.Holder => "account_holders",
            BlockRole.Guarantor => "guarantors",
            BlockRole.Bank => "bank_name",
            BlockRole.Unknown => null,
        };
        return schema.Fields.FirstOrDefault(field => field.Name == name);
    }

    private static FieldReading? Read(FieldDefinition field, PageView view, PostalBlock block, IReadOnlyList<IReadOnlyList<Word>> lines)
    {
        var printed = string.Join('\n', lines.Select(line => string.Join(' ', line.Select(word => word.Text)).Trim(' ', ',', ';')));
        var text = field.Type is FieldType.Address && view.Page.Source is PageSource.Ocr ? AddressRepair.Repair(printed) : printed;
        if (ValueNormalizer.Normalize(field, text) is not { } value)
        {
            return null;
        }

        var shape = ValueShape.Of(field, value, text);
        var signals = new ConfidenceSignals(ValuePlace.Block, block.IsLabelled ? 1 : 0.6, 0, shape);
        return shape > 0
            ? new FieldReading(field, value, printed.Replace("\n", ", ", StringComparison.Ordinal), view.Page.Number, lines, signals)
            : null;
    }
}
