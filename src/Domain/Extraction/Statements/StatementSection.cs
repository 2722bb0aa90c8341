using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>A stretch of a page between two titles.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Title">The title that it begins with; null for the top of a page before any title.</param>
/// <param name="Rows">Its lines, that of the title first.</param>
internal sealed record StatementSection(int Page, StatementTitle? Title, IReadOnlyList<PrintedRow> Rows)
{
    /// <summary>So many lines around a title may say that it is about the parent company alone.</summary>
    private const int NearTitle = 6;

    /// <summary>The lines that have a label and values.</summary>
    public int Labelled { get; } = Rows.Count(row => row.IsLabelled);

    /// <summary>Its words, folded, with a space at both ends.</summary>
    public string Folded { get; } = $" {LooseText.Fold(string.Join(' ', Rows.Select(row => row.Text)))} ";

    /// <summary>True when it is about the parent company alone.</summary>
    public bool IsParent { get; private init; }

    /// <summary>Cuts a page at its titles.</summary>
    public static IReadOnlyList<StatementSection> Of(Page page)
    {
        var rows = PrintedRow.Of(TablePage.Of(page));
        var recognised = page.Source is PageSource.Ocr;
        var titles = new List<(int At, StatementTitle Title)>();
        for (var at = 0; at < rows.Count; at++)
        {
            if (TitleAt(rows, at, recognised) is { } title)
            {
                titles.Add((at, title));
            }
        }

        var sections = new List<StatementSection>();
        var first = titles.Count > 0 ? titles[0].At : rows.Count;
        if (first > 0)
        {
            sections.Add(new StatementSection(page.Number, null, [.. rows.Take(first)]));
        }

        for (var each = 0; each < titles.Count; each++)
        {
            var (at, title) = titles[each];
            var end = each + 1 < titles.Count ? titles[each + 1].At : rows.Count;
            var near = rows.Skip(Math.Max(0, at - NearTitle)).Take(at - Math.Max(0, at - NearTitle)).Concat(rows.Skip(at + 1).Take(3));
            sections.Add(new StatementSection(page.Number, title, [.. rows.Skip(at).Take(end - at)])
            {
                IsParent = title.IsParent || (!title.IsConsolidated && near.Any(row => StatementTitle.SaysParent(row.Text))),
            });
        }

        return sections;
    }

    /// <summary>The lines to the first value, and those after it.</summary>
    public StatementPart ToPart()
    {
        var body = 0;
        while (body < Rows.Count && !(Rows[body].IsLabelled && Rows[body].Trailing.Any(IsClearly)))
        {
            body++;
        }

        // What comes after the last line that speaks of time or unit heads the first lines, not the columns.
        var last = body - 1;
        while (last > 0 && !Rows[last].IsYears && !StatementHeading.BelongsTo(Rows[last]))
        {
            last--;
        }

        var heading = Math.Max(last + 1, Title is null ? 0 : 1);
        return new StatementPart(Page, [.. Rows.Take(heading)], [.. Rows.Skip(heading)]);
    }

    /// <summary>True for what is a value and neither a day, a year nor a reference to a note.</summary>
    private static bool IsClearly(LinePiece piece) => piece.Kind is PieceKind.Dash || (!piece.IsYear && (piece.Value is < 0 or > 60 || piece.Text.Any(character => character is ',' or '.' or '(')));

    private static StatementTitle? TitleAt(IReadOnlyList<PrintedRow> rows, int at, bool recognised)
    {
        var row = rows[at];
        if ((row.IsLabelled && !StatementTitle.IsPartHeading(row.Text)) || !StatementTitle.MayBe(row.Text))
        {
            return null;
        }

        return StatementTitle.Read(row.Text, recognised)
            ?? (StatementTitle.IsOpen(row.Text) && at + 1 < rows.Count && !rows[at + 1].IsLabelled ? StatementTitle.Read($"{row.Text} {rows[at + 1].Text}", recognised) : null);
    }
}
