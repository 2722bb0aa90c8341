using System.Text;
using Idp.Domain.Kernel;

namespace Idp.Domain.Retrieval;

/// <summary>What a block of a page is.</summary>
public enum BlockKind
{
    /// <summary>A title over what follows.</summary>
    Heading,

    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>One entry of a list.</summary>
    ListItem,

    /// <summary>A table, as Markdown: a header row, a rule, and the other rows, one a line.</summary>
    Table,
}

/// <summary>Where a part of a text is printed.</summary>
/// <param name="Start">Where the part begins in the text.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="Box">The printed line, or what of it is meant.</param>
public readonly record struct TextPlace(int Start, int Length, int Page, Box Box)
{
    /// <summary>The first character after it.</summary>
    public int End => Start + Length;
}

/// <summary>A part of a page that belongs together.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">Of a heading its depth, from 1; 0 for everything else.</param>
/// <param name="Text">Its text.</param>
/// <param name="Places">Where each printed line of it stands, in the order of the text.</param>
public sealed record TextBlock(BlockKind Kind, int Level, string Text, ValueList<TextPlace> Places)
{
    /// <summary>A block without a place on a page, of a text that was never printed.</summary>
    public static TextBlock Of(BlockKind kind, int level, string text) => new(kind, level, text, []);

    /// <summary>A part of the block with the places that belong to it.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">Its characters.</param>
    public TextBlock Part(int start, int length) => this with { Text = Text.Substring(start, length), Places = PlacesWithin(Places, start, length) };

    /// <summary>The places of a part of a text, counted from the part's beginning.</summary>
    internal static ValueList<TextPlace> PlacesWithin(IEnumerable<TextPlace> places, int start, int length) => places
        .Where(place => place.Start < start + length && place.End > start)
        .Select(place => place with
        {
            Start = Math.Max(0, place.Start - start),
            Length = Math.Min(place.End, start + length) - Math.Max(place.Start, start),
        })
        .ToValueList();
}

/// <summary>Puts a text together and remembers where its parts are printed.</summary>
internal sealed class PlacedText
{
    private readonly StringBuilder _text = new();
    private readonly List<TextPlace> _places = [];

    public int Length => _text.Length;

    /// <summary>Adds a part that is printed at a place.</summary>
    public void Add(string text, int page, Box box)
    {
        _places.Add(new TextPlace(_text.Length, text.Length, page, box));
        _text.Append(text);
    }

    /// <summary>Adds what is printed nowhere: white space, the marks of a table.</summary>
    public void AddMarks(string marks) => _text.Append(marks);

    /// <summary>Adds a text with its places.</summary>
    public void Add(string text, IEnumerable<TextPlace> places)
    {
        var start = _text.Length;
        _places.AddRange(places.Select(place => place with { Start = place.Start + start }));
        _text.Append(text);
    }

    /// <summary>Takes the last character away, a hyphen at the end of a line.</summary>
    public void DropLast()
    {
        _text.Length--;
        if (_places.Count > 0 && _places[^1].End > _text.Length)
        {
            _places[^1] = _places[^1] with { Length = _text.Length - _places[^1].Start };
        }
    }

    /// <summary>The last word so far.</summary>
    public string LastWord()
    {
        var from = _text.Length;
        while (from > 0 && !char.IsWhiteSpace(_text[from - 1]))
        {
            from--;
        }

        return _text.ToString(from, _text.Length - from);
    }

    public TextBlock ToBlock(BlockKind kind, int level = 0) => new(kind, level, _text.ToString(), _places.ToValueList());
}
