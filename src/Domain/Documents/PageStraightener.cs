using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Turns the words of a sideways page upright and takes a scan's skew out of their boxes, so that lines can be found by height.</summary>
/// <remarks>The words stay the same and in the same order: word <c>i</c> of the result is word <c>i</c> of the page, elsewhere.</remarks>
public static class PageStraightener
{
    /// <summary>The steepest skew that is looked for, as rise over run (about three degrees).</summary>
    private const double SteepestSlope = 0.05;

    private const double SlopeStep = 0.002;

    /// <summary>A slope must gather the words this much better than none, or the page is left as it is.</summary>
    private const double ClearlyBetter = 1.03;

    /// <summary>Fewer words say nothing about the skew.</summary>
    private const int FewestWords = 12;

    /// <summary>Gives the page with straight word boxes; a page from a text layer that already reads across comes back as it is.</summary>
    public static Page Straighten(Page page)
    {
        if (page.Words.Count < FewestWords || page.Size.Width <= 0 || page.Size.Height <= 0)
        {
            return page;
        }

        var upright = TurnUpright(page);
        if (upright.Source is PageSource.TextLayer)
        {
            return upright;
        }

        var slope = SkewOf(upright);
        return slope is 0 ? upright : Shear(upright, slope);
    }

    private static Page TurnUpright(Page page)
    {
        var telling = page.Words.Where(word => word.Text.Length >= 4).ToList();
        var standing = telling.Count(word => word.Box.Height * page.Size.Height > 1.2 * word.Box.Width * page.Size.Width);
        if (telling.Count < FewestWords || standing < 0.6 * telling.Count)
        {
            return page;
        }

        var steps = page.Words.Zip(page.Words.Skip(1), (word, next) => Math.Sign(next.Box.CenterY - word.Box.CenterY)).Sum();
        return page with
        {
            Size = new PageSize(page.Size.Height, page.Size.Width),
            Words = page.Words.Select(word => word with { Box = steps >= 0 ? TurnLeft(word.Box) : TurnRight(word.Box) }).ToValueList(),
        };
    }

    private static Box TurnLeft(Box box) => new(box.Y, 1 - box.Right, box.Height, box.Width);

    private static Box TurnRight(Box box) => new(1 - box.Bottom, box.X, box.Height, box.Width);

    private static double SkewOf(Page page)
    {
        var heights = page.Words.Select(word => word.Box.Height * page.Size.Height).Order().ToList();
        var bin = Math.Max(1, heights[heights.Count / 2] / 3);
        var level = Gathering(page, 0, bin);
        var (best, bestSlope) = (level * ClearlyBetter, 0.0);
        for (var step = 1; step * SlopeStep <= SteepestSlope; step++)
        {
            foreach (var slope in (ReadOnlySpan<double>)[step * SlopeStep, -step * SlopeStep])
            {
                var gathering = Gathering(page, slope, bin);
                if (gathering > best)
                {
                    (best, bestSlope) = (gathering, slope);
                }
            }
        }

        return bestSlope;
    }

    /// <summary>How well the words fall into lines once a slope is taken out: the sum of squares of a histogram of their heights on the page.</summary>
    private static double Gathering(Page page, double slope, double bin)
    {
        var counts = new Dictionary<int, double>();
        foreach (var word in page.Words)
        {
            var middle = (word.Box.CenterY * page.Size.Height) - (slope * word.Box.CenterX * page.Size.Width);
            var place = (int)Math.Clamp(middle / bin, -1e6, 1e6);
            counts[place] = counts.GetValueOrDefault(place) + word.Text.Length;
            counts[place + 1] = counts.GetValueOrDefault(place + 1) + word.Text.Length;
        }

        return counts.Values.Sum(count => count * count);
    }

    private static Page Shear(Page page, double slope)
    {
        var ratio = slope * page.Size.Width / page.Size.Height;
        return page with
        {
            Words = page.Words
                .Select(word => word with { Box = word.Box with { Y = word.Box.Y - (ratio * (word.Box.CenterX - 0.5)) } })
                .ToValueList(),
        };
    }
}
