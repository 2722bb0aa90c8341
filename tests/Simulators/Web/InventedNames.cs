using System.Globalization;

namespace Idp.Simulators.Web;

/// <summary>Names of companies that there are not, some of them like others.</summary>
public static class InventedNames
{
    private static readonly string[] Beginnings =
    [
        "Alder", "Birch", "Cobalt", "Dune", "Ember", "Fjord", "Gran", "Harrow", "Ivory", "Juniper", "Kestrel", "Lumen", "Marl", "North", "Ochre", "Pell",
        "Quill", "Rowan", "Sable", "Tarn", "Umber", "Vesper", "Wick", "Yarrow", "Zephyr", "Brack", "Crane", "Drift", "Flint", "Heath", "Larch", "Moss",
    ];

    private static readonly string[] Ends = ["brook", "field", "gate", "hollow", "light", "mark", "mere", "path", "point", "ridge", "stone", "ton", "vale", "ward", "water", "well"];

    private static readonly string[] Trades = ["Robotics", "Analytics", "Labs", "Logistics", "Foods", "Systems", "Health", "Energy", "Media", "Textiles", "Optics", "Software"];

    /// <summary>So many different names; every tenth is the one before it in another trade.</summary>
    public static IReadOnlyList<string> Take(int count, int seed = 1)
    {
        var dice = new WebDice((ulong)seed);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var stem = string.Empty;
        while (names.Count < count)
        {
            stem = names.Count % 10 == 9 && stem.Length > 0 ? stem : dice.OneOf(Beginnings) + dice.OneOf(Ends);
            var name = $"{stem} {dice.OneOf(Trades)}";
            if (!names.Add(name))
            {
                names.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {names.Count + 1}"));
            }
        }

        return [.. names];
    }

    /// <summary>A name that may be taken for another.</summary>
    internal static string Like(string name, WebDice dice)
    {
        var first = name.Split(' ', 2)[0];
        string other;
        do
        {
            other = $"{first} {dice.OneOf(Trades)}";
        }
        while (other == name);

        return other;
    }
}
