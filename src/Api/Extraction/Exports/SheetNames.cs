using System.Globalization;

namespace Idp.Api.Extraction.Exports;

/// <summary>Gives sheets names that a workbook allows: 31 characters at most, some characters never, no name twice in any letter case.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;

    private const string Forbidden = "[]:*?/\\'";

    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase) { "History" };

    /// <summary>The wished name, or the nearest that is allowed and free.</summary>
    public string Give(string wished)
    {
        var allowed = string.Concat(wished.Select(static character =>
            char.IsControl(character) || char.IsSurrogate(character) || Forbidden.Contains(character, StringComparison.Ordinal) ? '_' : character)).Trim();
        var stem = allowed.Length == 0 ? "Sheet" : allowed;
        for (var number = 1; ; number++)
        {
            var end = number == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" ({number})");
            var name = stem[..Math.Min(stem.Length, Longest - end.Length)] + end;
            if (_given.Add(name))
            {
                return name;
            }
        }
    }
}
