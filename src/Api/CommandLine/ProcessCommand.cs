using System.CommandLine;
using System.Globalization;
using Idp.Api.Kernel.Json;
using Idp.Domain.Documents;

namespace Idp.Api.CommandLine;

/// <summary><c>process</c>: runs files through the use cases, with no server.</summary>
internal static class ProcessCommand
{
    /// <summary>What stands for standard output.</summary>
    public const string StandardOutput = "-";

    public static Command Create(IReadOnlyDictionary<string, string?> settings)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files to process: PDF, images, office files, web pages, e-mail, text.", Arity = ArgumentArity.OneOrMore };
        var kind = new Option<string?>("--kind") { Description = $"What the files are: {PrintedValues.List<DocumentKind>()}; recognised by default.", HelpName = "K" };
        var budget = new Option<string?>("--budget-usd") { Description = "The most that each file may cost, in US dollars.", HelpName = "N" };
        var json = new Option<string?>("--json") { Description = "Where to write the result as JSON; '-' prints it on standard output and nothing else there.", HelpName = "OUT" };
        var command = new Command("process", "Runs files through the same steps as the service, and shows what was read.") { files, kind, budget, json };
        command.SetAction(async (parsed, ct) =>
        {
            var plan = ProcessPlan.Read(parsed.GetValue(files) ?? [], parsed.GetValue(kind), parsed.GetValue(budget), parsed.GetValue(json));
            if (plan.Faults.Count > 0)
            {
                foreach (var fault in plan.Faults)
                {
                    await Console.Error.WriteLineAsync(fault);
                }

                return ExitCodes.Failed;
            }

            return await new ProcessRun(plan, settings).RunAsync(ct);
        });
        return command;
    }
}

/// <summary>What is to be processed, checked before anything starts.</summary>
/// <param name="Files">Paths of files that exist.</param>
/// <param name="Kind">What they are.</param>
/// <param name="BudgetUsd">Cap for each; null for none.</param>
/// <param name="Json">Where the JSON goes; null for nowhere.</param>
/// <param name="Faults">What is wrong with the command line, one sentence each.</param>
internal sealed record ProcessPlan(IReadOnlyList<string> Files, DocumentKind Kind, decimal? BudgetUsd, string? Json, IReadOnlyList<string> Faults)
{
    /// <summary>True when standard output belongs to the JSON alone.</summary>
    public bool PrintsJson => Json == ProcessCommand.StandardOutput;

    public static ProcessPlan Read(IReadOnlyList<string> files, string? kindText, string? budgetText, string? json)
    {
        var faults = new List<string>(files.Select(FaultOf).OfType<string>());
        var kind = kindText is null ? DocumentKind.Auto : PrintedValues.Read<DocumentKind>(kindText);
        if (kind is null)
        {
            faults.Add($"There is no kind '{kindText}'. Use one of {PrintedValues.List<DocumentKind>()}.");
        }

        decimal? budget = null;
        if (budgetText is not null)
        {
            budget = decimal.TryParse(budgetText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
            if (budget is null)
            {
                faults.Add($"'{budgetText}' is no amount. Use a number of US dollars such as --budget-usd 0.50.");
            }
        }

        if (json is not null && OutputFault(json) is { } outputFault)
        {
            faults.Add(outputFault);
        }

        return new ProcessPlan(files, kind ?? DocumentKind.Auto, budget, json, faults);
    }

    /// <summary>Why a file of results cannot be written there; null when it can.</summary>
    public static string? OutputFault(string path) => path switch
    {
        ProcessCommand.StandardOutput => null,
        "" => "--json needs a file name, or '-' for standard output.",
        _ when Directory.Exists(path) => $"'{path}' is a folder. Give --json a file name.",
        _ when Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder) => $"There is no folder '{folder}' for '{path}'. Make it first.",
        _ => null,
    };

    private static string? FaultOf(string path) => path switch
    {
        _ when Directory.Exists(path) => $"'{path}' is a folder. Name the files in it, e.g. {path.TrimEnd('/')}/*.pdf.",
        _ when !File.Exists(path) => $"There is no file '{path}'. Check the path.",
        _ => UnreadableFault(path),
    };

    private static string? UnreadableFault(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"'{path}' cannot be read: {exception.Message}";
        }
    }
}
