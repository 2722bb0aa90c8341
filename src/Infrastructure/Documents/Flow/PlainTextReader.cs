using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Kernel.Text;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads plain text: lines as they are; a form feed ends a page.</summary>
internal static class PlainTextReader
{
    /// <summary>A piece that is set by itself, so that the size of letters follows from lines near by.</summary>
    private const int LinesOfPiece = 2000;

    /// <summary>The text as blocks.</summary>
    public static IEnumerable<FlowBlock> Read(ReadOnlySpan<byte> bytes) => Read(TextEncodings.Decode(bytes));

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static IEnumerable<FlowBlock> Read(string text)
    {
        var isFirst = true;
        foreach (var page in text.TrimEnd('\x1A', '\f').Split('\f'))
        {
            if (!isFirst)
            {
                yield return new FlowPageBreak();
            }

            isFirst = false;
            foreach (var piece in page.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Chunk(LinesOfPiece))
            {
                yield return new FlowVerbatim(string.Join('\n', piece));
            }
        }
    }
}
