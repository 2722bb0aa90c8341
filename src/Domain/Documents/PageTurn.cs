using Idp.Domain.Kernel;

namespace Idp.Domain.Documents;

/// <summary>Turns pages and boxes by quarter turns.</summary>
public static class PageTurn
{
    /// <summary>Where a box stands after the page was turned clockwise.</summary>
    /// <param name="box">The box before.</param>
    /// <param name="clockwiseDegrees">0, 90, 180 or 270.</param>
    public static Box Turn(Box box, int clockwiseDegrees) => clockwiseDegrees switch
    {
        90 => Box.FromEdges(1 - box.Bottom, box.X, 1 - box.Y, box.Right),
        180 => Box.FromEdges(1 - box.Right, 1 - box.Bottom, 1 - box.X, 1 - box.Y),
        270 => Box.FromEdges(box.Y, 1 - box.Right, box.Bottom, 1 - box.X),
        _ => box,
    };

    /// <summary>The size of a page after it was turned.</summary>
    /// <param name="size">The size before.</param>
    /// <param name="clockwiseDegrees">0, 90, 180 or 270.</param>
    public static PageSize Turn(PageSize size, int clockwiseDegrees) =>
        clockwiseDegrees is 90 or 270 ? new PageSize(size.Height, size.Width) : size;

    /// <summary>
    /// The clockwise turn that puts a page upright whose text runs up or down: 0 unless most of its longer words are taller than wide.
    /// </summary>
    /// <param name="words">The words in the order in which they are read.</param>
    /// <param name="size">The size of the page as the words' boxes have it.</param>
    public static int UprightTurn(IReadOnlyList<Word> words, PageSize size)
    {
        var longer = words.Where(static word => word.Text.Length >= 4).ToList();
        var upDown = longer.Where(word => word.Box.Height * size.Height > 1.5 * word.Box.Width * size.Width).ToList();
        if (upDown.Count < 3 || upDown.Count <= longer.Count / 2)
        {
            return 0;
        }

        // Words of one line follow each other upwards on a page turned to the left, downwards on one turned to the right.
        var upwards = 0;
        foreach (var (earlier, later) in upDown.Zip(upDown.Skip(1)).Where(static pair => pair.First.Box.HorizontalOverlap(pair.Second.Box) > 0.5))
        {
            upwards += later.Box.CenterY < earlier.Box.CenterY ? 1 : -1;
        }

        return upwards >= 0 ? 90 : 270;
    }
}
