namespace Idp.Domain.Extraction;

/// <summary>Finds cells that hold a caption and its value without a wide gap between them: where the underline between them was lost.</summary>
internal static class JoinedCells
{
    private const int MostKeyWords = 7;
    private const int MostWords = 30;

    /// <summary>A gap that parts caption and value is nearly the widest of its cell.</summary>
    private const double NearlyWidest = 0.9;

    /// <summary>Every way to part a cell that its gaps, its letter case or the usual captions suggest.</summary>
    public static IEnumerable<(FormCell Key, FormCell Value)> Of(FormCell cell, IReadOnlyCollection<string> labels)
    {
        var words = cell.Run.Words;
        if (words.Count is < 2 or > MostWords || cell.EndsWithColon || cell.FollowsBlank)
        {
            yield break;
        }

        var gaps = words.Zip(words.Skip(1), (left, right) => right.Box.X - left.Box.Right).ToList();
        for (var split = 1; split < words.Count && split <= MostKeyWords; split++)
        {
            var key = new FormCell(TextRun(words.Take(split)), cell.Line, false, false);
            var value = new FormCell(TextRun(words.Skip(split)), cell.Line, false, false);
            var startsAnew = char.IsUpper(value.Text[0]) || char.IsAsciiDigit(value.Text[0]) || value.Text[0] is '$' or '(';
            var changesCase = Captions.IsCapitals(key.Text) && !Captions.IsCapitals(words[split].Text);
            if (startsAnew && (changesCase || gaps[split - 1] >= NearlyWidest * gaps.Max() || labels.Contains(LooseText.Fold(key.Text))))
            {
                yield return (key, value);
            }
        }

        static Documents.TextRun TextRun(IEnumerable<Documents.Word> part) => Documents.TextRun.Of([.. part]);
    }
}
