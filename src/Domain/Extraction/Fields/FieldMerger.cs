using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Unites readings of the same fields from several places, pages or packs.</summary>
/// <remarks>
/// The order of the readings does not matter, merging what was merged changes nothing, and no value comes out that did not go in.
/// </remarks>
public static class FieldMerger
{
    /// <summary>A field keeps at most so many places.</summary>
    private const int MostEvidence = 12;

    /// <summary>A field keeps at most so many other readings.</summary>
    private const int MostAlternatives = 8;

    /// <summary>Places whose confidence differs by no more than this are shown in the order of the pages.</summary>
    private const double AboutAsGood = 0.2;

    /// <summary>
    /// One field a name, or one a distinct value where the schema allows several. The most confident value wins; places that agree raise
    /// its confidence,
    /// other values lower it, stay as alternatives and make the field <see cref="FieldStatus.Conflicting"/> when they are about as likely.
    /// </summary>
    /// <param name="schema">Tells which fields may hold several values, and the order of the result. Fields that it does not name hold
    /// one.</param>
    /// <param name="readings">The readings.</param>
    public static ValueList<ExtractedField> Merge(ExtractionSchema schema, IEnumerable<ExtractedField> readings)
    {
        var order = OrderOf(schema);
        var multiple = schema.Fields.Where(field => field.Multiple).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return readings
            .GroupBy(reading => reading.Name, StringComparer.Ordinal)
            .OrderBy(group => order.GetValueOrDefault(group.Key, int.MaxValue)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => MergeField([.. group], multiple.Contains(group.Key)))
            .ToValueList();
    }

    /// <summary>Unites what the rules read with what a model said of the same pages.</summary>
    /// <remarks>
    /// The same value from both is likelier than either made it, even about one place of a page. Values that contradict each other both stay: the likelier wins,
    /// the other is an alternative. A value that no page shows never beats one that a page shows, and hardly lowers it. The order of the readings does not
    /// matter, a reading given twice counts once, and no value comes out that did not go in.
    /// </remarks>
    /// <param name="schema">Tells which fields may hold several values, and the order of the result.</param>
    /// <param name="rules">What the rules read.</param>
    /// <param name="model">What a model said, aligned (<see cref="ModelReadings"/>); of several packs together. When it is empty, the rules' fields stay as they are.</param>
    /// <param name="pages">The pages, which tell where words were badly recognised, so that the model's spelling is the better one; without them only the form of a
    /// value tells.</param>
    public static ValueList<ExtractedField> MergeSources(
        ExtractionSchema schema, IReadOnlyList<ExtractedField> rules, IReadOnlyList<ExtractedField> model, IReadOnlyList<Page>? pages = null)
    {
        if (model.Count is 0)
        {
            return rules.ToValueList();
        }

        var order = OrderOf(schema);
        var merger = new SourceMerger(schema, pages);
        var (read, said) = (rules.ToLookup(field => field.Name, StringComparer.Ordinal), model.ToLookup(field => field.Name, StringComparer.Ordinal));
        return rules.Concat(model).Select(field => field.Name).Distinct(StringComparer.Ordinal)
            .OrderBy(name => order.GetValueOrDefault(name, int.MaxValue)).ThenBy(name => name, StringComparer.Ordinal)
            .SelectMany(name => merger.MergeField(name, [.. read[name]], [.. said[name]]))
            .ToValueList();
    }

    private static Dictionary<string, int> OrderOf(ExtractionSchema schema) => schema.Fields.Select((field, at) => (field.Name, at))
        .ToDictionary(entry => entry.Name, entry => entry.at, StringComparer.Ordinal);

    private static IEnumerable<ExtractedField> MergeField(IReadOnlyList<ExtractedField> readings, bool isMultiple)
    {
        var groups = GroupsOf(readings).Select(Unite).OrderByDescending(field => field.Confidence)
            .ThenBy(field => field.Value, StringComparer.Ordinal).ToList();
        if (isMultiple)
        {
            return groups.OrderBy(FirstPage).ThenBy(FirstTop).ThenBy(FirstLeft).ThenBy(field => field.Value, StringComparer.Ordinal)
                .ThenBy(field => field.Key, StringComparer.Ordinal);
        }

        var winner = groups[0];
        if (groups.Count == 1)
        {
            return [winner];
        }

        var others = groups.Skip(1)
            .SelectMany(loser => loser.Alternatives.Prepend(new Alternative(loser.Value, loser.Confidence, FirstPage(loser))));
        return
        [
            winner with
            {
                Confidence = ConfidenceModel.Dispute(winner.Confidence, groups[1].Confidence),
                Status = winner.Status is FieldStatus.Supported && ConfidenceModel.IsConflict(winner.Confidence, groups[1].Confidence)
                    ? FieldStatus.Conflicting
                    : winner.Status,
                Alternatives = Alternatives(winner, winner.Alternatives.Concat(others)),
            },
        ];
    }

    /// <summary>Readings of one value: equal, or so alike that recognition must have slipped. The most confident reading leads.</summary>
    private static List<List<ExtractedField>> GroupsOf(IEnumerable<ExtractedField> readings)
    {
        var sorted = readings
            .Distinct()
            .OrderByDescending(field => field.Confidence)
            .ThenBy(field => field.Value, StringComparer.Ordinal)
            .ThenBy(FirstPage).ThenBy(FirstTop).ThenBy(FirstLeft)
            .ThenBy(field => field.Printed, StringComparer.Ordinal)
            .ThenBy(field => field.Key, StringComparer.Ordinal)
            .ThenBy(field => field.Status);
        var groups = new List<List<ExtractedField>>();
        foreach (var reading in sorted)
        {
            var group = groups.Find(candidate => SameValue.Holds(candidate[0], reading));
            if (group is null)
            {
                groups.Add([reading]);
            }
            else
            {
                group.Add(reading);
            }
        }

        return groups;
    }

    private static ExtractedField Unite(List<ExtractedField> group)
    {
        var leader = group[0];
        if (group.Count == 1)
        {
            return leader;
        }

        // One place read by two rules is still one place: only the best reading of each place counts.
        var places = group.GroupBy(PlaceOf).Select(place => place.Max(field => field.Confidence));
        var evidence = group
            .OrderBy(field => leader.Confidence.Value - field.Confidence.Value > AboutAsGood)
            .ThenBy(FirstPage).ThenBy(FirstTop).ThenBy(FirstLeft)
            .ThenByDescending(field => field.Confidence)
            .SelectMany(field => field.Evidence).Distinct().ToList();
        return leader with
        {
            Confidence = evidence.Count == 0 ? leader.Confidence : ConfidenceModel.Agree(places),
            Status = evidence.Count > 0 && leader.Status is FieldStatus.Unsupported ? FieldStatus.Supported : leader.Status,
            Evidence = evidence.Take(MostEvidence).ToValueList(),
            Alternatives = Alternatives(leader, group.SelectMany(field => field.Alternatives)),
        };
    }

    private static ValueList<Alternative> Alternatives(ExtractedField winner, IEnumerable<Alternative> others) => others
        .Where(other => other.Value != winner.Value)
        .GroupBy(other => other.Value, StringComparer.Ordinal)
        .Select(group => group.OrderByDescending(other => other.Confidence).ThenBy(other => other.Page).First())
        .OrderByDescending(other => other.Confidence).ThenBy(other => other.Value, StringComparer.Ordinal).ThenBy(other => other.Page)
        .Take(MostAlternatives)
        .ToValueList();

    private static (int Page, int Row) PlaceOf(ExtractedField field) => (FirstPage(field), (int)(FirstTop(field) * 100));

    private static int FirstPage(ExtractedField field) => field.Evidence.Count > 0 ? field.Evidence[0].Page : 0;

    private static double FirstTop(ExtractedField field) => field.Evidence.Count > 0 && field.Evidence[0].Boxes.Count > 0
        ? field.Evidence[0].Boxes[0].Y : 0;

    private static double FirstLeft(ExtractedField field) => field.Evidence.Count > 0 && field.Evidence[0].Boxes.Count > 0
        ? field.Evidence[0].Boxes[0].X : 0;
}
