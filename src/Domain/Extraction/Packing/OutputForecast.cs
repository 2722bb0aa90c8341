using Idp.Domain.Documents;
using Idp.Domain.Kernel.Costs;

namespace Idp.Domain.Extraction;

/// <summary>Predicts how long a model's answer about a page will be, so that packs are not too full to be answered.</summary>
public static class OutputForecast
{
    /// <summary>Tokens of one field without its value and its quote: names, page, confidence, marks.</summary>
    private const int FieldFrame = 28;

    /// <summary>Tokens of one row without its cells.</summary>
    private const int RowFrame = 10;

    /// <summary>Tokens of one cell without its value: the column's name and marks.</summary>
    private const int CellFrame = 6;

    /// <summary>A field that may hold several values holds this many where it is labelled.</summary>
    private const int UsualValues = 2;

    /// <summary>This share of the fields without a label on the page stands there all the same, spread over the pages of the account.</summary>
    private const double UnlabelledShare = 0.4;

    /// <summary>Fewer lines that look like rows are no table.</summary>
    private const int FewestRows = 3;

    /// <summary>Pieces of text for each entry of a form: a key and a value.</summary>
    private const double PiecesPerPair = 2;

    /// <summary>The tokens that the answer is expected to have for the page; rather too many than too few, 0 for a blank page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="schema">What the model is asked for.</param>
    /// <param name="pagesInAccount">How many pages share what the account says; at least 1.</param>
    public static int Of(Page page, ExtractionSchema schema, int pagesInAccount)
    {
        if (page.IsBlank || page.Words.Count is 0)
        {
            return 0;
        }

        var lines = TablePage.Of(page);
        return FieldsOn(page, schema, Math.Max(1, pagesInAccount)) + PairsOn(lines, schema) + RowsOn(lines, schema);
    }

    private static int FieldsOn(Page page, ExtractionSchema schema, int pagesInAccount)
    {
        var labelled = LabelFinder.Find(LabelBook.Of(schema), PageView.Of(page)).SelectMany(match => match.Label.Fields.Select(field => field.Name))
            .ToHashSet(StringComparer.Ordinal);
        var fields = schema.Fields.Where(field => field.Type is not FieldType.Pair).ToList();
        var printed = fields.Where(field => labelled.Contains(field.Name)).Sum(CostOf);
        var others = fields.Where(field => !labelled.Contains(field.Name)).Sum(CostOf);
        return printed + (int)Math.Ceiling(others * UnlabelledShare / pagesInAccount);
    }

    /// <summary>The frame, the name, and the value twice: once as a value and once as it is printed.</summary>
    private static int CostOf(FieldDefinition field) =>
        (FieldFrame + TokenCount.Estimate(field.Name) + (2 * UsualLength(field.Type))) * (field.Multiple ? UsualValues : 1);

    private static int UsualLength(FieldType type) => type switch
    {
        FieldType.Address or FieldType.Text => 18,
        FieldType.Period => 14,
        FieldType.Date or FieldType.Phone or FieldType.Email or FieldType.Name or FieldType.Category => 9,
        FieldType.Money or FieldType.Percent or FieldType.AccountNumber or FieldType.Identifier => 7,
        FieldType.SsnLast4 => 5,
        FieldType.Pair => 12,
    };

    private static int PairsOn(TablePage page, ExtractionSchema schema)
    {
        if (!schema.Fields.Any(field => field.Type is FieldType.Pair))
        {
            return 0;
        }

        // Every word of a form may come back twice, in a key or a value and in a quote.
        var pieces = page.Lines.Sum(line => line.Line.Segments.Count);
        return (int)Math.Ceiling(pieces / PiecesPerPair * FieldFrame) + (2 * page.Lines.Sum(line => TokenCount.Estimate(line.Line.Whole.Text)));
    }

    private static int RowsOn(TablePage page, ExtractionSchema schema)
    {
        if (schema.Tables.Count is 0)
        {
            return 0;
        }

        var dated = page.CandidatesFor(dated: true);
        var counts = schema.Tables.Any(table => !table.Columns.Any(column => column.Type is FieldType.Date))
            ? page.CandidatesFor(dated: false).Zip(dated, Math.Max).ToArray()
            : dated;
        return counts.Sum() < FewestRows
            ? 0
            : page.Lines.Zip(counts).Where(each => each.Second > 0)
                .Sum(each => (RowFrame * each.Second) + (CellFrame * each.First.Items.Count) + TokenCount.Estimate(each.First.Line.Whole.Text));
    }
}
