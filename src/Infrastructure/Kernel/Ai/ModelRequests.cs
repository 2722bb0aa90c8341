using System.Globalization;
using System.Text;
using Idp.Application.Kernel.Ai;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Turns typed tasks into requests, and replies into typed answers.</summary>
internal static class ModelRequests
{
    /// <summary>Stands between the pages of one request; part of the contract.</summary>
    private const string PageBreak = "---PAGE BREAK---";

    private const int LeastOutputTokens = 1000;
    private const int SpareOutputTokens = 500;

    /// <summary>A reply that is sent back for repair is cut there: a server that keeps no limit could send anything.</summary>
    private const int RepairCharactersPerToken = 8;

    /// <summary>Writes the first request of a task.</summary>
    /// <param name="task">What is asked.</param>
    /// <param name="limits">What the model takes.</param>
    /// <param name="thinks">True when the model's thoughts count as reply: how long they get nobody can forecast.</param>
    public static ModelRequest Write<TReply>(ModelTask<TReply> task, ModelLimits limits, bool thinks)
        where TReply : class
    {
        var likely = thinks ? limits.OutputTokens : (2L * task.ForecastOutputTokens) + SpareOutputTokens;
        return new ModelRequest(
            task.Name, task.Instructions, ContentOf(task), task.ReplySchema,
            (int)Math.Min(Math.Max(likely, LeastOutputTokens), limits.OutputTokens), task.Sections)
        {
            IsAnsweredBy = reply => reply.Stop is ModelStop.Finished && ModelJson.Find(reply.Content) is { } json && task.Check(json) is null,
        };
    }

    /// <summary>Writes the request that sends a reply back with what is wrong with it.</summary>
    public static ModelRequest WriteRepair(ModelRequest request, string reply, string fault)
    {
        var most = (int)Math.Min(int.MaxValue, (long)RepairCharactersPerToken * request.MaximumOutputTokens);
        return request with
        {
            Repair = new ModelRepair(
                reply.Length <= most ? reply : reply[..most],
                $"This reply cannot be used: {fault} Send the whole reply again, corrected, as one JSON object and nothing else."),
        };
    }

    /// <summary>Reads a reply. It may have been given to the same pages under other numbers: <see cref="ModelReply.Pages"/> tells which.</summary>
    /// <param name="task">What was asked.</param>
    /// <param name="reply">What came.</param>
    /// <param name="fault">What is wrong with it, in one sentence for the model; empty when nothing is.</param>
    /// <returns>The answer; null when the reply breaks the rules of the task.</returns>
    public static TReply? Read<TReply>(ModelTask<TReply> task, ModelReply reply, out string fault)
        where TReply : class
    {
        if (ModelJson.Find(reply.Content) is not { } json)
        {
            fault = "It is not one JSON object.";
            return null;
        }

        var pages = new Dictionary<int, int>();
        foreach (var (called, section) in reply.Pages.Zip(task.Sections))
        {
            pages.TryAdd(called, section.Page);
        }

        var read = task.Read(json, page => pages.TryGetValue(page, out var own) ? own : null);
        fault = read.Error?.Message ?? string.Empty;
        return read.Value;
    }

    private static string ContentOf<TReply>(ModelTask<TReply> task)
        where TReply : class
    {
        var content = new StringBuilder(task.Preface);
        for (var index = 0; index < task.Sections.Count; index++)
        {
            var section = task.Sections[index];
            content.Append(index > 0 ? $"\n{PageBreak}\n" : content.Length > 0 ? "\n\n" : string.Empty)
                .Append(CultureInfo.InvariantCulture, $"[page {section.Page}]\n{section.Text}");
        }

        return content.ToString();
    }
}
