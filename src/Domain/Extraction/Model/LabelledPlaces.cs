using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Knows which places of the pages stand beside or under a label of a field.</summary>
internal sealed class LabelledPlaces(ExtractionSchema schema, IReadOnlyList<Page> pages)
{
    private readonly Dictionary<int, ILookup<string, Box>> _labels = [];
    private LabelBook? _book;

    /// <summary>True when a label of the field announces the place.</summary>
    public bool Announce(FieldDefinition field, Evidence place) =>
        LabelsOn(place.Page)[field.Name].Any(label => Nearness.Announces(label, place.Boxes[0]));

    private ILookup<string, Box> LabelsOn(int number)
    {
        if (!_labels.TryGetValue(number, out var labels))
        {
            var page = pages.First(page => page.Number == number);
            var view = PageView.Of(page);
            labels = LabelFinder.Find(_book ??= LabelBook.Of(schema), view)
                .SelectMany(match => match.Label.Fields.Select(field => (field.Name, Box: BoxOf(match, view))))
                .ToLookup(each => each.Name, each => each.Box, StringComparer.Ordinal);
            _labels[number] = labels;
        }

        return labels;
    }

    private static Box BoxOf(LabelMatch match, PageView view) =>
        Box.Union(match.Segment.Words.Skip(match.Start).Take(match.End - match.Start).Select(word => view.Printed(word).Box));
}

/// <summary>How near a value stands to what announces it.</summary>
internal static class Nearness
{
    /// <summary>A value stands at most so many label heights below its label.</summary>
    private const double FurthestBelow = 3.5;

    /// <summary>True when a label stands left of a value on its line, or above it in its column.</summary>
    public static bool Announces(Box label, Box value)
    {
        var beside = label.VerticalOverlap(value) >= 0.35 && label.X < value.X;
        var below = value.CenterY > label.Bottom && value.Y - label.Bottom <= FurthestBelow * label.Height
            && (label.HorizontalOverlap(value) > 0 || Math.Abs(label.X - value.X) < 0.02);
        return beside || below;
    }

    /// <summary>How far a value stands from its key: 0 beside it, more the further it is; very far on another page.</summary>
    public static double Of(Evidence key, Evidence value)
    {
        if (key.Page != value.Page)
        {
            return 100 + Math.Abs(key.Page - value.Page);
        }

        var (from, to) = (key.Boxes[^1], value.Boxes[0]);
        var across = Math.Abs(Math.Max(0, to.X - from.Right)) + Math.Abs(Math.Min(0, to.X - from.X));
        var wrongWay = Announces(from, to) ? 0 : 1;
        return wrongWay + (4 * Math.Abs(to.CenterY - from.CenterY)) + across;
    }
}
