using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Unites what the rules read with what a model said: two witnesses who looked at the same pages in different ways.</summary>
internal sealed class SourceMerger(ExtractionSchema schema, IReadOnlyList<Page>? pages)
{
    /// <summary>A value that stands on no page counts this share of its confidence against one that does.</summary>
    private const double UnsupportedWeight = 0.25;

    private const int MostEvidence = 12;
    private const int MostAlternatives = 8;

    private readonly Dictionary<string, FieldDefinition> _fields = schema.Fields.DistinctBy(field => field.Name).ToDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>The fields of one name from both sources.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rules">What the rules read.</param>
    /// <param name="model">What the model said.</param>
    public IEnumerable<ExtractedField> MergeField(string name, IReadOnlyList<ExtractedField> rules, IReadOnlyList<ExtractedField> model)
    {
        var isMultiple = _fields.TryGetValue(name, out var field) && field.Multiple;
        var read = WithinSource(rules);
        var said = WithinSource(model);
        var merged = isMultiple ? Unite(read, said) : [Decide(read, said)];
        return merged.Select(Capped).OrderBy(FieldPlace.PageOrLast).ThenBy(FieldPlace.Top).ThenBy(FieldPlace.Left)
            .ThenBy(each => each.Key, StringComparer.Ordinal).ThenBy(each => each.Value, StringComparer.Ordinal);
    }

    /// <summary>The readings of one source, united as ever; what stands on no page neither confirms nor contradicts what does.</summary>
    private List<ExtractedField> WithinSource(IReadOnlyList<ExtractedField> readings)
    {
        if (readings.Count <= 1 || readings.All(reading => reading.Key is not null))
        {
            return [.. readings.Distinct()];
        }

        var backed = FieldMerger.Merge(schema, readings.Where(reading => reading.Status is not FieldStatus.Unsupported));
        var loose = FieldMerger.Merge(schema, readings.Where(reading => reading.Status is FieldStatus.Unsupported));
        return [.. backed, .. loose.Where(reading => !backed.Any(other => SameValue.Holds(other, reading)))];
    }

    /// <summary>The one value of a field.</summary>
    private ExtractedField Decide(List<ExtractedField> rules, List<ExtractedField> model)
    {
        var groups = new List<ExtractedField>();
        foreach (var reading in InOrder(rules).Take(1))
        {
            groups.Add(reading);
        }

        foreach (var reading in InOrder(model))
        {
            var same = groups.FindIndex(group => IsSame(group, reading));
            if (same < 0)
            {
                groups.Add(reading);
            }
            else
            {
                groups[same] = Confirm(groups[same], reading);
            }
        }

        groups.AddRange(InOrder(rules).Skip(1).Where(reading => !groups.Exists(group => IsSame(group, reading))));
        return groups.Count is 1 ? groups[0] : Dispute([.. InOrder(WithSupportOfAlternatives(groups))]);
    }

    private static IEnumerable<ExtractedField> InOrder(IEnumerable<ExtractedField> fields) => fields
        .OrderBy(field => field.Status is FieldStatus.Unsupported).ThenByDescending(field => field.Confidence)
        .ThenBy(field => field.Value, StringComparer.Ordinal).ThenBy(FieldPlace.PageOrLast).ThenBy(FieldPlace.Top).ThenBy(FieldPlace.Left)
        .ThenBy(field => field.Printed, StringComparer.Ordinal);

    /// <summary>A value that the other source read too, but thought less likely, is the likelier for that.</summary>
    private static IEnumerable<ExtractedField> WithSupportOfAlternatives(List<ExtractedField> groups) => groups.Select(group =>
    {
        var seconded = groups.Where(other => other != group).SelectMany(other => other.Alternatives).Where(other => other.Value == group.Value)
            .Select(other => other.Confidence).DefaultIfEmpty(Confidence.None).Max();
        return group with { Confidence = ConfidenceModel.Confirm(group.Confidence, seconded) };
    });

    private static ExtractedField Dispute(List<ExtractedField> candidates)
    {
        var (winner, rival) = (candidates[0], candidates[1]);
        var isLoose = rival.Status is FieldStatus.Unsupported && winner.Status is not FieldStatus.Unsupported;
        var weight = isLoose ? new Confidence(UnsupportedWeight * rival.Confidence.Value) : rival.Confidence;
        var others = candidates.Skip(1).SelectMany(loser => loser.Alternatives.Prepend(new Alternative(loser.Value, loser.Confidence, FieldPlace.Page(loser))));
        var status = winner.Status is FieldStatus.Supported && !isLoose && ConfidenceModel.IsConflict(winner.Confidence, rival.Confidence)
            ? FieldStatus.Conflicting
            : winner.Status;
        return winner with
        {
            Confidence = ConfidenceModel.Dispute(winner.Confidence, weight),
            Status = status,
            Alternatives = Alternatives(winner.Value, winner.Alternatives.Concat(others)),
        };
    }

    /// <summary>The values of a field that may have several.</summary>
    private List<ExtractedField> Unite(List<ExtractedField> rules, List<ExtractedField> model)
    {
        var united = InOrder(rules).ToList();
        var fromRules = united.Count;
        foreach (var reading in InOrder(model))
        {
            // The same spelling is looked for before the alike: two persons of one family are alike too.
            var same = united.FindIndex(group => group.Key == reading.Key && group.Value == reading.Value);
            same = same >= 0 ? same : united.FindIndex(group => IsSame(group, reading));
            if (same < 0)
            {
                united.Add(reading);
            }
            else
            {
                united[same] = same < fromRules ? Confirm(united[same], reading) : WithEvidence(united[same], reading);
            }
        }

        return united;
    }

    /// <summary>Both sources say the same: they are likelier right than either, even about one place.</summary>
    private ExtractedField Confirm(ExtractedField first, ExtractedField second)
    {
        var isBacked = second.Status is not FieldStatus.Unsupported;
        var confidence = ConfidenceModel.Confirm(first.Confidence, second.Confidence);
        var value = Spelling(first, second);
        var alternatives = Alternatives(value, first.Alternatives.Select(other => second.Alternatives.Any(also => also.Value == other.Value)
                ? other
                : other with { Confidence = ConfidenceModel.Dispute(other.Confidence, isBacked ? second.Confidence : Confidence.None) })
            .Concat(second.Alternatives));
        var rival = alternatives.Select(other => other.Confidence).DefaultIfEmpty(Confidence.None).First();
        var status = Better(first.Status, second.Status);
        return WithEvidence(first, second) with
        {
            Value = value,
            Confidence = confidence,
            Status = status is FieldStatus.Supported && ConfidenceModel.IsConflict(confidence, rival) ? FieldStatus.Conflicting : status,
            Alternatives = alternatives,
        };
    }

    private static FieldStatus Better(FieldStatus first, FieldStatus second)
    {
        ReadOnlySpan<FieldStatus> both = [first, second];
        return both.ContainsAny(FieldStatus.Supported, FieldStatus.Conflicting) ? FieldStatus.Supported
            : both.Contains(FieldStatus.Derived) ? FieldStatus.Derived
            : FieldStatus.Unsupported;
    }

    /// <summary>As printed, unless the print was badly recognised and the model knew what it must have been.</summary>
    private string Spelling(ExtractedField rules, ExtractedField model) =>
        rules.Value == model.Value ? rules.Value
        : rules.Status is FieldStatus.Unsupported && model.Status is not FieldStatus.Unsupported ? model.Value
        : RecognitionSlip.IsCleanForm(rules.Value, model.Value, RecognitionSlip.IsBadlyRecognised(rules.Evidence, pages)) ? model.Value
        : rules.Value;

    private static ExtractedField WithEvidence(ExtractedField first, ExtractedField second)
    {
        var more = second.Evidence.Where(place => !first.Evidence.Any(known => FieldPlace.IsSame(known, place)));
        return first with
        {
            Printed = first.Evidence.Count is 0 && second.Evidence.Count > 0 ? second.Printed : first.Printed,
            Evidence = first.Evidence.Concat(more).Take(MostEvidence).ToValueList(),
        };
    }

    private static bool IsSame(ExtractedField first, ExtractedField second) => first.Key is not null || second.Key is not null
        ? LooseText.Squeeze(first.Key ?? string.Empty) == LooseText.Squeeze(second.Key ?? string.Empty) && LooseText.Squeeze(first.Value) == LooseText.Squeeze(second.Value)
        : SameValue.Holds(first, second) || RecognitionSlip.AreOneValue(first, second);

    private static ValueList<Alternative> Alternatives(string winner, IEnumerable<Alternative> others) => others
        .Where(other => other.Value != winner)
        .GroupBy(other => other.Value, StringComparer.Ordinal)
        .Select(group => group.OrderByDescending(other => other.Confidence).ThenBy(other => other.Page).First())
        .OrderByDescending(other => other.Confidence).ThenBy(other => other.Value, StringComparer.Ordinal).ThenBy(other => other.Page)
        .Take(MostAlternatives)
        .ToValueList();

    private static ExtractedField Capped(ExtractedField field) =>
        field.Status is FieldStatus.Unsupported && field.Confidence > ConfidenceModel.UnsupportedCap ? field with { Confidence = ConfidenceModel.UnsupportedCap } : field;
}
