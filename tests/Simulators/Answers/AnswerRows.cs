using System.Text.Json.Nodes;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Answers;

/// <summary>Rows of an answer's tables and lines of its statements that are left out or told twice.</summary>
internal static class AnswerRows
{
    private const int RowsPerFault = 10;

    /// <summary>Keeps so many rows, all together; 0 keeps all.</summary>
    public static void Keep(JsonObject answer, int most)
    {
        if (most == 0)
        {
            return;
        }

        var left = most;
        foreach (var rows in ListsOf(answer))
        {
            while (rows.Count > left)
            {
                rows.RemoveAt(rows.Count - 1);
            }

            left -= rows.Count;
        }
    }

    /// <summary>Leaves one row in ten out, or tells it twice, where these faults strike.</summary>
    public static void Alter(JsonObject answer, FaultDraw draw)
    {
        if (!draw.Has(Fault.SkippedRows) && !draw.Has(Fault.RepeatedRows))
        {
            return;
        }

        var victim = draw.Pick("which rows", RowsPerFault);
        foreach (var rows in ListsOf(answer))
        {
            foreach (var row in Enumerable.Range(0, rows.Count).Where(row => row % RowsPerFault == victim).Reverse())
            {
                if (draw.Has(Fault.RepeatedRows))
                {
                    rows.Insert(row, rows[row]!.DeepClone());
                }
                else
                {
                    rows.RemoveAt(row);
                }
            }
        }
    }

    private static IEnumerable<JsonArray> ListsOf(JsonObject answer) => new[]
    {
        (answer["tables"] as JsonArray ?? []).Select(static table => table?["rows"]),
        (answer["statements"] as JsonArray ?? []).Select(static statement => statement?["lines"]),
    }.SelectMany(static lists => lists).OfType<JsonArray>();
}
