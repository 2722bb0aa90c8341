using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Packs the pages of an account into model calls.</summary>
/// <remarks>
/// Only neighbours in the account share a call. Numbers may be missing between them: another account's pages or a blank page lay there, and a further
/// call would cost more than the gap disturbs.
/// </remarks>
public static class PagePacker
{
    /// <summary>The packs, which together hold every page once and in order.</summary>
    /// <param name="loads">The pages of one account in order.</param>
    /// <param name="rule">How full a pack may be. A page that is too large by itself is a pack by itself.</param>
    public static ValueList<PagePack> Pack(IReadOnlyList<PageLoad> loads, PackingRule rule) => rule switch
    {
        PackingRule.PageCount count => loads.Chunk(count.PagesPerPack).Select(PackOf).ToValueList(),
        PackingRule.TokenBudget budget => Fewest(loads, budget),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There are two rules."),
    };

    private static PagePack PackOf(IEnumerable<PageLoad> loads) => new(loads.Select(load => load.Page).ToValueList());

    /// <summary>Of all ways that take the fewest packs, the one whose fullest pack is least full, and which is the most even of these.</summary>
    private static ValueList<PagePack> Fewest(IReadOnlyList<PageLoad> loads, PackingRule.TokenBudget budget)
    {
        var fullest = Cut(loads, budget, double.PositiveInfinity, Math.Max).Worst;
        var cuts = Cut(loads, budget, fullest, static (sum, fill) => sum + (fill * fill)).Starts;
        return cuts.Zip(cuts.Skip(1).Append(loads.Count), (start, end) => PackOf(loads.Skip(start).Take(end - start))).ToValueList();
    }

    /// <summary>Finds the places to cut, from the first page on: for each page, the best way to have packed all pages up to it.</summary>
    /// <param name="loads">The pages.</param>
    /// <param name="budget">The budget of a pack.</param>
    /// <param name="fullest">No pack may be fuller than this, single pages included.</param>
    /// <param name="add">Adds how full a pack is to what the packs before it made; the least sum wins among equally few packs.</param>
    private static (IReadOnlyList<int> Starts, double Worst) Cut(
        IReadOnlyList<PageLoad> loads, PackingRule.TokenBudget budget, double fullest, Func<double, double, double> add)
    {
        var best = new (int Packs, double Sum, int Start)[loads.Count + 1];
        for (var end = 1; end <= loads.Count; end++)
        {
            best[end] = (int.MaxValue, double.PositiveInfinity, end - 1);
            var (input, output) = (0L, 0L);
            for (var start = end - 1; start >= 0; start--)
            {
                (input, output) = (input + loads[start].InputTokens, output + loads[start].OutputTokens);
                var fill = Math.Max((double)input / budget.InputTokens, (double)output / budget.OutputTokens);
                if ((fill > 1 && start < end - 1) || fill > fullest)
                {
                    break;
                }

                var way = (Packs: best[start].Packs + 1, Sum: add(best[start].Sum, fill), Start: start);
                if (way.Packs < best[end].Packs || (way.Packs == best[end].Packs && way.Sum < best[end].Sum))
                {
                    best[end] = way;
                }
            }
        }

        var starts = new List<int>();
        for (var end = loads.Count; end > 0; end = best[end].Start)
        {
            starts.Insert(0, best[end].Start);
        }

        return (starts, best[loads.Count].Sum);
    }
}
