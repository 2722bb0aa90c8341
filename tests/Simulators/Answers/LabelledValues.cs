using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Simulators.Answers;

/// <summary>Reads "Label: value" lines, for a simulator without truth. A label becomes the field's name in <c>snake_case</c>.</summary>
internal static partial class LabelledValues
{
    /// <summary>Answers the task <c>extraction</c>.</summary>
    public static JsonObject Answer(ModelQuestion question) => new()
    {
        ["fields"] = new JsonArray([.. question.Pages.SelectMany(static page => page.Text.Split('\n').SelectMany(line => FieldsIn(line, page.Number)))]),
        ["tables"] = new JsonArray(),
    };

    private static IEnumerable<JsonNode> FieldsIn(string line, int page) => LabelAndValue().Matches(line).Select(match => new JsonObject
    {
        ["name"] = Separators().Replace(match.Groups["label"].Value.Trim().ToLowerInvariant(), "_").Trim('_'),
        ["value"] = match.Groups["value"].Value,
        ["page"] = page,
        ["quote"] = match.Groups["value"].Value,
        ["confidence"] = 0.5,
    });

    [GeneratedRegex(@"(?<label>[A-Za-z][A-Za-z/#.-]*( [A-Za-z/#.&-]+){0,4}) ?: {0,40}(?<value>[^\s:]+( [^\s:]+)*)( {2,}|\s*$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LabelAndValue();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();
}
