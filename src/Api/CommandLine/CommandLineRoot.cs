using System.CommandLine;
using System.CommandLine.Help;
using Idp.Api.Kernel.Settings;
using Idp.Infrastructure.Kernel;

namespace Idp.Api.CommandLine;

/// <summary>The verbs.</summary>
internal static class CommandLineRoot
{
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs one verb.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var (rest, settings) = SettingArguments.Split(arguments);
        var root = new RootCommand(
            "Reads documents: accounts, fields and the evidence for each. Settings are given as environment variables or as --SECTION__NAME=VALUE.")
        {
            ServeCommand.Create(settings),
            ProcessCommand.Create(settings),
            ResearchCommand.Create(settings),
            SearchCommand.CreateSearch(settings),
            SearchCommand.CreateAsk(settings),
            EvalCommand.Create(settings),
            ProbeCommand.Create(settings),
            DoctorCommand.Create(settings),
        };
        var parsed = root.Parse(rest);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(
                    rest.Count == 0 ? $"Say what to do: {string.Join(", ", root.Subcommands.Select(static command => command.Name))}." : error.Message);
            }

            var verb = parsed.CommandResult.Command == root ? string.Empty : $" {parsed.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"Try './idp{verb} --help'.");
            return ExitCodes.Failed;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TerminationTimeout });
        }
        catch (Exception exception) when (exception is SettingsException or SetupException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
