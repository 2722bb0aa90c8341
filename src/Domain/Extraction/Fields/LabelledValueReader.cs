using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Reads what labels announce: in their own line, in the cell to the right, or under them.</summary>
internal static class LabelledValueReader
{
    /// <summary>A value may stand this many line heights under its label; a box may hold an explanation between them.</summary>
    private const double DeepestBelow = 7;

    /// <summary>The same for values without a form of their own.</summary>
    private const double DeepestTextBelow = 4.5;

    /// <summary>Words that may stand between a label and its value in a sentence.</summary>
    private const int MostSkippedInSentence = 4;

    /// <summary>Words that may stand between a label and its value in a form.</summary>
    private const int MostSkippedInForm = 5;

    /// <summary>All readings of a page.</summary>
    /// <param name="view">The page.</param>
    /// <param name="labels">The labels found on it.</param>
    public static IEnumerable<FieldReading> Read(PageView view, IReadOnlyList<LabelMatch> labels)
    {
        // "Fixed Rate Mortgage" starts like a label and is a value.
        var labelled = labels.Where(label => !label.InProse && (label.HasColon || !label.IsLoose)).GroupBy(label => label.Segment.Index)
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var label in labels)
        {
            foreach (var field in label.Label.Fields)
            {
                var reading = label.InProse ? InSentence(view, label, field) : InForm(view, label, field, labelled);
                if (reading is not null)
                {
                    yield return reading;
                }
            }
        }
    }

    private static FieldReading? InForm(PageView view, LabelMatch label, FieldDefinition field, Dictionary<int, List<LabelMatch>> labelled) =>
        Inline(view, label, field, labelled) ?? Right(view, label, field, labelled) ?? Below(view, label, field, labelled);

    private static FieldReading? Inline(PageView view, LabelMatch label, FieldDefinition field, Dictionary<int, List<LabelMatch>> labelled)
    {
        var next = (labelled.GetValueOrDefault(label.Segment.Index) ?? []).Where(other => other.Start >= label.End)
            .Select(other => other.Start).DefaultIfEmpty(label.Segment.Words.Count).Min();
        var rest = label.Segment.Words.Skip(label.End).Take(next - label.End)
            .SkipWhile(word => !word.Text.Any(char.IsLetterOrDigit) && word.Text is not ("$" or "(")).ToList();
        if (rest.Count == 0 || (TakesWholeText(field.Type) && label.IsLoose && label.Label.Tokens.Count < 2 && label.Label.Text != "Dear"))
        {
            return null;
        }

        return ValueScanner.First(field, rest, MostSkippedInForm) is { } found
            ? Make(view, label, field, found, ValuePlace.Inline, found.Skipped)
            : null;
    }

    private static FieldReading? Right(PageView view, LabelMatch label, FieldDefinition field, Dictionary<int, List<LabelMatch>> labelled)
    {
        if (label.End < label.Segment.Words.Count && label.IsLoose)
        {
            return null;
        }

        var cells = view.RightOf(label.Segment, label.Segment.Box).Where(cell => cell.Text.Any(char.IsLetterOrDigit)).Take(2).ToList();
        for (var at = 0; at < cells.Count; at++)
        {
            if (labelled.ContainsKey(cells[at].Index))
            {
                return null;
            }

            if (ValueScanner.First(field, cells[at].Words, TakesWholeText(field.Type) ? 0 : MostSkippedInForm) is { } found)
            {
                return Make(view, label, field, found, ValuePlace.Right, at + found.Skipped);
            }

            // Only a scrap of recognition noise may stand between.
            if (cells[at].Text.Length > 2)
            {
                return null;
            }
        }

        return null;
    }

    private static FieldReading? Below(PageView view, LabelMatch label, FieldDefinition field, Dictionary<int, List<LabelMatch>> labelled)
    {
        if (label.IsLoose && label.End < label.Segment.Words.Count && !label.HasColon)
        {
            return null;
        }

        var (left, right) = ColumnOf(view, label);
        var isTableHead = field.Type is FieldType.Money or FieldType.Percent && IsTableHead(view, label.Segment);
        foreach (var cell in view.Below(label.Box, isTableHead ? 0 : TakesWholeText(field.Type) ? DeepestTextBelow : DeepestBelow))
        {
            var words = cell.Words.Where(word => word.Box.CenterX >= left && word.Box.CenterX <= right).ToList();
            if (words.Count == 0 || cell.IsProse)
            {
                continue;
            }

            if (labelled.TryGetValue(cell.Index, out var others)
                && others.Any(other => other.Box.CenterX >= left && other.Box.CenterX <= right))
            {
                return null;
            }

            if (field.Type is FieldType.Category && IsOption(view, cell, left, right))
            {
                return null;
            }

            // A cell that starts left of the column belongs to the neighbour, unless it merely is wider than its label.
            var startsOutside = cell.Words[0].Box.X < left && cell.Box.HorizontalOverlap(label.Box) < 0.5;
            if (startsOutside || ValueScanner.First(field, words, field.Type is FieldType.SsnLast4 ? 2 : 0) is not { } found)
            {
                continue;
            }

            var distance = (Box.Union(found.Words.Select(word => word.Box)).Y - label.Box.Bottom) / view.LineHeight;
            return IsTableColumn(view, field, found) ? null : Make(view, label, field, found, ValuePlace.Below, Math.Max(0, distance));
        }

        return null;
    }

    /// <summary>From a little left of the label to the next cell on its line.</summary>
    private static (double Left, double Right) ColumnOf(PageView view, LabelMatch label)
    {
        var slack = 0.02;
        var next = view.RightOf(label.Segment, label.Box).Where(cell => cell.Text.Any(char.IsLetterOrDigit)).Select(cell => cell.Box.X)
            .DefaultIfEmpty(1).Min();
        var within = label.Segment.Words.Skip(label.End).Where(word => word.Text.Any(char.IsLetterOrDigit)).Select(word => word.Box.X)
            .DefaultIfEmpty(1).Min();
        return (label.Box.X - slack, Math.Min(Math.Min(next, within) - 0.004, label.Box.Right + 0.25));
    }

    /// <summary>True for the head of a table of transactions or payments, whose columns hold no single value.</summary>
    private static bool IsTableHead(PageView view, Segment label)
    {
        var line = view.Segments.Where(segment => segment.Line == label.Line).SelectMany(segment => segment.Words)
            .Select(word => word.Text.Trim('.', ':', '*').ToUpperInvariant()).ToList();
        return line.Count is >= 3 and <= 20
            && line[0] is "DATE" or "#" or "NO" or "POSTED" or "TRANS" or "TRANSACTION" or "POSTING" or "EFFECTIVE" or "PMT"
            && line.Count(word => word is "DESCRIPTION" or "PAYMENT" or "INTEREST" or "PRINCIPAL" or "BALANCE" or "AMOUNT" or "TOTAL" or "CREDITS" or "DEBITS" or "WITHDRAWALS" or "DEPOSITS") >= 2;
    }

    /// <summary>
    /// True when another cell stands beside it under the same label: boxes to tick, of which the words do not tell the choice.
    /// </summary>
    private static bool IsOption(PageView view, Segment cell, double left, double right) => view.Segments
        .Any(other => other.Index != cell.Index && other.Line == cell.Line && other.Box.X >= left && other.Box.CenterX <= right
            && other.Text.Any(char.IsLetter));

    /// <summary>True when values of the same type go on below: a column of a table, of which no single cell is the field.</summary>
    private static bool IsTableColumn(PageView view, FieldDefinition field, FoundValue found)
    {
        var box = Box.Union(found.Words.Select(word => word.Box));
        var below = view.Below(box, 5)
            .Where(cell => cell.Box.HorizontalOverlap(box) > 0.3)
            .Count(cell => ValueScanner.First(field, cell.Words, 0) is not null);
        return field.Type is FieldType.Money or FieldType.Date or FieldType.Percent && below >= 2;
    }

    private static FieldReading? InSentence(PageView view, LabelMatch label, FieldDefinition field)
    {
        if (TakesWholeText(field.Type) || field.Type is FieldType.Identifier or FieldType.SsnLast4 or FieldType.AccountNumber)
        {
            return null;
        }

        var words = label.Segment.Words.Skip(label.End).Concat(NextLine(view, label.Segment)).Take(14).ToList();
        return ValueScanner.First(field, words, MostSkippedInSentence) is { } found && found.Shape >= 0.85 && !CrossesSentence(words, found)
            ? Make(view, label, field, found, ValuePlace.Sentence, found.Skipped)
            : null;
    }

    private static IEnumerable<Word> NextLine(PageView view, Segment segment) => view.Segments
        .Where(other => other.Line == segment.Line + 1 && other.Box.HorizontalOverlap(segment.Box) > 0.5)
        .Take(1)
        .SelectMany(other => other.Words);

    private static bool CrossesSentence(List<Word> words, FoundValue found) =>
        words.Take(found.Skipped).Any(word => word.Text.EndsWith('.') || word.Text.EndsWith(';'));

    private static FieldReading Make(PageView view, LabelMatch label, FieldDefinition field, FoundValue found, ValuePlace place, double distance)
    {
        var specific = label.Label.Tokens.Count switch { 1 => label.HasColon || label.IsWhole ? 0.75 : 0.55, 2 => 0.9, _ => 1.0 };
        var strength = specific * label.Similarity * (label.IsLoose && place is not ValuePlace.Sentence ? 0.75 : 1);
        return new FieldReading(
            field, found.Value, found.Printed, view.Page.Number, LinesOf(found.Words), new ConfidenceSignals(place, strength, distance, found.Shape));
    }

    /// <summary>The words by printed line; a value in a sentence may break over two.</summary>
    private static List<IReadOnlyList<Word>> LinesOf(IReadOnlyList<Word> words)
    {
        var lines = new List<IReadOnlyList<Word>>();
        var current = new List<Word>();
        foreach (var word in words)
        {
            if (current.Count > 0 && word.Box.VerticalOverlap(current[^1].Box) < 0.3)
            {
                lines.Add(current);
                current = [];
            }

            current.Add(word);
        }

        lines.Add(current);
        return lines;
    }

    private static bool TakesWholeText(FieldType type) =>
        type is FieldType.Name or FieldType.Address or FieldType.Category or FieldType.Text or FieldType.Pair;
}
