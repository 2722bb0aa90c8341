using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Tables;

public sealed class TableExtractorProperties
{
    private static readonly TableDefinition Transactions = new("transactions",
    [
        new("date", FieldType.Date, ["Date"]), new("description", FieldType.Text, ["Description"]), new("credit", FieldType.Money, ["Credits"]),
        new("debit", FieldType.Money, ["Debits"]), new("balance", FieldType.Money, ["Balance"]),
    ]);

    [Fact]
    public void A_whole_statement_is_read_whole_and_reports_nothing() =>
        Prop.ForAll(Statements(), statement =>
        {
            var table = TableExtractor.Extract([Transactions], [Print(statement, _ => true)])[0];
            return table.Rows.Count == statement.Moves.Length && table.Unexplained.Count is 0 && table.RowsSeen == statement.Moves.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rows_taken_out_from_between_others_are_reported() =>
        Prop.ForAll(Statements(), statement =>
        {
            // Of the rows between the first six, which show how the balance runs, and the last, some are taken out.
            var removed = Enumerable.Range(6, statement.Moves.Length - 7).Where(row => (row * 7 + statement.Seed) % 4 is 0).ToHashSet();
            var table = TableExtractor.Extract([Transactions], [Print(statement, row => !removed.Contains(row))])[0];
            var gaps = removed.Count(row => !removed.Contains(row - 1));
            return table.Unexplained.Count >= gaps && table.RowsSeen >= table.Rows.Count + gaps;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_words_make_it_throw() =>
        Prop.ForAll(WildPages(), page =>
        {
            _ = TableExtractor.Extract([Transactions], [page, page with { Number = 2 }]);
            return true;
        }).QuickCheckThrowOnFailure();

    private static Page Print(Statement statement, Func<int, bool> keep)
    {
        var page = new SketchedPage(1, statement.Source);
        page.Put(50, 40, "Date").Put(130, 40, "Description").PutRight(400, 40, "Credits").PutRight(480, 40, "Debits").PutRight(560, 40, "Balance");
        var balance = 1_000_000L;
        for (var row = 0; row < statement.Moves.Length; row++)
        {
            var move = statement.Moves[row];
            balance += move;
            if (keep(row))
            {
                var y = 60 + (row * 18);
                page.Put(50, y, $"03/{1 + (row % 28):00}/2020").Put(130, y, "Shop").PutRight(move > 0 ? 400 : 480, y, Amount(Math.Abs(move))).PutRight(560, y, Amount(balance));
            }
        }

        return page.Build();
    }

    private static string Amount(long cents) => (cents / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>Amounts of unlike digits on purpose: two rows that cancel out leave no trace in a balance.</summary>
    private static Arbitrary<Statement> Statements() => (
        from count in Gen.Choose(8, 36)
        from moves in Gen.ArrayOf(Gen.Choose(101, 9_999), count)
        from signs in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(1)), (3, Gen.Constant(-1))), count)
        from seed in Gen.Choose(0, 3)
        from source in Gen.Elements(PageSource.Ocr, PageSource.TextLayer)
        select new Statement(moves.Zip(signs, (move, sign) => sign > 0 ? 20_000L + move : -move).ToArray(), seed, source)).ToArbitrary();

    private static Arbitrary<Page> WildPages() => (
        from texts in Gen.ArrayOf(Gen.OneOf(ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get), Gen.Elements("Date", "Balance", "Debits", "01/02", "1.00", "12", "Ending balance")), 40)
        from places in Gen.ArrayOf(Gen.Choose(-200, 1200), texts.Length * 4)
        from source in Gen.Elements(PageSource.Ocr, PageSource.TextLayer)
        select new Page(
            1, new PageSize(612, 792), 0, source, false,
            texts.Select((text, index) => new Word(
                text,
                new Box(places[index * 4] / 1000.0, places[(index * 4) + 1] / 1000.0, places[(index * 4) + 2] / 5000.0, places[(index * 4) + 3] / 5000.0),
                new Confidence(0.5))).ToValueList(),
            string.Empty)).ToArbitrary();

    private sealed record Statement(long[] Moves, int Seed, PageSource Source);
}
