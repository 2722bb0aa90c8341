using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>A page without what repeats on every page, as the blocks that a reader sees.</summary>
/// <param name="Number">The page's place in the document, from 1.</param>
/// <param name="Blocks">In reading order.</param>
public sealed record CleanedPage(int Number, ValueList<TextBlock> Blocks)
{
    /// <summary>The page as Markdown.</summary>
    public string ToMarkdown() => string.Join("\n\n", Blocks.Select(static block => block.Kind switch
    {
        BlockKind.Heading => new string('#', Math.Clamp(block.Level, 1, 6)) + " " + block.Text,
        BlockKind.ListItem => "- " + block.Text,
        _ => block.Text,
    }));
}
