namespace Idp.Domain.Documents;

/// <summary>What a document is, which decides what is read out of it.</summary>
public enum DocumentKind
{
    /// <summary>Not said; recognised from the pages.</summary>
    Auto,

    /// <summary>A packet of loan or deposit accounts.</summary>
    Loan,

    /// <summary>A report with balance sheet, income statement or cash flow.</summary>
    FinancialStatement,

    /// <summary>A till receipt or a small invoice.</summary>
    Receipt,

    /// <summary>A form of keys and values.</summary>
    Form,

    /// <summary>Anything else.</summary>
    Generic,
}
