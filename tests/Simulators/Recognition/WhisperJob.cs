using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Idp.Simulators.Recognition;

/// <summary>Where a job stands.</summary>
internal enum WhisperStage
{
    /// <summary>It waits for a place.</summary>
    Accepted,

    /// <summary>It is worked on.</summary>
    Processing,

    /// <summary>Its text may be fetched.</summary>
    Processed,

    /// <summary>It came to nothing.</summary>
    Error,

    /// <summary>Its text was fetched.</summary>
    Retrieved,
}

/// <summary>One submission that was accepted. Its fields are guarded by the desk.</summary>
internal sealed class WhisperJob(string hash, WhisperRequest request, IReadOnlyList<int> pages)
{
    /// <summary>Heights are told in dots of pages that are this high.</summary>
    private const int PageHeight = 3168;

    private IReadOnlyList<(int Page, WrittenLine Line)> _lines = [];

    /// <summary>Its name.</summary>
    public string Hash { get; } = hash;

    /// <summary>How it was asked for.</summary>
    public WhisperRequest Request { get; } = request;

    /// <summary>The pages to be recognised.</summary>
    public IReadOnlyList<int> Pages { get; } = pages;

    /// <summary>Where it stands.</summary>
    public WhisperStage Stage { get; set; }

    private string Text { get; set; } = string.Empty;

    /// <summary>Takes what the pages say.</summary>
    /// <param name="texts">The lines of each page.</param>
    /// <param name="separator">What ends a page.</param>
    public void Finish(IReadOnlyList<IReadOnlyList<WrittenLine>> texts, string separator)
    {
        var lines = new List<(int, WrittenLine)>();
        var text = new StringBuilder();
        foreach (var (page, written) in texts.Index())
        {
            foreach (var line in written)
            {
                lines.Add((page, line));
                text.Append(Request.AddLineNumbers ? string.Create(CultureInfo.InvariantCulture, $"0x{lines.Count:X4}: ") : string.Empty).Append(line.Text).Append('\n');
            }

            text.Append(separator).Append("\n\f");
        }

        (_lines, Text, Stage) = (lines, text.ToString(), WhisperStage.Processed);
    }

    /// <summary>What the text is fetched as.</summary>
    public JsonObject Delivery() => new()
    {
        ["confidence_metadata"] = new JsonArray(),
        ["line_metadata"] = Request.AddLineNumbers ? new JsonArray([.. _lines.Select(static line => (JsonNode)Raw(line))]) : new JsonArray(),
        ["metadata"] = new JsonObject(),
        ["result_text"] = Text,
        ["webhook_metadata"] = string.Empty,
    };

    /// <summary>Where lines stand; null where they were not numbered.</summary>
    /// <param name="wanted">Such as <c>1-5,7,21-</c>.</param>
    public JsonObject? Highlights(string wanted)
    {
        if (!Request.AddLineNumbers || WhisperRequest.Ranges(wanted) is not { } ranges)
        {
            return null;
        }

        var told = new JsonObject();
        foreach (var (index, line) in _lines.Index())
        {
            if (ranges.Any(range => index + 1 >= range.First && index + 1 <= range.Last))
            {
                var raw = Raw(line);
                told[(index + 1).ToString(CultureInfo.InvariantCulture)] = new JsonObject
                {
                    ["base_y"] = raw[1]!.DeepClone(),
                    ["base_y_percent"] = Percent((int)raw[1]!),
                    ["height"] = raw[2]!.DeepClone(),
                    ["height_percent"] = Percent((int)raw[2]!),
                    ["page"] = raw[0]!.DeepClone(),
                    ["page_height"] = raw[3]!.DeepClone(),
                    ["raw"] = raw,
                };
            }
        }

        return told;
    }

    private static double Percent(int dots) => Math.Round(100.0 * dots / PageHeight, 4);

    /// <summary>Page from 0, base line, height, height of the page; all 0 for a blank line.</summary>
    private static JsonArray Raw((int Page, WrittenLine Line) line) => line.Line is { Top: { } top, Bottom: { } bottom }
        ? new JsonArray(line.Page, (int)Math.Round(bottom * PageHeight), (int)Math.Round((bottom - top) * PageHeight), PageHeight)
        : new JsonArray(0, 0, 0, 0);
}
