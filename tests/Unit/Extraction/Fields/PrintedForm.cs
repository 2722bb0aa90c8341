using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Fields;

/// <summary>Lays out small pages and schemas for the tests of the field readers: US Letter, ten-point type.</summary>
internal static class PrintedForm
{
    private const double CharacterWidth = 0.008;
    private const double LineHeight = 0.0126;

    /// <summary>A page of pieces of text, each at a distance from the left and the top as a fraction of the page.</summary>
    public static Page Page(int number, params (double X, double Y, string Text)[] pieces) => Recognized(number, PageSource.TextLayer, 1, pieces);

    public static Page Recognized(int number, PageSource source, double confidence, params (double X, double Y, string Text)[] pieces)
    {
        var words = new List<Word>();
        foreach (var (x, y, text) in pieces.OrderBy(piece => piece.Y).ThenBy(piece => piece.X))
        {
            var at = x;
            foreach (var word in text.Split(' '))
            {
                words.Add(new Word(word, Box.FromEdges(at, y, at + (word.Length * CharacterWidth), y + LineHeight), new Confidence(confidence)));
                at += (word.Length + 1) * CharacterWidth;
            }
        }

        return new Page(number, new PageSize(612, 792), 0, source, words.Count == 0, words.ToValueList(), string.Join('\n', pieces
            .Select(piece => piece.Text)));
    }

    public static ExtractionSchema Schema(params FieldDefinition[] fields) => new("loan", DocumentKind.Loan, true, fields.ToValueList(), []);

    public static FieldDefinition Field(string name, FieldType type, params string[] labels) => new(name, type, false, false, labels.ToValueList(), null);

    public static FieldDefinition Several(string name, FieldType type, params string[] labels) => new(name, type, true, false, labels.ToValueList(), null);

    public static ExtractedField Reading(string name, FieldType type, string value, double confidence, int page = 1, double y = 0.1) => new(
        name, type, value, value, new Confidence(confidence), FieldStatus.Supported, [new Evidence(page, value, [new Box(0.1, y, 0.1, 0.01)])], []);
}
