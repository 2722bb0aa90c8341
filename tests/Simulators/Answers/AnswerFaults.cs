using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;
using Idp.Simulators.Truth;

namespace Idp.Simulators.Answers;

/// <summary>Answers that are wrong, or not written as asked.</summary>
internal static class AnswerFaults
{
    /// <summary>Alters a value, invents one, or spoils a reason, where these faults strike.</summary>
    public static void Alter(JsonObject answer, ModelQuestion question, FaultDraw draw)
    {
        if (draw.Has(Fault.WrongValue))
        {
            AlterOne(answer, draw);
        }

        AnswerRows.Alter(answer, draw);

        CompanyAnalyses.Alter(answer, draw);
        if (draw.Has(Fault.InventedValue) && answer["fields"] is JsonArray fields && question.Pages.Count > 0)
        {
            fields.Add((JsonNode)Invented(question, draw));
        }
    }

    /// <summary>Writes the answer otherwise than asked, where these faults strike.</summary>
    public static string Garble(string json, FaultDraw draw) =>
        draw.Has(Fault.MalformedJson) ? json[..(json.Length * 2 / 3)] + "\",}"
        : draw.Has(Fault.FencedJson) ? $"```json\n{json}\n```"
        : draw.Has(Fault.JsonInProse) ? $"Here is the result you asked for:\n\n{json}\n\nLet me know if you need anything else."
        : json;

    private static void AlterOne(JsonObject answer, FaultDraw draw)
    {
        var (list, name) = answer["fields"] is JsonArray { Count: > 0 } fields ? (fields, "value")
            : answer["pages"] is JsonArray { Count: > 0 } pages ? (pages, "account_number")
            : (null, string.Empty);
        if (list?[draw.Pick("which value", list.Count)] is not JsonObject victim)
        {
            return;
        }

        // A key with its value: the value is altered.
        var (holder, key) = victim[name] is JsonObject pair && pair.ContainsKey("value") ? (pair, "value") : (victim, name);
        if (holder[key] is JsonValue value)
        {
            holder[key] = Altered(value.ToString(), draw);
        }
    }

    /// <summary>Another digit for one digit, or another letter for the last one.</summary>
    private static string Altered(string value, FaultDraw draw)
    {
        var digits = Enumerable.Range(0, value.Length).Where(index => char.IsAsciiDigit(value[index])).ToList();
        if (digits.Count == 0)
        {
            return value.Length == 0 ? "x" : value[..^1] + (value[^1] == 'x' ? 'y' : 'x');
        }

        var at = digits[draw.Pick("which digit", digits.Count)];
        var other = (char)('0' + ((value[at] - '0' + 1 + draw.Pick("digit", 9)) % 10));
        return value[..at] + other + value[(at + 1)..];
    }

    private static JsonObject Invented(ModelQuestion question, FaultDraw draw)
    {
        var page = question.Pages[draw.Pick("page", question.Pages.Count)];
        var number = draw.Pick("invented", 900_000);
        string value;
        do
        {
            value = string.Create(CultureInfo.InvariantCulture, $"invented.{number++}@example.org");
        }
        while (page.Folded.Letters.Contains(new FoldedText(value).Letters, StringComparison.Ordinal));

        return new JsonObject { ["name"] = "email", ["value"] = value, ["page"] = page.Number, ["quote"] = value, ["confidence"] = 0.9 };
    }
}
