using System.Text;
using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Lays files without pages out on pages, as a PDF file; lives only in worker processes.</summary>
/// <param name="maximumPages">Most pages of one file.</param>
internal sealed class FlowLayout(int maximumPages)
{
    /// <summary>Changes whenever the same file may be laid out differently.</summary>
    public const string Version = "flow/2";

    static FlowLayout() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The file as a PDF file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What it is.</param>
    /// <param name="note">What is to be said at its end; null for nothing.</param>
    public Result<byte[]> ToPdf(string path, FileType type, string? note = null)
    {
        try
        {
            using var writer = new PdfWriter();
            foreach (var page in PageComposer.Compose([.. FlowReader.Read(File.ReadAllBytes(path), type), .. NoteOf(note)]))
            {
                writer.Add(page);
                if (writer.PageCount > maximumPages)
                {
                    return DocumentErrors.TooManyPages(writer.PageCount, maximumPages);
                }
            }

            return writer.ToFile();
        }
        catch (FlowRefusedException refused)
        {
            return refused.Error;
        }
        catch (Exception exception) when (FlowReader.IsDamage(exception))
        {
            return DocumentErrors.Damaged($"it is no {type.ToString().ToLowerInvariant()} file that makes sense.");
        }
    }

    private static IEnumerable<FlowBlock> NoteOf(string? note) => note is null ? [] : [new FlowParagraph($"[{note}]")];
}
