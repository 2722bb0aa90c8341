using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class RankFusionTests
{
    [Fact]
    public void What_is_good_in_both_comes_before_what_is_best_in_one() =>
        RankFusion.Fuse<string>([["a", "b", "c"], ["d", "b", "e"]], 10).Select(fused => fused.Item).ShouldBe(["b", "a", "d", "c", "e"]);

    [Fact]
    public void Only_what_is_first_everywhere_scores_1()
    {
        var fused = RankFusion.Fuse<string>([["a", "b"], ["a", "c"]], 10);

        fused[0].Score.ShouldBe(1, 1e-12);
        fused.Skip(1).ShouldAllBe(rank => rank.Score < 0.5);
    }

    [Fact]
    public void What_stands_twice_in_a_ranking_counts_once() => RankFusion.Fuse<string>([["a", "a", "b"]], 10).ShouldBe(RankFusion.Fuse<string>([["a", "b"]], 10));

    [Fact]
    public void No_more_come_than_were_asked_for() => RankFusion.Fuse<int>([[1, 2, 3], [4, 5, 6]], 4).Count.ShouldBe(4);

    [Fact]
    public void Every_item_comes_once_best_first_and_one_ranking_keeps_its_order() => Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<int[]>(),
            static (first, second) =>
            {
                var fused = RankFusion.Fuse<int>([first, second], int.MaxValue);
                return fused.Select(rank => rank.Item).Order().SequenceEqual(first.Concat(second).Distinct().Order())
                    && fused.Zip(fused.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score)
                    && fused.All(rank => rank.Score is > 0 and <= 1 + 1e-12)
                    && RankFusion.Fuse<int>([first], int.MaxValue).Select(rank => rank.Item).SequenceEqual(first.Distinct());
            })
        .QuickCheckThrowOnFailure();
}
