using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>Ground truth of scanned receipts: <c>fields</c> as printed (company, date, address, total) and <c>text_lines</c>.</summary>
internal static class ReceiptTruth
{
    private static readonly string[] DateForms =
    [
        "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy", "d-M-yy", "d.M.yy", "yyyy/M/d", "yyyy-M-d", "d MMM yyyy", "d MMM yy", "d-MMM-yyyy", "d-MMM-yy", "MMM d, yyyy",
    ];

    /// <summary>Reads one receipt.</summary>
    public static TruthDocument Read(JsonObject root, string name)
    {
        var fields = root["fields"]!.AsObject()
            .Where(static field => field.Value is not null)
            .Select(static field => Field(field.Key, field.Value!.GetValue<string>()))
            .ToList();
        return new TruthDocument(name, [new TruthPage(1, root["text_lines"]!.GetValue<string>())], [new TruthAccount(null, fields)]);
    }

    private static TruthField Field(string name, string printed) => new(name, Normalised(name, printed), printed, 1);

    private static string Normalised(string name, string printed) => name switch
    {
        "date" => DateTime.TryParseExact(printed.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : printed,
        "total" => decimal.TryParse(printed.AsSpan(printed.AsSpan().IndexOfAnyInRange('0', '9')), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString("0.00", CultureInfo.InvariantCulture) : printed,
        _ => printed,
    };
}
