using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Gives the known account number its proof on the pages.</summary>
internal static class AccountNumberReader
{
    /// <summary>
    /// The field with every place that shows the number, masked ones last; unsupported when no page shows it. None when the schema does not
    /// ask for it.
    /// </summary>
    public static IEnumerable<ExtractedField> Read(ExtractionSchema schema, IReadOnlyList<Page> pages, string? accountNumber)
    {
        if (accountNumber is null || schema.Fields.FirstOrDefault(field => field.Name == "account_number") is not { } field)
        {
            return [];
        }

        var matches = EvidenceAligner.For(pages).Find(field.Type, accountNumber);
        if (matches.Count == 0)
        {
            return [new ExtractedField(field.Name, field.Type, accountNumber, accountNumber, ConfidenceModel.UnsupportedCap, FieldStatus.Unsupported, [], [])];
        }

        var confidence = ConfidenceModel.Agree(matches.Select(match => ConfidenceModel.Score(
            new ConfidenceSignals(ValuePlace.Inline, 1, 0, 1, match.Similarity, match.WordConfidence.Value))));
        return
        [
            new ExtractedField(
                field.Name, field.Type, accountNumber, matches[0].Evidence.Quote, confidence, FieldStatus.Supported,
                matches.Select(match => match.Evidence).ToValueList(), []),
        ];
    }
}
