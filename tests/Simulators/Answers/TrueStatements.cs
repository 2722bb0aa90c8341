using System.Text.Json.Nodes;
using Idp.Simulators.Truth;

namespace Idp.Simulators.Answers;

/// <summary>The statements of a report, as far as the pages of the message have their lines.</summary>
/// <remarks>A line is told for a page of the message if the truth has it on the page that this one was recognised as, and its label is printed there, or the message has that page as a whole.</remarks>
internal static class TrueStatements
{
    /// <summary>Answers the task <c>statement</c>.</summary>
    public static JsonObject Answer(ModelQuestion question, TruthLibrary truth)
    {
        var (document, matches) = truth.Find([.. question.Pages.Select(static page => page.Folded)], new FoldedText(question.Frame));
        var views = question.Pages.Zip(matches, static (page, match) => (Page: page, Match: match)).Where(static view => view.Match is not null).ToList();
        var statements = new JsonArray();
        foreach (var statement in document?.Statements ?? [])
        {
            var lines = statement.Lines.SelectMany(line => views.Where(view => view.Match!.Page.Number == line.Page && (view.Match.IsWhole || view.Page.Folded.Contains(line.Label)))
                .Take(1).Select(view => (line, view.Page.Number))).ToList();
            if (lines.Count > 0)
            {
                statements.Add((JsonNode)new JsonObject
                {
                    ["type"] = statement.Type,
                    ["pages"] = new JsonArray([.. lines.Select(static each => each.Number).Distinct().Select(static number => (JsonNode)number)]),
                    ["currency"] = statement.Currency,
                    ["unit"] = statement.Unit,
                    ["periods"] = new JsonArray([.. lines.SelectMany(static each => each.line.Values.Keys).Distinct().Select(static period => (JsonNode)period)]),
                    ["lines"] = new JsonArray([.. lines.Select(static each => Line(each.line, each.Number))]),
                });
            }
        }

        return new JsonObject { ["statements"] = statements };
    }

    private static JsonNode Line(TruthStatementLine line, int page) => new JsonObject
    {
        ["label"] = line.Label,
        ["values"] = new JsonObject(line.Values.Select(static value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))),
        ["page"] = page,
    };
}
