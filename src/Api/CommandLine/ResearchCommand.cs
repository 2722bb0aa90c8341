using System.CommandLine;
using System.Globalization;

namespace Idp.Api.CommandLine;

/// <summary><c>research</c>: scores the companies of a list, with no server.</summary>
internal static class ResearchCommand
{
    public static Command Create(IReadOnlyDictionary<string, string?> settings)
    {
        var file = new Argument<string>("FILE.csv") { Description = "A list of companies: CSV with a column 'company', 'company_name' or 'name'." };
        var rubric = new Option<string?>("--rubric") { Description = "What the companies are scored by; the built-in rubric by default.", HelpName = "NAME" };
        var budget = new Option<string?>("--budget-usd") { Description = "The most that all companies together may cost, in US dollars.", HelpName = "N" };
        var json = new Option<string?>("--json") { Description = "Where to write the result as JSON; '-' prints it on standard output and nothing else there.", HelpName = "OUT" };
        var command = new Command("research", "Searches for the companies of a list, scores them by a rubric, and shows why.") { file, rubric, budget, json };
        command.SetAction(async (parsed, ct) =>
        {
            var (path, amount, output) = (parsed.GetValue(file)!, parsed.GetValue(budget), parsed.GetValue(json));
            decimal? budgetUsd = decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd) ? usd : null;
            var fault = path switch
            {
                _ when !File.Exists(path) => $"There is no file '{path}'. Check the path.",
                _ when amount is not null && budgetUsd is null => $"'{amount}' is no amount. Use a number of US dollars such as --budget-usd 0.50.",
                _ => output is null ? null : ProcessPlan.OutputFault(output),
            };
            if (fault is not null)
            {
                await Console.Error.WriteLineAsync(fault);
                return ExitCodes.Failed;
            }

            return await new ResearchRun(path, parsed.GetValue(rubric), budgetUsd, output, settings).RunAsync(ct);
        });
        return command;
    }
}
