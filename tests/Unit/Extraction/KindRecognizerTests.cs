using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction;

public class KindRecognizerTests
{
    [Fact]
    public void Recognises_a_till_receipt()
    {
        Recognize(width: 166, height: 369, "MAWAR SDN BHD", "TAX INVOICE", "Sub Total 8.52", "Total 8.50", "Cash 10.00", "Change 1.50", "Thank you")
            .ShouldBe(DocumentKind.Receipt);
    }

    [Fact]
    public void Recognises_a_form()
    {
        Recognize(
            612, 792, "Project approval form", "To: Ann Example", "From: Bob Sample", "Date: 6/21/90", "Description: Posters", "Supplier: Burke", "Approved by: J. Q.")
            .ShouldBe(DocumentKind.Form);
    }

    [Fact]
    public void Recognises_a_loan_packet()
    {
        Recognize(
            612, 792, "LOAN STATEMENT", "Account Number 100200300", "Borrower Ann Example", "Lender First Harbour Bank", "Interest Rate 6.000%",
            "Principal 12,000.00", "Payment Due 1/2/2021", "Maturity Date 1/2/2031", "Late Charge 5.00")
            .ShouldBe(DocumentKind.Loan);
    }

    [Fact]
    public void Recognises_a_financial_statement_among_other_pages()
    {
        var prose = PrintedPage.Of(Enumerable.Repeat("The company makes fittings for boats and sells them in many harbours.", 20));
        var balance = PrintedPage.Of(
        [
            "CONSOLIDATED BALANCE SHEETS", "Accounts receivable   1,200   1,100", "Total current assets   2,300   2,200", "Total assets   9,100   8,700",
            "Accounts payable   700   650", "Total current liabilities   1,500   1,400", "Total liabilities   4,000   3,900", "Retained earnings   5,100   4,800",
        ]);
        var income = PrintedPage.Of(
        [
            "STATEMENTS OF OPERATIONS", "Net sales   5,200   4,900", "Cost of sales   3,000   2,900", "Gross profit   2,200   2,000",
            "Operating income   900   800", "Income taxes   200   180", "Net income   700   620",
        ]);

        KindRecognizer.Recognize([prose, prose, balance, income, prose]).ShouldBe(DocumentKind.FinancialStatement);
    }

    [Fact]
    public void A_list_of_dated_amounts_under_a_few_words_of_accounts_is_an_account()
    {
        string[] head = ["HARBOR POINT BANK   Account Number: 4417802235", "Statement Period: 01/01/2021 - 01/31/2021", "Beginning balance   10,000.00"];
        var rows = Enumerable.Range(1, 8).Select(day => $"01/{day:00}/2021  CARD FUEL 48{day:00}   -12.{day}0   9,9{day}0.00").ToArray();

        Recognize(612, 792, [.. head, .. rows]).ShouldBe(DocumentKind.Loan);
        Recognize(612, 792, head).ShouldNotBe(DocumentKind.Loan);
    }

    [Fact]
    public void Finds_the_statements_of_a_long_report_wherever_they_stand()
    {
        var prose = PrintedPage.Of(Enumerable.Repeat("The company makes fittings for boats and sells them in many harbours.", 20));
        var pages = Enumerable.Range(1, 130).Select(number => prose with { Number = number }).ToList();
        pages[100] = Statements.PrintedReport.Page(101, Statements.PrintedReport.BalanceSheet);
        pages[101] = Statements.PrintedReport.Page(102, Statements.PrintedReport.IncomeStatement);

        KindRecognizer.Recognize(pages).ShouldBe(DocumentKind.FinancialStatement);
    }

    [Fact]
    public void Leaves_prose_generic()
    {
        Recognize(612, 792, [.. Enumerable.Repeat("It was a bright morning and the boats lay quietly in the old harbour below the hill", 20)])
            .ShouldBe(DocumentKind.Generic);
    }

    [Fact]
    public void Leaves_blank_documents_generic() => KindRecognizer.Recognize([PrintedPage.Of([])]).ShouldBe(DocumentKind.Generic);

    private static DocumentKind Recognize(double width, double height, params string[] lines) =>
        KindRecognizer.Recognize([PrintedPage.Of(lines, width, height)]);
}
