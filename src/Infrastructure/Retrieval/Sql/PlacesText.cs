using System.Globalization;
using System.Text;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>Places as a column holds them: one a line, seven numbers each. There is one for every printed line, and JSON would be as long as the text itself.</summary>
internal static class PlacesText
{
    private const int Numbers = 7;

    /// <summary>Writes places; boxes to a ten thousandth of the page.</summary>
    public static string Of(IEnumerable<TextPlace> places)
    {
        var text = new StringBuilder();
        foreach (var place in places)
        {
            text.Append(text.Length == 0 ? string.Empty : "\n").Append(
                CultureInfo.InvariantCulture,
                $"{place.Start} {place.Length} {place.Page} {place.Box.X:0.####} {place.Box.Y:0.####} {place.Box.Width:0.####} {place.Box.Height:0.####}");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static ValueList<TextPlace> Parse(string text)
    {
        var places = new List<TextPlace>();
        Span<Range> parts = stackalloc Range[Numbers];
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.Split(parts, ' ') != Numbers)
            {
                throw new FormatException("A place is seven numbers.");
            }

            places.Add(new TextPlace(
                Whole(line[parts[0]]), Whole(line[parts[1]]), Whole(line[parts[2]]),
                new Box(Share(line[parts[3]]), Share(line[parts[4]]), Share(line[parts[5]]), Share(line[parts[6]]))));
        }

        return places.ToValueList();
    }

    private static int Whole(ReadOnlySpan<char> number) => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Share(ReadOnlySpan<char> number) => double.Parse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
