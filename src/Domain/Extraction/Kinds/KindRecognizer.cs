using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>Recognises what a document is by the words of its pages and by their shape.</summary>
public static class KindRecognizer
{
    /// <summary>Only so many pages are looked at, spread over the document.</summary>
    private const int MostPages = 40;

    /// <summary>Only so many words of a page are looked at.</summary>
    private const int MostWords = 1_500;

    /// <summary>Statements fill whole pages with figures; a document needs at least this many statement points.</summary>
    private const double EnoughForStatement = 2;

    /// <summary>A long document is a report when it holds this many of the three statements.</summary>
    private const int FewestStatements = 2;

    private const int MostFormPages = 12;
    private const double EnoughForLoan = 3;
    private const double EnoughForReceipt = 1.7;
    private const double EnoughForForm = 0.98;

    /// <summary>Recognises the kind; <see cref="DocumentKind.Generic"/> when nothing speaks clearly for another.</summary>
    /// <param name="pages">The pages; of a long document at most <c>40</c> are looked at closely.</param>
    public static DocumentKind Recognize(IReadOnlyList<Page> pages)
    {
        var readable = Sample(pages.Where(page => page.Words.Count > 0).ToList());
        if (readable.Count == 0)
        {
            return DocumentKind.Generic;
        }

        var traits = readable.Select(page => PageTraits.Of(page, MostWords)).ToList();
        var receipt = pages.Count <= 3 ? traits.Max(page => page.Receipt) : 0;
        var loan = traits.Sum(page => page.Loan) / Math.Sqrt(traits.Count);
        var statement = traits.OrderByDescending(page => page.Statement).Take(3).Sum(page => page.Statement);
        var form = pages.Count <= MostFormPages ? traits.Average(page => page.Form) : 0;

        if (statement >= EnoughForStatement && statement >= loan)
        {
            return DocumentKind.FinancialStatement;
        }

        if (receipt >= EnoughForReceipt && receipt >= loan)
        {
            return DocumentKind.Receipt;
        }

        return loan >= EnoughForLoan ? DocumentKind.Loan
            : form >= EnoughForForm ? DocumentKind.Form
            : pages.Count > MostPages && HoldsStatements(pages) ? DocumentKind.FinancialStatement
            : DocumentKind.Generic;
    }

    /// <summary>The statements of a long report are a few of its pages, which a sample may miss.</summary>
    private static bool HoldsStatements(IReadOnlyList<Page> pages) =>
        StatementLocator.Find(pages).Statements.DistinctBy(statement => statement.Type).Count() >= FewestStatements;

    private static List<Page> Sample(List<Page> pages) => pages.Count <= MostPages
        ? pages
        : [.. Enumerable.Range(0, MostPages).Select(index => pages[(int)((long)index * pages.Count / MostPages)])];
}
