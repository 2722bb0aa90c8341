using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Tables;

public sealed class TableCompletionProperties
{
    private static readonly TableDefinition Transactions = new("transactions",
    [
        new("date", FieldType.Date, ["Date"]), new("description", FieldType.Text, ["Description"]), new("amount", FieldType.Money, ["Amount"]),
    ]);

    [Fact]
    public void Rows_that_the_rules_lost_come_back_from_a_model_that_saw_them() => Prop.ForAll(Cases(), each =>
    {
        var (page, whole, unread) = Print(each);
        return TableCompletion.Complete(Transactions, unread, [.. whole.Rows.Select(Said)], [page]).Table == whole;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_a_model_leaves_out_is_counted_and_asked_again() => Prop.ForAll(Cases(), each =>
    {
        var (page, whole, unread) = Print(each);
        var said = whole.Rows.Where((_, row) => (row * 3 + each.Seed) % 4 is not 0).Select(Said).ToList();
        var (table, missing) = TableCompletion.Complete(Transactions, unread, said, [page]);
        return table!.RowsSeen == whole.RowsSeen && table.Rows.Count + table.Unexplained.Count == whole.Rows.Count && missing.Sum(band => band.Rows) == table.Unexplained.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_model_with_wrong_figures_adds_nothing() => Prop.ForAll(Cases(), each =>
    {
        var (page, whole, unread) = Print(each);
        var wrong = whole.Rows.Select(row => Said(row) with { Cells = [new("date", row.Cells[0].Printed, ""), new("amount", $"1{row.Cells[^1].Value}", "")] }).ToList();
        return TableCompletion.Complete(Transactions, unread, wrong, [page]).Table == unread
            && TableCompletion.Complete(Transactions, null, wrong, [page]).Table is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Completing_again_with_the_same_rows_changes_nothing() => Prop.ForAll(Cases(), each =>
    {
        var (page, whole, unread) = Print(each);
        var said = whole.Rows.Where((_, row) => (row + each.Seed) % 3 is not 0).Select(Said).ToList();
        var once = TableCompletion.Complete(Transactions, unread, said, [page]);
        return TableCompletion.Complete(Transactions, once.Table, said, [page]) == once;
    }).QuickCheckThrowOnFailure();

    private static ModelRow Said(TableRow row) => new("transactions", row.Page, row.Cells.Select(cell => cell with { Value = cell.Printed }).ToValueList());

    /// <summary>A page, its table, and the table with some rows unread.</summary>
    private static (Page Page, ExtractedTable Whole, ExtractedTable Unread) Print(Case each)
    {
        var page = new SketchedPage(1, each.Source);
        page.Put(50, 40, "Date").Put(130, 40, "Description").PutRight(480, 40, "Amount");
        for (var row = 0; row < each.Amounts.Length; row++)
        {
            var amount = (each.Amounts[row] / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
            page.Put(50, 60 + (row * 18), $"03/{1 + (row % 28):00}/2020").Put(130, 60 + (row * 18), each.Seed % 2 is 0 ? "Shop" : $"Shop number {row}").PutRight(480, 60 + (row * 18), amount);
        }

        var built = page.Build();
        var whole = TableExtractor.Extract([Transactions], [built])[0];
        var lost = Enumerable.Range(0, whole.Rows.Count).Where(row => (row * 7 + each.Seed) % 3 is 0).ToHashSet();
        var unread = whole with
        {
            Rows = whole.Rows.Where((_, row) => !lost.Contains(row)).ToValueList(),
            Unexplained = whole.Rows.Where((_, row) => lost.Contains(row)).Select(row => new UnexplainedRow(1, "", row.Boxes[0])).ToValueList(),
        };
        return (built, whole, unread);
    }

    private static Arbitrary<Case> Cases() => (
        from count in Gen.Choose(3, 36)
        from amounts in Gen.ArrayOf(Gen.Frequency((3, Gen.Choose(101, 999_999)), (1, Gen.Elements(1_000, 2_000))), count)
        from seed in Gen.Choose(0, 5)
        from source in Gen.Elements(PageSource.Ocr, PageSource.TextLayer)
        select new Case(amounts, seed, source)).ToArbitrary();

    private sealed record Case(int[] Amounts, int Seed, PageSource Source);
}
