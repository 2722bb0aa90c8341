using System.Text.Json.Nodes;

namespace Idp.Simulators.Answers;

/// <summary>Answers that stop early without a word.</summary>
internal static class AnswerLimits
{
    /// <summary>Keeps so many rows of all tables together; 0 keeps all.</summary>
    public static void KeepRows(JsonObject answer, int most)
    {
        if (most == 0 || answer["tables"] is not JsonArray tables)
        {
            return;
        }

        var left = most;
        foreach (var rows in tables.Select(static table => table?["rows"]).OfType<JsonArray>())
        {
            while (rows.Count > left)
            {
                rows.RemoveAt(rows.Count - 1);
            }

            left -= rows.Count;
        }
    }
}
