using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Packing;

public sealed class PagePackerTests
{
    private const int Input = 100;
    private const int Output = 40;

    private static readonly PackingRule Budget = PackingRule.Budget(Input, Output);

    /// <summary>Pages in order with gaps in their numbers, small, empty and too large ones among them.</summary>
    private static readonly Arbitrary<List<PageLoad>> Loads = (
        from count in Gen.Choose(0, 9)
        from gaps in Gen.ArrayOf(Gen.Choose(1, 3), count)
        from inputs in Gen.ArrayOf(Gen.Frequency((6, Gen.Choose(0, 60)), (1, Gen.Choose(90, 130))), count)
        from outputs in Gen.ArrayOf(Gen.Frequency((6, Gen.Choose(0, 25)), (1, Gen.Choose(35, 60))), count)
        select Enumerable.Range(0, count).Select(at => new PageLoad(gaps.Take(at + 1).Sum(), inputs[at], outputs[at])).ToList()).ToArbitrary();

    [Fact]
    public void Every_page_is_in_one_pack_and_the_order_stays() => Prop.ForAll(Loads, ArbMap.Default.ArbFor<PositiveInt>(), (loads, size) =>
        PagePacker.Pack(loads, Budget).SelectMany(pack => pack.Pages).SequenceEqual(loads.Select(load => load.Page))
        && PagePacker.Pack(loads, PackingRule.Fixed(size.Get)).SelectMany(pack => pack.Pages).SequenceEqual(loads.Select(load => load.Page))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_pack_of_several_pages_exceeds_a_budget() => Prop.ForAll(Loads, loads => PagePacker.Pack(loads, Budget)
        .All(pack => pack.Pages.Count is 1 || Fits(LoadsOf(loads, pack)))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_other_way_takes_fewer_packs_and_none_with_as_few_has_a_less_full_fullest_pack() => Prop.ForAll(Loads, loads =>
    {
        var packs = PagePacker.Pack(loads, Budget).Select(pack => LoadsOf(loads, pack)).ToList();
        var ways = WaysToCut(loads).Where(way => way.TrueForAll(part => part.Count is 1 || Fits(part))).ToList();
        var fewest = ways.Min(way => way.Count);
        var leastFull = ways.Where(way => way.Count == fewest).Min(Fullest);
        return packs.Count == fewest && Math.Abs(Fullest(packs) - leastFull) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pages_are_spread_evenly_over_the_packs_that_they_need() =>
        PagePacker.Pack([.. Enumerable.Range(1, 6).Select(page => new PageLoad(page, 30, 1))], Budget).Select(pack => pack.Pages.Count).ShouldBe([3, 3]);

    [Fact]
    public void The_expected_answer_fills_a_pack_as_well_as_the_text() =>
        PagePacker.Pack([.. Enumerable.Range(1, 4).Select(page => new PageLoad(page, 1, 20))], Budget).Select(pack => pack.Pages.Count).ShouldBe([2, 2]);

    [Fact]
    public void A_page_that_is_too_large_alone_is_a_pack_alone() =>
        PagePacker.Pack([new(1, 10, 1), new(2, 500, 1), new(3, 10, 1)], Budget).Select(pack => pack.Pages).ShouldBe([[1], [2], [3]]);

    [Fact]
    public void A_fixed_size_fills_pack_after_pack() =>
        PagePacker.Pack([.. Enumerable.Range(1, 5).Select(page => new PageLoad(page, 900, 900))], PackingRule.Fixed(2)).Select(pack => pack.Pages).ShouldBe([[1, 2], [3, 4], [5]]);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_rule_without_room_is_refused(int size)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => PackingRule.Fixed(size));
        Should.Throw<ArgumentOutOfRangeException>(() => PackingRule.Budget(size, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => PackingRule.Budget(1, size));
    }

    [Fact]
    public void Two_thousand_pages_are_packed() => PagePacker.Pack([.. Enumerable.Range(1, 2_000).Select(page => new PageLoad(page, page % 7, page % 3))], Budget)
        .Sum(pack => pack.Pages.Count).ShouldBe(2_000);

    private static List<PageLoad> LoadsOf(List<PageLoad> loads, PagePack pack) => [.. loads.Where(load => pack.Pages.Contains(load.Page))];

    private static bool Fits(List<PageLoad> part) => part.Sum(load => load.InputTokens) <= Input && part.Sum(load => load.OutputTokens) <= Output;

    private static double Fullest(List<List<PageLoad>> way) => way.Count is 0 ? 0 : way.Max(part =>
        Math.Max(part.Sum(load => load.InputTokens) / (double)Input, part.Sum(load => load.OutputTokens) / (double)Output));

    private static IEnumerable<List<List<PageLoad>>> WaysToCut(List<PageLoad> loads)
    {
        if (loads.Count is 0)
        {
            return [[]];
        }

        return Enumerable.Range(1, loads.Count).SelectMany(first => WaysToCut(loads[first..]).Select(rest => (List<List<PageLoad>>)[loads[..first], .. rest]));
    }
}
