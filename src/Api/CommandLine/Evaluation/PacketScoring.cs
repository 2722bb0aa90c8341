using System.Globalization;
using System.Text.Json;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Compares what was read out of a packet with its ground truth.</summary>
/// <remarks>
/// A value that the ground truth does not list for its account counts as wrong only when the ground truth lists that field for some account of the packets
/// (<see cref="JudgedFields"/>): it then is a misreading. Fields that no ground truth knows are not judged.
/// The same value given twice counts once. Values are compared in normal form: amounts and rates as numbers, texts by their letters and digits, social security numbers by their last four digits.
/// </remarks>
internal static class PacketScoring
{
    /// <summary>How much the box of a value must overlap the printed one (intersection over union).</summary>
    private const double LeastOverlap = 0.5;

    /// <summary>Fields that are judged, named as in results, with their names in ground truth.</summary>
    public static readonly IReadOnlyDictionary<string, string> JudgedFields = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["account_number"] = "account_number",
        ["account_holders"] = "account_holder",
        ["account_type"] = "account_type",
        ["bank_name"] = "bank_name",
        ["cif"] = "cif",
        ["phone"] = "phone",
        ["email"] = "email",
        ["address"] = "address",
        ["date_of_birth"] = "date_of_birth",
        ["ssn_last4"] = "ssn",
        ["id_number"] = "id_number",
        ["date_opened"] = "date_opened",
        ["opening_deposit"] = "opening_deposit",
        ["opening_balance"] = "opening_balance",
        ["balance"] = "balance",
        ["total_credits"] = "total_credits",
        ["total_debits"] = "total_debits",
        ["original_amount"] = "original_amount",
        ["interest_rate"] = "interest_rate",
        ["apr"] = "apr",
        ["payment_amount"] = "payment_amount",
        ["payment_due_date"] = "payment_due_date",
        ["maturity_date"] = "maturity_date",
        ["statement_date"] = "statement_date",
        ["statement_period"] = "statement_period",
        ["routing_number"] = "routing_number",
        ["officer"] = "officer",
    };

    /// <summary>Judges one packet.</summary>
    /// <param name="truth">The ground truth, as in <c>packets_synthetic/ground_truth</c>.</param>
    /// <param name="map">Which page was given to which account.</param>
    /// <param name="accounts">What was read for each account.</param>
    /// <param name="sizes">The size of each page in points, by page number; null where the ground truth's boxes do not fit the pages (scans), and evidence is not judged.</param>
    public static PacketTally Score(
        JsonDocument truth, PageMap map, IReadOnlyList<AccountExtraction> accounts, IReadOnlyDictionary<int, PageSize>? sizes)
    {
        var tally = new PacketTally();
        ScorePages(truth, map, tally);
        var read = accounts.GroupBy(account => Key(account.AccountNumber)).ToDictionary(group => group.Key, group => group.SelectMany(account => account.Fields).ToList());
        var listed = truth.RootElement.GetProperty("accounts").EnumerateArray().ToDictionary(account => Key(account.GetProperty("account_number").GetString()));
        foreach (var number in read.Keys.Union(listed.Keys))
        {
            var fields = listed.TryGetValue(number, out var account) ? account.GetProperty("fields") : default;
            ScoreFields(fields, read.GetValueOrDefault(number) ?? [], sizes, tally);
        }

        return tally;
    }

    private static void ScorePages(JsonDocument truth, PageMap map, PacketTally tally)
    {
        var pages = truth.RootElement.GetProperty("pages").EnumerateArray().ToList();
        var given = map.Accounts.SelectMany(account => account.Pages.Select(page => (page, Number: Key(account.AccountNumber)))).ToLookup(entry => entry.page, entry => entry.Number);
        foreach (var page in pages.Where(IsScored))
        {
            tally.Pages++;
            var number = page.GetProperty("page").GetInt32();
            var account = page.GetProperty("account").GetString();
            tally.PagesRight += account is null ? (given[number].Any() ? 0 : 1) : given[number].Contains(Key(account)) ? 1 : 0;
        }

        var free = pages.Where(page => !IsScored(page)).Select(page => page.GetProperty("page").GetInt32()).ToHashSet();
        foreach (var account in truth.RootElement.GetProperty("accounts").EnumerateArray())
        {
            tally.Accounts++;
            var expected = account.GetProperty("pages").EnumerateArray().Select(page => page.GetInt32()).Where(page => !free.Contains(page));
            var key = Key(account.GetProperty("account_number").GetString());
            tally.AccountsExact += map.Accounts.Any(found => Key(found.AccountNumber) == key && found.Pages.Where(page => !free.Contains(page)).ToHashSet().SetEquals(expected)) ? 1 : 0;
        }
    }

    private static bool IsScored(JsonElement page) => page.GetProperty("scored").GetBoolean();

    private static void ScoreFields(JsonElement truth, List<ExtractedField> read, IReadOnlyDictionary<int, PageSize>? sizes, PacketTally tally)
    {
        foreach (var (name, truthName) in JudgedFields)
        {
            var listed = truth.ValueKind is JsonValueKind.Object && truth.TryGetProperty(truthName, out var entry) ? entry : default;
            var expected = ValuesOf(listed).Select(value => Comparable(name, value)).ToHashSet(StringComparer.Ordinal);
            var found = new HashSet<string>(StringComparer.Ordinal);
            foreach (var field in read.Where(field => field.Name == name))
            {
                var value = Comparable(name, field.Value);
                var isRight = expected.Contains(value);
                tally.Judged.Add((field.Confidence.Value, isRight));
                if (!isRight)
                {
                    tally.Field(name).Wrong++;
                }
                else if (found.Add(value))
                {
                    tally.Field(name).Right++;
                    ScoreEvidence(truth, listed, name, field, sizes, tally);
                }
            }

            tally.Field(name).Missed += expected.Count - found.Count;
        }
    }

    private static void ScoreEvidence(
        JsonElement truth, JsonElement listed, string name, ExtractedField field, IReadOnlyDictionary<int, PageSize>? sizes, PacketTally tally)
    {
        if (sizes is null || field.Status is not FieldStatus.Supported)
        {
            return;
        }

        var value = Comparable(name, field.Value);
        var places = OccurrencesOf(listed).Where(place => name == "address" || Comparable(name, place.GetProperty("value").GetString() ?? string.Empty) == value).ToList();
        if (name == "address" && truth.TryGetProperty("address_line2", out var secondLine))
        {
            places.AddRange(OccurrencesOf(secondLine));
        }

        if (places.Count == 0)
        {
            return;
        }

        tally.Evidence++;
        var first = field.Evidence.Count > 0 ? field.Evidence[0] : null;
        tally.EvidenceRight += first is not null && sizes.TryGetValue(first.Page, out var size)
            && places.Where(place => place.GetProperty("page").GetInt32() == first.Page).Select(place => BoxOf(place, size))
                .Any(expected => first.Boxes.Any(box => box.OverlapRatio(expected) >= LeastOverlap)) ? 1 : 0;
    }

    private static JsonElement.ArrayEnumerator OccurrencesOf(JsonElement field) =>
        field.ValueKind is JsonValueKind.Object && field.TryGetProperty("occurrences", out var places) ? places.EnumerateArray() : default;

    private static Box BoxOf(JsonElement occurrence, PageSize size)
    {
        var edges = occurrence.GetProperty("bbox").EnumerateArray().Select(edge => edge.GetDouble()).ToList();
        return Box.FromEdges(edges[0] / size.Width, edges[1] / size.Height, edges[2] / size.Width, edges[3] / size.Height);
    }

    private static IEnumerable<string> ValuesOf(JsonElement field)
    {
        if (field.ValueKind is not JsonValueKind.Object)
        {
            return [];
        }

        return field.TryGetProperty("values", out var values)
            ? values.EnumerateArray().Select(value => value.GetString() ?? string.Empty)
            : [field.GetProperty("value").GetString() ?? string.Empty];
    }

    private static string Comparable(string name, string value)
    {
        if (name == "ssn_last4")
        {
            return value.Length > 4 ? value[^4..] : value;
        }

        var isDate = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return !isDate && value.Contains('.', StringComparison.Ordinal) && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.####", CultureInfo.InvariantCulture)
            : Key(value);
    }

    private static string Key(string? value) => string.Concat((value ?? string.Empty).Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}
