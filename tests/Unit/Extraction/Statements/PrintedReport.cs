using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Statements;

/// <summary>Makes pages of a report for tests: each line is set in a fixed pitch, so that the columns of the text are the columns of the page.</summary>
internal static class PrintedReport
{
    private const double CharactersAcross = 100;
    private const double Pitch = 0.018;

    public const string BalanceSheet = """
                                        NORTHWIND HOLDINGS, INC.
                                  CONSOLIDATED BALANCE SHEETS
                              (In thousands, except per share data)

                                                              June 30, 2023     December 31, 2022
        ASSETS
        Current assets:
          Cash and cash equivalents                           $       1,250     $           1,100
          Accounts receivable, net                                      640                   720
            Total current assets                                      1,890                 1,820
        Goodwill                                                        310                     —
            Total assets                                      $       2,200     $           1,820
        LIABILITIES AND STOCKHOLDERS' EQUITY
        Current liabilities:
          Accounts payable                                              400                   350
          Accrued expenses                                              100                    70
            Total current liabilities                                   500                   420
        Common stock, $0.01 par value; 900,000 shares authorized;
          462,000 and 475,000 shares outstanding, respectively           10                    10
        Accumulated deficit                                            (310)                 (610)
        Additional paid-in capital                                    2,000                 2,000
            Total stockholders' equity                                1,700                 1,400
            Total liabilities and stockholders' equity        $       2,200     $           1,820

                    See accompanying notes to consolidated financial statements.
                                              4
        """;

    public const string BalanceSheetInTwoColumns = """
                                          BALANCE SHEETS
                                      (In thousands of euros)
                                       As at December 31,
                                2023    2022                                     2023    2022
        ASSETS                                  LIABILITIES AND EQUITY
        Current assets:                         Current liabilities:
          Cash                 1,250   1,100      Accounts payable                400     350
          Receivables            640     720      Accrued expenses                100      70
            Total current      1,890   1,820        Total current                 500     420
        Goodwill                 310       —    Share capital                   1,690   1,390
                                                Retained earnings                  10      10
            Total assets       2,200   1,820    Total liabilities and equity    2,200   1,820
        """;

    public const string IncomeStatement = """
                                        NORTHWIND HOLDINGS, INC.
                             CONSOLIDATED STATEMENTS OF OPERATIONS
                              (In thousands, except per share data)

                                      Three Months Ended June 30,       Six Months Ended June 30,
                                           2023          2022              2023          2022
        Net sales                       $   900       $   800           $ 1,700       $ 1,500
        Cost of sales                       500           450               950           850
          Gross profit                      400           350               750           650
        Operating expenses                  300           360               590           700
        Income (loss) before taxes          100           (10)              160           (50)
        Income taxes                         25            (3)               40           (12)
        Net income (loss)               $    75       $    (7)          $   120       $   (38)
        Earnings per share:
          Basic                         $  0.16       $ (0.01)          $  0.26       $ (0.08)
        """;

    public const string CashFlow = """
                             CONSOLIDATED STATEMENTS OF CASH FLOWS
                                       (In thousands)

                                                                  Years Ended December 31,
                                                                     2023          2022
        Cash flows from operating activities:
          Net income                                              $   120       $   (38)
          Depreciation and amortization                                80            70
            Net cash provided by operating activities                 200            32
        Cash flows from investing activities:
          Purchases of property and equipment                         (90)          (60)
            Net cash used in investing activities                     (90)          (60)
        Cash flows from financing activities:
          Proceeds from issuance of debt                               40             —
            Net cash provided by financing activities                  40             —
        Net increase (decrease) in cash and cash equivalents          150           (28)
        Cash and cash equivalents, beginning of year                1,100         1,128
        Cash and cash equivalents, end of year                    $ 1,250       $ 1,100
        """;

    public const string Contents = """
                                              INDEX
        Consolidated Balance Sheets                                                         4
        Consolidated Statements of Operations                                               5
        Consolidated Statements of Cash Flows                                               6
        Notes to Consolidated Financial Statements                                          7
        Item 2.  Management's Discussion and Analysis                                      12
        Item 3.  Quantitative and Qualitative Disclosures                                  13
        Item 4.  Controls and Procedures                                                   14
        Signatures                                                                         15
        """;

    public static Page Page(int number, string text, PageSource source = PageSource.TextLayer)
    {
        var lines = text.Split('\n');
        var words = lines.SelectMany((line, row) => WordsOf(line.TrimEnd('\r'), 0.04 + (row * Pitch))).ToValueList();
        return new Page(number, new PageSize(612, 792), 0, source, words.Count == 0, words, string.Join('\n', lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))));
    }

    public static StatementPlaces Locate(params string[] pages) => StatementLocator.Find([.. pages.Select((text, index) => Page(index + 1, text))]);

    public static FinancialStatement Read(string page, PageSource source = PageSource.TextLayer) =>
        StatementReader.Read(StatementLocator.Find([Page(1, page, source)]).Statements.ShouldHaveSingleItem());

    public static StatementLine Line(this FinancialStatement statement, string label) => statement.Lines.Single(line => line.Label == label);

    private static IEnumerable<Word> WordsOf(string line, double top)
    {
        for (var start = 0; start < line.Length; start++)
        {
            if (line[start] == ' ')
            {
                continue;
            }

            var end = line.IndexOf(' ', start) is >= 0 and var space ? space : line.Length;
            yield return new Word(line[start..end], new Box(start / CharactersAcross, top, (end - start) / CharactersAcross, 0.011), new Confidence(0.98));
            start = end;
        }
    }
}
