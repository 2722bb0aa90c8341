using System.Globalization;
using System.Text;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;

namespace Idp.Application.Extraction;

/// <summary>Fingerprints of what pages say, so that a result is made again exactly when its input differs.</summary>
internal static class PageFingerprints
{
    /// <summary>Stands for the words, boxes and numbers of the pages, in order.</summary>
    public static string Of(IEnumerable<Page> pages)
    {
        var text = new StringBuilder();
        foreach (var page in pages)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{page.Number} {page.Size.Width:0.#}x{page.Size.Height:0.#} {page.Rotation}\n");
            foreach (var word in page.Words)
            {
                text.Append(CultureInfo.InvariantCulture, $"{word.Text} {word.Box.X:0.####} {word.Box.Y:0.####} {word.Box.Width:0.####} {word.Box.Height:0.####} {word.Confidence.Value:0.##}\n");
            }
        }

        return Fingerprint.Of(("pages", text.ToString())).Value;
    }
}
