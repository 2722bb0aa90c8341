using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Application.Extraction;

/// <summary>Chooses what to read out of a document: the schema that was asked for, or its kind's own.</summary>
internal sealed class SchemaChoice(ISchemaCatalog schemas)
{
    /// <summary>The schema; one without fields when the kind has none.</summary>
    public async Task<ExtractionSchema> ForAsync(Document document, DocumentKind kind, CancellationToken ct)
    {
        var name = document.SchemaName ?? kind switch
        {
            DocumentKind.Loan => "loan",
            DocumentKind.FinancialStatement => "financial_statement",
            DocumentKind.Receipt => "receipt",
            DocumentKind.Form => "form",
            DocumentKind.Generic or DocumentKind.Auto => "generic",
        };
        return await schemas.FindAsync(name, ct) ?? new ExtractionSchema(name, kind, SplitsAccounts: false, [], []);
    }
}
