using System.Text.RegularExpressions;
using Idp.Domain.Documents;

namespace Idp.Domain.Extraction;

/// <summary>How much a page speaks for each kind of document.</summary>
/// <param name="Receipt">Points for a receipt.</param>
/// <param name="Loan">Points for a packet of accounts.</param>
/// <param name="Statement">Points for a financial statement.</param>
/// <param name="Form">Points for a form.</param>
internal readonly partial record struct PageTraits(double Receipt, double Loan, double Statement, double Form)
{
    /// <summary>So many lines with a date and an amount are a list of transactions …</summary>
    private const int FewestDated = 5;

    /// <summary>… where the page has so many words of accounts, …</summary>
    private const int FewestPhrases = 3;

    /// <summary>… and are worth this much.</summary>
    private const double DatedPoints = 1.5;

    private static readonly string[] ReceiptPhrases =
    [
        "cash", "change", "total", "receipt", "tax invoice", "cashier", "qty", "subtotal", "sub total", "gst", "sst", "rounding", "thank you",
        "come again", "goods sold", "tender", "especes", "merci", "caissier", "facture", "ttc", "kassenbon", "bar", "summe", "invoice no", "card", "amount due", "sdn bhd", "bill",
    ];

    private static readonly string[] LoanPhrases =
    [
        "loan", "account number", "account no", "acct", "borrower", "lender", "promissory note", "signature card", "deposit", "deposits", "member fdic",
        "annual percentage", "interest rate", "principal", "statement period", "beginning balance", "ending balance", "checking", "savings",
        "loan number", "payment due", "maturity date", "ownership", "authorized signer", "account holder", "overdraft", "withdrawals", "late charge",
        "opening balance", "closing balance", "routing number", "note date", "credit union", "mortgage", "collateral", "escrow",
    ];

    private static readonly string[] StatementTitles =
    [
        "balance sheet", "balance sheets", "statement of income", "statements of income", "income statement", "income statements",
        "statement of operations", "statements of operations", "statement of cash flows", "statements of cash flows", "statement of earnings",
        "statements of earnings", "statement of financial position", "statements of financial position", "cash flow statement",
        "profit and loss", "statement of comprehensive income", "statements of comprehensive income",
    ];

    private static readonly string[] StatementLines =
    [
        "total assets", "total liabilities", "total current assets", "total current liabilities", "net income", "operating activities",
        "investing activities", "financing activities", "retained earnings", "cost of sales", "cost of revenue", "gross profit", "gross margin",
        "operating income", "income taxes", "accounts payable", "accounts receivable", "stockholders equity", "shareholders equity",
        "net increase in cash", "net sales", "depreciation", "net revenue", "total equity",
    ];

    private static readonly string[] InvoicePhrases =
    [
        "invoice", "rechnung", "factuur", "facture", "invoice date", "invoice number", "invoice no", "vat", "btw", "mwst", "ust", "total amount",
        "amount due", "bill to", "unit price", "quantity", "due date", "rechnungsnummer", "factuurnummer", "totaal", "gesamtbetrag", "subtotal",
        "net amount", "payment terms", "total", "tva", "price",
    ];

    private static readonly string[] FormPhrases =
    [
        "date", "to", "from", "fax", "phone", "telephone", "signature", "signed", "approved by", "approval", "form", "number of pages", "project",
        "subject", "description", "comments", "remarks", "name of", "request", "requested by", "submitted by", "prepared by", "supplier", "brand",
        "city", "zip", "attn", "cc", "no", "code", "page", "title", "type of", "name", "report", "company", "check", "market", "sample", "agency",
        "date of", "authorization", "specification", "transmittal", "account", "quantity", "address", "state", "purpose", "reason", "conclusion",
    ];

    public static PageTraits Of(Page page, int mostWords)
    {
        var words = page.Words.Take(mostWords).ToList();
        var text = $" {LooseText.Fold(string.Join(' ', words.Select(word => word.Text)))} ";
        var top = $" {LooseText.Fold(string.Join(' ', words.Where(word => word.Box.Y < 0.3).Select(word => word.Text)))} ";
        var figures = words.Count(word => word.Text.Count(char.IsAsciiDigit) * 2 > word.Text.Length) / (double)words.Count;
        var colons = words.Count(word => word.Text.Length > 1 && word.Text[^1] == ':');
        var slender = page.Size.Height / page.Size.Width;
        var small = page.Size.Width < 450;
        return new PageTraits(
            ReceiptPoints(text, words.Count, slender, small),
            LoanPoints(text, page.Text),
            StatementPoints(top, text, figures),
            FormPoints(text, words.Count, colons, figures));
    }

    /// <summary>The words of accounts; and a list of dated amounts under a few of them is an account's statement, however short.</summary>
    private static double LoanPoints(string text, string lines)
    {
        var phrases = Count(text, LoanPhrases);
        var split = phrases >= FewestPhrases ? lines.Split('\n') : [];

        // Where columns are read one after the other, dates and amounts stand on lines of their own.
        var isList = split.Count(line => Dated().IsMatch(line)) >= FewestDated && split.Count(line => Amount().IsMatch(line)) >= FewestDated;
        return Math.Min(4, (phrases * 0.5) + (isList ? DatedPoints : 0));
    }

    /// <summary>Receipts are small or slender, hold few words, and speak of cash and change.</summary>
    private static double ReceiptPoints(string text, int words, double slender, bool small)
    {
        var phrases = Count(text, ReceiptPhrases);
        var invoice = text.Contains(" invoice ", StringComparison.Ordinal) || text.Contains(" factuur ", StringComparison.Ordinal)
            || text.Contains(" rechnung ", StringComparison.Ordinal) || text.Contains(" facture ", StringComparison.Ordinal);
        return words > 500 ? 0 : Math.Max(
            (Math.Min(6, phrases) * 0.5) + (slender > 1.55 ? 1 : 0) + (small ? 0.75 : 0),
            invoice ? Math.Min(6, Count(text, InvoicePhrases)) * 0.6 : 0);
    }

    /// <summary>A title at the head, line items that all statements have, and many figures.</summary>
    private static double StatementPoints(string top, string text, double figures)
    {
        var lines = Count(text, StatementLines);
        var titled = Count(top, StatementTitles) > 0;
        return lines < 3 || figures < 0.12 ? 0 : (titled ? 1 : 0) + Math.Min(1.5, lines * 0.25);
    }

    /// <summary>Forms have many captions with colons, and the words of captions, among few words.</summary>
    private static double FormPoints(string text, int words, int colons, double figures) => words < 12
        ? 0
        : Math.Min(2, colons * 25.0 / Math.Max(60, words)) + Math.Min(2, Count(text, FormPhrases) * 25.0 / Math.Max(100, words)) - (figures > 0.4 ? 1 : 0);

    [GeneratedRegex(@"^[0-9]{1,4}[/-][0-9]{1,2}(?:[/-][0-9]{2,4})?(?: |$)", RegexOptions.NonBacktracking)]
    private static partial Regex Dated();

    [GeneratedRegex(@"[0-9][.,][0-9]{2}(?:-|\)| ?CR| ?DR)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Amount();

    private static int Count(string text, string[] phrases) =>
        phrases.Count(phrase => text.Contains($" {phrase} ", StringComparison.Ordinal));
}
