using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>Ground truth of reports: <c>statement_pages</c> and <c>line_items[{statement,label,values,page}]</c>.</summary>
internal static class FinancialTruth
{
    /// <summary>Reads one report.</summary>
    public static TruthDocument Read(JsonObject root, string name)
    {
        var lines = root["line_items"]!.AsArray().Select(static item => item!.AsObject()).ToList();
        var unit = root["unit"]?.ToString() ?? string.Empty;
        var worth = unit.Contains("thousand", StringComparison.OrdinalIgnoreCase) ? 1000 : unit.Contains("million", StringComparison.OrdinalIgnoreCase) ? 1_000_000 : 1;
        var statements = lines.GroupBy(static line => line["statement"]!.GetValue<string>())
            .Select(group => new TruthStatement(group.Key, root["currency"]?.GetValue<string>(), worth, [.. group.Select(Line)])).ToList();
        return new TruthDocument(root["document_id"]?.GetValue<string>() ?? name, [], [new TruthAccount(null, [])], statements);
    }

    private static TruthStatementLine Line(JsonObject item) => new(
        item["page"]!.GetValue<int>(),
        item["label"]!.GetValue<string>(),
        item["values"]!.AsObject().ToDictionary(static value => value.Key, static value => decimal.Parse(value.Value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal));
}
