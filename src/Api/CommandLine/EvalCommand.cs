using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Idp.Api.CommandLine.Evaluation;
using Idp.Api.Kernel.Json;
using Spectre.Console;

namespace Idp.Api.CommandLine;

/// <summary><c>eval</c>: measures what is read against what is true.</summary>
internal static class EvalCommand
{
    public static Command Create(IReadOnlyDictionary<string, string?> settings)
    {
        var folder = new Argument<string>("DATA_DIR") { Description = "The folder that holds the sets." };
        var set = new Option<string?>("--set") { Description = $"Only this set: {EvaluationPlan.Names}, {RetrievalEvaluation.SetName}.", HelpName = "NAME" };
        var json = new Option<string?>("--json") { Description = "Where to write the figures as JSON; '-' prints them on standard output and nothing else there.", HelpName = "OUT" };
        var command = new Command("eval", "Runs labelled files through the same steps as the service and compares what is read with the truth.") { folder, set, json };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(folder) ?? string.Empty, parsed.GetValue(set), parsed.GetValue(json), settings, ct));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? set, string? json, IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        var plan = set == RetrievalEvaluation.SetName ? EvaluationPlan.OfRetrieval(folder, json) : EvaluationPlan.Read(folder, set, json);
        foreach (var fault in plan.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (plan.Faults.Count > 0)
        {
            return ExitCodes.Failed;
        }

        // A storage of its own, so that nothing is served from what an earlier version of the program cached.
        var storage = Directory.CreateTempSubdirectory("idp-eval-");
        try
        {
            return await MeasureAsync(plan, json, settings, storage.FullName, ct);
        }
        catch (BadGroundTruthException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was measured.");
            return ExitCodes.Failed;
        }
        finally
        {
            storage.Delete(recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(EvaluationPlan plan, string? json, IReadOnlyDictionary<string, string?> settings, string storage, CancellationToken ct)
    {
        var console = Consoles.For(json == ProcessCommand.StandardOutput);
        EvaluationReport report;
        await using (var session = await LocalSession.StartAsync(InFolder(settings, storage), ct))
        {
            report = await new EvaluationRun(session, console).RunAsync(plan.Sets, ct);
        }

        if (plan.RetrievalFolder is { } passages)
        {
            var measured = await RetrievalEvaluation.RunAsync(passages, folder => InFolder(settings, folder), storage, ct);
            report = report with { Groups = [.. report.Groups, .. measured] };
        }

        Show(console, report);
        if (json is not null)
        {
            var text = JsonSerializer.Serialize(report, ApiJson.Relaxed.EvaluationReport);
            await (json == ProcessCommand.StandardOutput ? Console.Out.WriteLineAsync(text) : File.WriteAllTextAsync(json, text + "\n", ct));
        }

        return report.Groups.Any(static group => group.NotCompleted > 0) ? ExitCodes.Partial : ExitCodes.Completed;
    }

    private static Dictionary<string, string?> InFolder(IReadOnlyDictionary<string, string?> settings, string folder) =>
        new(settings, StringComparer.OrdinalIgnoreCase)
        {
            ["STORAGE:ROOT"] = Path.Combine(folder, "blobs"),
            ["DATABASE:CONNECTION_STRING"] = Path.Combine(folder, "idp.db"),
        };

    private static void Show(IAnsiConsole console, EvaluationReport report)
    {
        foreach (var group in report.Groups)
        {
            var table = new Table { Title = new TableTitle(Markup.Escape($"{group.Set} · {group.Group}")), Border = TableBorder.Rounded };
            table.AddColumn("Figure").AddColumn(new TableColumn("Value").RightAligned());
            foreach (var (name, value) in group.Figures)
            {
                table.AddRow(Markup.Escape(name.Replace('_', ' ')), Print(value));
            }

            foreach (var (name, value) in group.Fields)
            {
                table.AddRow(Markup.Escape($"  {name} F1"), Print(value));
            }

            table.AddRow("documents", group.Documents.ToString(CultureInfo.InvariantCulture));
            table.AddRow("not completed", group.NotCompleted.ToString(CultureInfo.InvariantCulture));
            table.AddRow("pages", group.Pages.ToString(CultureInfo.InvariantCulture));
            table.AddRow("seconds a page", Print(group.SecondsPerPage));
            console.Write(table);
        }
    }

    private static string Print(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
