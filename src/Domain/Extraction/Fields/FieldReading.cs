using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>One place where a field was read.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">The normalised value.</param>
/// <param name="Printed">As printed.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Lines">The words, one list a printed line.</param>
/// <param name="Signals">What speaks for it, evidence and words excepted.</param>
internal sealed record FieldReading(
    FieldDefinition Field, string Value, string Printed, int Page, IReadOnlyList<IReadOnlyList<Word>> Lines, ConfidenceSignals Signals)
{
    /// <summary>The reading as a field of the result.</summary>
    public ExtractedField ToField()
    {
        var leastSure = Lines.SelectMany(line => line).Min(word => word.Confidence.Value);
        var confidence = ConfidenceModel.Score(Signals with { WordConfidence = leastSure });
        var evidence = new Evidence(Page, Printed, Lines.Select(line => Box.Union(line.Select(word => word.Box))).ToValueList());
        return new ExtractedField(Field.Name, Field.Type, Value, Printed, confidence, FieldStatus.Supported, [evidence], []);
    }
}
