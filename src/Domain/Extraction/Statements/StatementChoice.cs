using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Chooses among what may be the statements of a document.</summary>
internal static class StatementChoice
{
    /// <summary>A second table of a type stands at most this many pages from the first …</summary>
    private const int NearPages = 2;

    /// <summary>… and has this share of its points.</summary>
    private const double NearlyAsGood = 0.75;

    /// <summary>A statement without consolidated ones beside it may be the parent's; so many points are needed for any.</summary>
    private const double FewestPoints = 3;

    /// <summary>Chooses.</summary>
    /// <param name="candidates">What may be statements, in the order of their pages.</param>
    /// <param name="yearEnd">Month and day in which the report's years end.</param>
    /// <param name="pages">The pages of the document.</param>
    public static StatementPlaces Of(IReadOnlyList<StatementCandidate> candidates, (int Month, int Day)? yearEnd, IReadOnlyList<Page> pages)
    {
        var chosen = new List<StatementCandidate>();
        var leftOut = new List<StatementLeftOut>();
        foreach (var type in candidates.GroupBy(candidate => candidate.Type))
        {
            var possible = type.Where(candidate => candidate.Score >= FewestPoints).ToList();
            var whole = possible.Where(candidate => !candidate.IsParent).ToList();
            var group = whole.Count > 0 ? whole : possible;
            if (group.Count == 0)
            {
                continue;
            }

            var best = group.MaxBy(candidate => candidate.Score)!;
            var others = group.Where(candidate => candidate != best && IsSecondTable(candidate, best)).ToList();
            chosen.Add(best);
            chosen.AddRange(others);
            leftOut.AddRange(possible.Where(candidate => candidate.IsParent && !group.Contains(candidate)).Select(candidate => LeftOut(candidate, "parent_only")));
            leftOut.AddRange(group.Where(candidate => candidate != best && !others.Contains(candidate) && candidate.Title.Length > 0).Select(candidate => LeftOut(candidate, "another_statement_of_its_type")));
        }

        chosen = [.. chosen.OrderBy(candidate => candidate.Sections[0].Page).ThenBy(candidate => candidate.Sections[0].Rows[0].Box.Y)];
        var parts = chosen.Select(candidate => candidate.Sections.Select(section => section.ToPart()).ToList()).ToList();
        var context = ContextOf(parts, yearEnd, pages);
        return new StatementPlaces(
            [.. chosen.Zip(parts, (candidate, own) => new LocatedStatement(candidate.Type, candidate.Title, own, context))],
            leftOut.OrderBy(statement => statement.Pages[0]).ToValueList());
    }

    /// <summary>Three months on one page and nine on the next: both are the statement.</summary>
    private static bool IsSecondTable(StatementCandidate candidate, StatementCandidate best) =>
        candidate.Title.Length > 0 && candidate.Score >= NearlyAsGood * best.Score && candidate.IsParent == best.IsParent
        && Math.Abs(candidate.Sections[0].Page - best.Sections[0].Page) <= NearPages
        && candidate.Sections[0].Title!.Kind == best.Sections[0].Title?.Kind;

    private static StatementLeftOut LeftOut(StatementCandidate candidate, string reason) =>
        new(candidate.Type, candidate.Title, candidate.Sections.Select(section => section.Page).Distinct().ToValueList(), reason);

    private static ReportContext ContextOf(IReadOnlyList<IReadOnlyList<StatementPart>> parts, (int Month, int Day)? yearEnd, IReadOnlyList<Page> pages)
    {
        var headings = parts.SelectMany(own => own).Select(part => string.Join('\n', part.Heading.Select(row => row.Text))).ToList();
        var signs = string.Join(' ', parts.SelectMany(own => own).SelectMany(part => part.Body).SelectMany(row => row.Pieces)
            .Where(piece => piece.Kind is PieceKind.Sign || piece.Text.Contains('$', StringComparison.Ordinal)).Take(200).Select(piece => piece.Text));
        var currency = headings.Select(StatementUnits.CurrencyOf).FirstOrDefault(code => code is not null) ?? StatementUnits.CurrencyOf(signs)
            ?? pages.Take(60).Select(page => StatementUnits.CurrencyOf(page.Text)).FirstOrDefault(code => code is not null);
        var unit = headings.Select(StatementUnits.UnitOf).FirstOrDefault(known => known is not null);
        return new ReportContext(yearEnd?.Month, yearEnd?.Day, currency, unit);
    }
}
