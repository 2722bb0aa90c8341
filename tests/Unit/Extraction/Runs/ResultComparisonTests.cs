using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Unit.Extraction.Reviews;

namespace Idp.Unit.Extraction.Runs;

public sealed class ResultComparisonTests
{
    private static readonly ExtractionResult First = ReviewSamples.ResultOf(ReviewSamples.Account(
        0, "1", 2, ReviewSamples.Field("phone", "a", 2, 1), ReviewSamples.Field("email", "x", 2, 2), ReviewSamples.Field("email", "y", 2, 3)));

    [Fact]
    public void A_result_does_not_differ_from_itself()
    {
        var difference = ResultComparison.Between(First, First);

        difference.IsNone.ShouldBeTrue();
        difference.Accounts.Single().Unchanged.ShouldBe(3);
    }

    [Fact]
    public void Fields_are_changed_added_and_removed()
    {
        var second = ReviewSamples.ResultOf(ReviewSamples.Account(
            0, "1", 2, ReviewSamples.Field("phone", "b", 2, 1), ReviewSamples.Field("email", "y", 2, 3), ReviewSamples.Field("cif", "9", 2, 4)));

        var account = ResultComparison.Between(First, second).Accounts.Single();

        account.Fields.Select(field => (field.Change, field.Any.Name, field.From?.Value, field.To?.Value)).ShouldBe(
            [(FieldChange.Added, "cif", null, "9"), (FieldChange.Removed, "email", "x", null), (FieldChange.Changed, "phone", "a", "b")]);
        account.Unchanged.ShouldBe(1);
    }

    [Fact]
    public void Accounts_are_the_same_by_number_wherever_they_stand()
    {
        var from = ReviewSamples.ResultOf(ReviewSamples.Account(0, "1", 2), ReviewSamples.Account(1, "2", 4));
        var to = ReviewSamples.ResultOf(ReviewSamples.Account(0, "2", 4), ReviewSamples.Account(1, "3", 8));

        ResultComparison.Between(from, to).Accounts.Select(account => (account.AccountNumber, account.FromIndex, account.ToIndex)).ShouldBe(
            [("2", 1, 0), ("3", null, 1), ("1", 0, null)]);
    }

    [Fact]
    public void Rows_are_counted_as_added_and_removed()
    {
        static ExtractionResult With(params string[] amounts) => ReviewSamples.ResultOf(new AccountExtraction(0, "1", [2], [], [
            new ExtractedTable("transactions", ["amount"], amounts.Select(amount => new TableRow(2, [new TableCell("amount", amount, amount)], [])).ToValueList(), 0, [])]));

        ResultComparison.Between(With("1", "2", "2"), With("2", "3", "4")).Accounts.Single().Tables.Single().ShouldBe(new TableDifference("transactions", 3, 3, 2, 2));
    }
}
