using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Whose address a block is.</summary>
internal enum BlockRole
{
    /// <summary>Not told.</summary>
    Unknown,

    /// <summary>The customer's.</summary>
    Holder,

    /// <summary>A guarantor's.</summary>
    Guarantor,

    /// <summary>The bank's.</summary>
    Bank,
}

/// <summary>Names over the lines of an address, as in a mailing window.</summary>
/// <param name="Names">One run of words a line, from the top; may be empty.</param>
/// <param name="Address">One run of words a line; the last ends with state and postal code.</param>
/// <param name="Role">Whose it is.</param>
/// <param name="IsLabelled">True when a label tells the role.</param>
internal sealed record PostalBlock(
    IReadOnlyList<IReadOnlyList<Word>> Names, IReadOnlyList<IReadOnlyList<Word>> Address, BlockRole Role, bool IsLabelled)
{
    /// <summary>What the block covers.</summary>
    public Box Box { get; } = Box.Union(Names.Concat(Address).SelectMany(line => line).Select(word => word.Box));
}

/// <summary>Finds postal blocks on a page.</summary>
internal static class PostalBlockFinder
{
    private const int MostLines = 7;

    /// <summary>Lines of one block start this close to each other, as a fraction of the page's width.</summary>
    private const double AlignmentSlack = 0.02;

    /// <summary>The tops of two lines of one block are at most this many line heights apart.</summary>
    private const double WidestLineStep = 2.4;

    /// <summary>A letterhead stands in this part of the page.</summary>
    private const double HeadOfPage = 0.12;

    /// <summary>All blocks of a page.</summary>
    /// <param name="view">The page.</param>
    /// <param name="labels">The labels found on it.</param>
    public static IEnumerable<PostalBlock> Find(PageView view, IReadOnlyList<LabelMatch> labels)
    {
        var pieces = PiecesOf(view, labels);
        foreach (var piece in pieces.Where(piece => piece.Words.Count <= 14 && PostalLine.EndsWithRegion(piece.Text)))
        {
            yield return BlockAround(view, labels, pieces, piece);
        }
    }

    /// <summary>The segments without the labels in them.</summary>
    private static List<Segment> PiecesOf(PageView view, IReadOnlyList<LabelMatch> labels)
    {
        var ends = labels.Where(label => !label.InProse && (label.HasColon || label.IsWhole)).GroupBy(label => label.Segment.Index)
            .ToDictionary(group => group.Key, group => group.Max(label => label.End));
        return view.Segments
            .Where(segment => !segment.IsProse)
            .Select(segment => ends.TryGetValue(segment.Index, out var end)
                ? (Segment: segment, Words: segment.Words.Skip(end).ToList()) : (segment, [.. segment.Words]))
            .Where(piece => piece.Words.Count > 0)
            .Select(piece => new Segment(piece.Segment.Index, piece.Segment.Line, piece.Words))
            .ToList();
    }

    private static PostalBlock BlockAround(PageView view, IReadOnlyList<LabelMatch> labels, List<Segment> pieces, Segment last)
    {
        var lines = new List<Segment> { last };
        while (lines.Count < MostLines && Above(view, pieces, lines[0]) is { } above)
        {
            lines.Insert(0, above);
        }

        // The address begins at the topmost street line above its last line; what stands over it are names.
        var street = lines.FindIndex(line => PostalLine.IsStreet(line.Text));
        var firstOfAddress = street >= 0 ? street : Math.Max(0, lines.Count - (lines.Count > 2 ? 2 : 1));
        var isHead = lines.Count - firstOfAddress == 1 && lines[^1].Box.Y < HeadOfPage;
        var names = lines.Take(firstOfAddress)
            .Select(line => NameShape.Leading(line.Words) is { Count: > 0 } name ? name : isHead ? NameShape.Heading(line.Words) : [])
            .Reverse().TakeWhile(name => name.Count > 0).Reverse().ToList();
        var address = lines.Skip(firstOfAddress).Select(line => line.Words).ToList();
        var (role, isLabelled) = RoleOf(view, labels, lines, names, address);
        return new PostalBlock(names, address, role, isLabelled);
    }

    private static Segment? Above(PageView view, List<Segment> pieces, Segment line) => pieces
        .Where(other => other.Line < line.Line
            && Math.Abs(other.Box.X - line.Box.X) <= AlignmentSlack
            && line.Box.Y - other.Box.Y <= WidestLineStep * Math.Max(view.LineHeight, line.Box.Height)
            && !PostalLine.EndsWithRegion(other.Text))
        .OrderByDescending(other => other.Line)
        .FirstOrDefault();

    private static (BlockRole Role, bool IsLabelled) RoleOf(
        PageView view, IReadOnlyList<LabelMatch> labels, List<Segment> lines, List<IReadOnlyList<Word>> names, List<IReadOnlyList<Word>> address)
    {
        var box = Box.Union(lines.Select(line => line.Box));
        var first = lines[0].Box;
        var role = labels.Where(label => !label.InProse && (Leads(label.Box, first) || Heads(view, label.Box, box)))
            .OrderBy(label => Math.Abs(label.Box.CenterY - first.CenterY))
            .SelectMany(label => label.Label.Fields)
            .Select(RoleOf)
            .FirstOrDefault(found => found is not BlockRole.Unknown);
        if (role is not BlockRole.Unknown)
        {
            return (role, true);
        }

        var isBank = names.Count > 0 && NameShape.IsBank(names[0]);
        var isPersonUnderBank = names.Count > 0 && NameShape.IsPerson(string.Join(' ', names[0].Select(word => word.Text)))
            && view.Segments.Any(segment => segment.Box.Bottom <= first.Y + 0.01 && NameShape.IsBank(segment.Words));
        var isLetterhead = address.Count == 1 && first.Y < HeadOfPage && !isPersonUnderBank;
        return (isBank || isLetterhead ? BlockRole.Bank : first.Y < 0.5 && names.Count > 0 ? BlockRole.Holder : BlockRole.Unknown, false);
    }

    private static BlockRole RoleOf(FieldDefinition field) => field.Name switch
    {
        "account_holders" or "address" => BlockRole.Holder,
        "guarantors" => BlockRole.Guarantor,
        "bank_name" => BlockRole.Bank,
        _ => BlockRole.Unknown,
    };

    /// <summary>True when the label stands to the left of the block's first line.</summary>
    private static bool Leads(Box label, Box first) =>
        label.VerticalOverlap(first) >= 0.4 && label.Right <= first.X + 0.01 && first.X - label.Right < 0.25;

    /// <summary>True when the label stands over the block.</summary>
    private static bool Heads(PageView view, Box label, Box block) =>
        label.Bottom <= block.Y + (0.5 * view.LineHeight) && block.Y - label.Bottom < 3 * view.LineHeight
            && label.HorizontalOverlap(block) > 0.3;
}
