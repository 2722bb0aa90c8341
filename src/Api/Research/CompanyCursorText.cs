using System.Globalization;
using Idp.Application.Research.Ports;

namespace Idp.Api.Research;

/// <summary>How the place in a list of companies is printed.</summary>
internal static class CompanyCursorText
{
    /// <summary>Prints a place.</summary>
    public static string Print(this CompanyCursor cursor) => string.Create(CultureInfo.InvariantCulture, $"{cursor.Score}.{cursor.Row}");

    /// <summary>Reads what <see cref="Print"/> printed; null for anything else.</summary>
    public static CompanyCursor? Read(string text) =>
        text.Split('.') is [var score, var row]
        && int.TryParse(score, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var points)
        && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new CompanyCursor(points, place)
            : null;
}
