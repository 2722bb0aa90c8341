using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>The line items by which each statement is known, in the words of industry, banks and insurers, in American and international reports.</summary>
internal static partial class StatementVocabulary
{
    private static readonly string[] Income =
    [
        "revenue", "revenues", "net sales", "sales", "turnover", "cost of sales", "cost of revenue", "cost of revenues", "cost of goods sold", "gross profit", "gross margin", "operating income", "operating profit", "income from operations",
        "loss from operations", "operating expenses", "selling general and administrative", "general and administrative", "research and development", "administrative expenses", "distribution costs", "finance costs", "finance income",
        "interest income", "interest expense", "noninterest income", "net interest income", "provision for credit losses", "premiums earned", "net premiums earned", "claims", "benefits and expenses", "income before", "profit before", "loss before", "earnings before", "before income taxes",
        "provision for income taxes", "income taxes", "income tax expense", "taxation", "net income", "net loss", "net earnings", "profit for the", "loss for the", "earnings per share", "loss per share", "per share", "per common share", "basic", "diluted", "weighted average", "attributable to",
    ];

    private static readonly string[] Balance =
    [
        "total assets", "current assets", "total current assets", "non current assets", "cash and cash equivalents", "cash and due from banks", "accounts receivable", "trade receivables", "trade and other receivables", "inventories", "goodwill", "intangible assets", "property plant and equipment", "property and equipment",
        "premises and equipment", "investment securities", "loans", "deposits", "total deposits", "accounts payable", "trade and other payables", "trade payables", "accrued", "deferred revenue", "borrowings", "long term debt", "lease liabilities", "current liabilities", "total current liabilities", "total liabilities",
        "stockholders equity", "shareholders equity", "total equity", "share capital", "share premium", "common stock", "ordinary shares", "additional paid in capital", "retained earnings", "accumulated deficit", "reserves", "treasury stock", "net assets", "deferred tax", "unearned premiums", "policy",
    ];

    private static readonly string[] CashFlow =
    [
        "operating activities", "investing activities", "financing activities", "cash flows from", "net cash", "cash generated from operations", "cash provided by", "cash used in", "net increase", "net decrease", "net change in cash", "beginning of", "end of", "depreciation", "amortization", "amortisation", "stock based compensation",
        "share based", "changes in operating assets", "working capital", "purchases of", "purchase of", "proceeds from", "repayment of", "repayments of", "capital expenditures", "dividends paid", "interest paid", "income taxes paid", "tax paid", "acquisition of", "exchange rate", "effect of",
    ];

    /// <summary>How many of the line items of a statement a text has.</summary>
    /// <param name="type">The statement.</param>
    /// <param name="folded">The text, folded, with a space at both ends.</param>
    public static int Count(StatementType type, string folded) =>
        WordsOf(type).Count(phrase => folded.Contains($" {phrase} ", StringComparison.Ordinal));

    /// <summary>True for a text that has the lines with which the statement ends, so that it does not go on.</summary>
    public static bool IsComplete(StatementType type, string folded) => type switch
    {
        StatementType.BalanceSheet => BalanceEnd().IsMatch(folded) || (Has(folded, "total assets") && TotalEquity().IsMatch(folded)),
        StatementType.CashFlow => folded.Contains("financing", StringComparison.Ordinal) && CashEnd().IsMatch(folded),
        StatementType.IncomeStatement => IncomeEnd().IsMatch(folded),
    };

    /// <summary>True for a text that has what no other table than the statement has together.</summary>
    public static bool IsUnmistakable(StatementType type, string folded) => type switch
    {
        StatementType.BalanceSheet => Has(folded, "total assets") && BalanceEnd().IsMatch(folded),
        StatementType.CashFlow => Has(folded, "operating activities") && Has(folded, "investing activities") && Has(folded, "financing activities") && CashEnd().IsMatch(folded),
        StatementType.IncomeStatement => IncomeStart().IsMatch(folded) && IncomeTax().IsMatch(folded) && IncomeEnd().IsMatch(folded),
    };

    private static bool Has(string folded, string phrase) => folded.Contains($" {phrase} ", StringComparison.Ordinal);

    private static string[] WordsOf(StatementType type) => type switch
    {
        StatementType.IncomeStatement => Income,
        StatementType.BalanceSheet => Balance,
        StatementType.CashFlow => CashFlow,
    };

    [GeneratedRegex(@" total (?:liabilities|equity|shareholders equity|stockholders equity|deposits)[a-z ]{0,60} and [a-z ]{0,60}(?:equity|deficit|deficiency|capital|liabilities|net assets|investment) | net assets (?:.*) (?:total equity|shareholders funds|equity shareholders|total shareholders|capital and reserves) | total capital and liabilities | liabilities and (?:stockholders|shareholders|members|partners|owners) (?:equity|capital|deficit) total ", RegexOptions.NonBacktracking)]
    private static partial Regex BalanceEnd();

    [GeneratedRegex(@" total (?:stockholders |shareholders |shareowners |members |owners )?equity ", RegexOptions.NonBacktracking)]
    private static partial Regex TotalEquity();

    [GeneratedRegex(@" (?:cash|equivalents|overdrafts|balances?|period|year|quarter|months)[a-z ]{0,60} (?:end of|at end|ending|closing|ending balances?|at (?:the )?end|at [0-9]{1,2} [a-z]+|at (?:january|march|june|september|december)) | (?:end of|ending|closing) [a-z ]{0,30}(?:cash|balance|year|period|quarter) | cash and cash equivalents (?:at|as at|as of) ", RegexOptions.NonBacktracking)]
    private static partial Regex CashEnd();

    [GeneratedRegex(@" net (?:income|loss|earnings|profit)(?: loss)? | (?:profit|loss|income|earnings)(?: loss)? (?:for|after|attributable) ", RegexOptions.NonBacktracking)]
    private static partial Regex IncomeEnd();

    [GeneratedRegex(@" (?:net )?(?:sales|revenues?|turnover|interest income|premiums) ", RegexOptions.NonBacktracking)]
    private static partial Regex IncomeStart();

    [GeneratedRegex(@" (?:income tax(?:es)?|taxation|tax expense) ", RegexOptions.NonBacktracking)]
    private static partial Regex IncomeTax();
}
