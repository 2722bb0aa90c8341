using System.Text.RegularExpressions;

namespace Idp.Domain.Extraction;

/// <summary>Undoes recognition slips in addresses that the other words of an address give away.</summary>
internal static partial class AddressRepair
{
    private const int Timeout = 250;

    /// <summary>Names and abbreviations of kinds of streets that are long enough to be told apart with a letter wrong.</summary>
    private static readonly string[] StreetKinds =
    [
        "Blvd", "Lane", "Road", "Street", "Avenue", "Drive", "Court", "Place", "Terrace", "Circle", "Boulevard", "Parkway", "Pkwy",
        "Highway", "Trail", "Square", "Plaza", "Ridge",
    ];

    /// <summary>
    /// The address with slips undone: <c>$522 Quarry Bivd, Marlow. VT.05143</c> becomes <c>5522 Quarry Blvd, Marlow, VT 05143</c>.
    /// </summary>
    /// <param name="address">Lines parted by line breaks or commas.</param>
    public static string Repair(string address)
    {
        var text = HouseNumber().Replace(address, match => "5" + match.Groups[1].Value);
        text = BeforeRegion().Replace(text, ", $1 $2");
        return PostalLine.RepairRegion(LastOfStreet().Replace(text, match => StreetKind(match.Value)));
    }

    private static string StreetKind(string word) =>
        StreetKinds.Contains(word, StringComparer.OrdinalIgnoreCase)
            ? word
            : StreetKinds.FirstOrDefault(kind => kind[0] == word[0] && kind.Length == word.Length
                && EditDistance.Between(kind, word, 1) == 1) ?? word;

    [GeneratedRegex(@"^[$S]([0-9]{1,5})(?= )", RegexOptions.None, Timeout)]
    private static partial Regex HouseNumber();

    [GeneratedRegex(@"[.,] ?([A-Z|][A-Z])[. ]+([0-9OolISB]{5})$", RegexOptions.None, Timeout)]
    private static partial Regex BeforeRegion();

    [GeneratedRegex(@"\b[A-Z][a-z]{3,8}(?=\n|,|$)", RegexOptions.None, Timeout)]
    private static partial Regex LastOfStreet();
}
