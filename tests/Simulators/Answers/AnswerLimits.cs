using System.Text.Json.Nodes;

namespace Idp.Simulators.Answers;

/// <summary>Answers that stop early without a word.</summary>
internal static class AnswerLimits
{
    /// <summary>Keeps so many rows of all tables, and lines of all statements, together; 0 keeps all.</summary>
    public static void KeepRows(JsonObject answer, int most)
    {
        if (most == 0)
        {
            return;
        }

        var left = most;
        var tables = (answer["tables"] as JsonArray ?? []).Select(static table => table?["rows"]);
        foreach (var rows in tables.Concat((answer["statements"] as JsonArray ?? []).Select(static statement => statement?["lines"])).OfType<JsonArray>())
        {
            while (rows.Count > left)
            {
                rows.RemoveAt(rows.Count - 1);
            }

            left -= rows.Count;
        }
    }
}
