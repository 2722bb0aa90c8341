using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;

namespace Idp.Unit.Kernel;

public sealed class ValueListTests
{
    [Fact]
    public void Lists_of_equal_items_are_equal_and_hash_alike() => Prop.ForAll<int[]>(items =>
        items.ToValueList().Equals(items.ToValueList()) && items.ToValueList().GetHashCode() == items.ToValueList().GetHashCode())
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Lists_are_equal_only_when_their_items_are() => Prop.ForAll<int[], int[]>((one, other) =>
        one.ToValueList().Equals(other.ToValueList()) == one.SequenceEqual(other)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_keeps_its_items_in_order() => Prop.ForAll<int[]>(items =>
        items.ToValueList().SequenceEqual(items) && items.ToValueList().Count == items.Length).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_does_not_change_with_what_it_was_made_from()
    {
        int[] source = [1, 2];
        var list = source.ToValueList();

        source[0] = 9;

        list.ShouldBe([1, 2]);
    }

    [Fact]
    public void Collection_expressions_make_lists()
    {
        ValueList<int> head = [1, 2];

        ValueList<int> whole = [.. head, 3];

        whole.ShouldBe([1, 2, 3]);
        whole[2].ShouldBe(3);
    }
}
