using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>Ground truth of loan packets: <c>pages</c> with account and text, <c>accounts</c> with fields and where each is printed. Tables are read out of the pages' text.</summary>
internal static class PacketTruth
{
    /// <summary>Names that the answer has otherwise.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["account_holder"] = "account_holders",
        ["ssn"] = "ssn_last4",
    };

    /// <summary>Reads one packet.</summary>
    public static TruthDocument Read(JsonObject root)
    {
        var pages = root["pages"]!.AsArray()
            .Select(static page => new TruthPage(page!["page"]!.GetValue<int>(), page["text"]!.GetValue<string>(), page["account"]?.GetValue<string>()))
            .ToList();
        return new TruthDocument(root["packet_id"]!.GetValue<string>(), pages, [.. root["accounts"]!.AsArray().Select(account => ReadAccount(account!.AsObject(), pages))]);
    }

    private static TruthAccount ReadAccount(JsonObject account, List<TruthPage> pages)
    {
        var number = account["account_number"]!.GetValue<string>();
        var fields = account["fields"]!.AsObject();
        return new TruthAccount(
            number,
            [.. fields.Where(static field => field.Key is not ("address_line1" or "address_line2")).SelectMany(field => ReadField(field.Key, field.Value!.AsObject(), fields))],
            LayoutTables.Read(pages.Where(page => page.Account == number), Period(fields)));
    }

    private static IEnumerable<TruthField> ReadField(string name, JsonObject field, JsonObject siblings) =>
        from place in field["occurrences"]!.AsArray()
        let page = place["page"]!.GetValue<int>()
        let printed = place["printed"]!.GetValue<string>()
        select new TruthField(
            Renamed.GetValueOrDefault(name, name),
            name switch
            {
                "address" => field["value"]!.GetValue<string>(),
                "ssn" => LastFour(place["value"]!.GetValue<string>()),
                _ => place["value"]!.GetValue<string>(),
            },
            name == "address" && SecondLine(siblings, page) is { } second ? $"{printed}\n{second}" : printed,
            page);

    /// <summary>An address lists the place of its first line only.</summary>
    private static string? SecondLine(JsonObject fields, int page) => fields["address_line2"]?["occurrences"]?.AsArray()
        .FirstOrDefault(place => place!["page"]!.GetValue<int>() == page)?["printed"]?.GetValue<string>();

    /// <summary>Masked numbers are written <c>last4:1234</c>, others in full.</summary>
    private static string LastFour(string value) => value.Length > 4 ? value[^4..] : value;

    private static string? Period(JsonObject fields) => fields["statement_period"]?["value"]?.GetValue<string>();
}
