using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Finds the pages of income statement, balance sheet and cash flow in a report.</summary>
/// <remarks>
/// Every page is looked at cheaply first: figures, titles, line items. Only pages that may hold a statement are cut into lines. Notes, tables of contents, selected data and statements of
/// equity mention the same words; what sets a statement apart is a title that stands alone, over a table whose lines are those of its kind.
/// </remarks>
public static class StatementLocator
{
    /// <summary>A page with fewer figures holds no statement.</summary>
    private const int FewestFigures = 8;

    /// <summary>A titled statement has at least this many lines with values …</summary>
    private const int FewestLines = 4;

    /// <summary>… and this many line items of its kind.</summary>
    private const int FewestItems = 2;

    /// <summary>Without a title, it takes more of both.</summary>
    private const int FewestLinesUntitled = 8;

    private const int FewestItemsUntitled = 6;

    /// <summary>A page that goes on with the statement of the page before has at least this many lines with values.</summary>
    private const int FewestLinesContinued = 3;

    private static readonly StatementType[] Types = [StatementType.IncomeStatement, StatementType.BalanceSheet, StatementType.CashFlow];

    /// <summary>Finds the statements.</summary>
    /// <param name="pages">The pages of the document, in order.</param>
    /// <returns>
    /// One statement of each type, the consolidated one where there are several; more of a type only where a report prints one in several tables. Those of the parent company alone are left out
    /// beside consolidated ones.
    /// </returns>
    public static StatementPlaces Find(IReadOnlyList<Page> pages)
    {
        var candidates = new StatementCandidates();
        foreach (var page in pages)
        {
            var titles = TitlesOf(page);
            if (MayHold(page, titles, candidates.Open))
            {
                foreach (var section in StatementSection.Of(page))
                {
                    Take(candidates, section);
                }
            }
            else if (titles.Find(title => title.Kind is TitleKind.Other) is { } other)
            {
                candidates.Close(other);
            }

            candidates.EndPage(page.Number);
        }

        return StatementChoice.Of(candidates.All, ReportDates.YearEndOf(pages), pages);
    }

    private static void Take(StatementCandidates candidates, StatementSection section)
    {
        if (section.Title is null)
        {
            if (candidates.Open is { IsComplete: false } open && open.LastPage == section.Page - 1 && section.Labelled >= FewestLinesContinued
                && StatementVocabulary.Count(open.Type, section.Folded) >= FewestItems)
            {
                open.Add(section);
            }
            else if (section.Labelled >= FewestLinesUntitled && Types.Where(type => StatementVocabulary.IsUnmistakable(type, section.Folded)
                && StatementVocabulary.Count(type, section.Folded) >= FewestItemsUntitled).Take(2).ToList() is [var only])
            {
                candidates.Begin(only, section);
            }

            return;
        }

        if (TypeOf(section.Title.Kind) is not { } type)
        {
            candidates.Close(section.Title);
            return;
        }

        if (candidates.Open is { } current && current.Type == type && current.IsParent == section.IsParent && current.LastPage >= section.Page - 1
            && (section.Title.IsContinued || !current.IsComplete) && section.Labelled >= FewestLinesContinued)
        {
            current.Add(section);
        }
        else if (section.Labelled >= FewestLines && StatementVocabulary.Count(type, section.Folded) >= FewestItems)
        {
            candidates.Begin(type, section);
        }
    }

    private static StatementType? TypeOf(TitleKind kind) => kind switch
    {
        TitleKind.Income or TitleKind.Comprehensive => StatementType.IncomeStatement,
        TitleKind.Balance => StatementType.BalanceSheet,
        TitleKind.CashFlow => StatementType.CashFlow,
        TitleKind.Other => null,
    };

    /// <summary>A cheap look at a page: enough figures, and a title, the line items of a statement, or one that may go on here.</summary>
    private static bool MayHold(Page page, List<StatementTitle> titles, StatementCandidate? open)
    {
        var figures = 0;
        foreach (var word in page.Words)
        {
            figures += word.Text.Length > 0 && (char.IsAsciiDigit(word.Text[^1]) || (word.Text.Length > 1 && char.IsAsciiDigit(word.Text[^2]))) ? 1 : 0;
        }

        if (figures < FewestFigures)
        {
            return false;
        }

        if (titles.Exists(title => title.Kind is not TitleKind.Other) || open is not null)
        {
            return true;
        }

        var folded = $" {LooseText.Fold(page.Text)} ";
        return Types.Any(type => StatementVocabulary.IsUnmistakable(type, folded));
    }

    /// <summary>The titles among the lines of a page's text.</summary>
    private static List<StatementTitle> TitlesOf(Page page)
    {
        var lines = page.Text.Split('\n');
        var recognised = page.Source is PageSource.Ocr;
        var titles = new List<StatementTitle>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (!StatementTitle.MayBe(lines[at]))
            {
                continue;
            }

            var title = StatementTitle.Read(lines[at], recognised)
                ?? (at + 1 < lines.Length && StatementTitle.IsOpen(lines[at]) ? StatementTitle.Read($"{lines[at]} {lines[at + 1]}", recognised) : null);
            if (title is not null)
            {
                titles.Add(title);
            }
        }

        return titles;
    }
}
