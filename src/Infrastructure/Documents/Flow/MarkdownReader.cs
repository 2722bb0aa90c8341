using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Kernel.Text;
using Markdig;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads Markdown by way of the web page that it stands for.</summary>
internal static class MarkdownReader
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseGridTables().UseTaskLists().UseFootnotes().UseDefinitionLists().Build();

    /// <summary>The text as blocks.</summary>
    public static IEnumerable<FlowBlock> Read(ReadOnlySpan<byte> bytes) => HtmlReader.Read(Markdown.ToHtml(TextEncodings.Decode(bytes), Pipeline));
}
