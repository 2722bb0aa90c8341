using System.Text.Json.Serialization;
using Idp.Api.Kernel.Json;
using Idp.Domain.Documents;

namespace Idp.Api.Documents;

/// <summary>One page that was read.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Of the upright page, in points.</param>
/// <param name="Rotation">Clockwise degrees by which the page was turned to stand upright.</param>
/// <param name="Source"><c>text_layer</c> or <c>ocr</c>.</param>
/// <param name="Blank">True when nothing is printed on it.</param>
/// <param name="Text">One printed line a line.</param>
/// <param name="Words">In reading order.</param>
internal sealed record PageBody(
    string DocumentId, int Page, PageSizeBody PageSize, int Rotation, string Source, bool Blank, string Text, IReadOnlyList<WordBody> Words)
{
    /// <summary>Told, as true, only where boxes are worked out from the layout of the text, because whoever recognised the page tells no places of words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BoxesEstimated { get; init; }

    public static PageBody From(DocumentId document, Page page) => new(
        document.ToString(),
        page.Number,
        new PageSizeBody(page.Size.Width, page.Size.Height),
        page.Rotation,
        page.Source.Print(),
        page.IsBlank,
        page.Text,
        [.. page.Words.Select(static word => new WordBody(word.Text, BoxBody.From(word.Box), word.Confidence.Print()))])
    {
        BoxesEstimated = page.HasEstimatedBoxes,
    };
}

/// <summary>The size of a page in points (1/72 inch).</summary>
internal sealed record PageSizeBody(double Width, double Height);

/// <summary>One word.</summary>
/// <param name="Text">Its characters.</param>
/// <param name="Box">Where it stands.</param>
/// <param name="Confidence">How sure the reader is, 0 to 1.</param>
internal sealed record WordBody(string Text, BoxBody Box, double Confidence);
