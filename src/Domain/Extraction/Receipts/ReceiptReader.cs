using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads till receipts and small invoices: seller, day, address and total.</summary>
/// <remarks>
/// Days in doubt are read day first, unless the receipt itself shows the month first. A total that is not legible is computed from payment and
/// change, or from the parts, and then is <see cref="FieldStatus.Derived"/>.
/// </remarks>
public static class ReceiptReader
{
    /// <summary>A receipt is a page or two; of longer documents the first pages hold the seller, and the last the total.</summary>
    private const int MostPages = 20;

    /// <summary>Reads the fields of the schema by their names: <c>company</c>, <c>date</c>, <c>address</c>, <c>total</c>.</summary>
    /// <param name="schema">Which of the fields to read, and the labels that announce them; other fields are ignored.</param>
    /// <param name="pages">The pages of one receipt, in order.</param>
    /// <returns>What was found, at most one value a field, in the order of the schema.</returns>
    public static ValueList<ExtractedField> Read(ExtractionSchema schema, IReadOnlyList<Page> pages)
    {
        var lines = PrintedLine.Of(pages.Take(MostPages));
        return schema.Fields.Select(field => Read(field, lines)).OfType<ExtractedField>().ToValueList();
    }

    private static ExtractedField? Read(FieldDefinition field, IReadOnlyList<PrintedLine> lines) => field.Name switch
    {
        "company" => SellerReader.ReadCompany(field, lines),
        "date" => ReceiptDateReader.Read(field, lines),
        "address" => SellerReader.ReadAddress(field, lines),
        "total" => ReceiptTotalReader.Read(field, lines),
        _ => null,
    };
}
