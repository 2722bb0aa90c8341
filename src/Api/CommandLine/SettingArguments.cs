using System.Text.RegularExpressions;

namespace Idp.Api.CommandLine;

/// <summary>Takes settings out of the command line: <c>--BATCH__MAX_CONCURRENT_DOCUMENTS=2</c> or <c>--LIMITS:MAX_PAGES 50</c>, before or after the verb.</summary>
/// <param name="Rest">What is left for the verbs.</param>
/// <param name="Settings">The settings by configuration key.</param>
internal sealed partial record SettingArguments(IReadOnlyList<string> Rest, IReadOnlyDictionary<string, string?> Settings)
{
    public static SettingArguments Split(IReadOnlyList<string> arguments)
    {
        var rest = new List<string>();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] == "--")
            {
                rest.AddRange(arguments.Skip(index));
                break;
            }

            var match = Setting().Match(arguments[index]);
            if (!match.Success)
            {
                rest.Add(arguments[index]);
                continue;
            }

            var key = match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal);
            if (match.Groups["value"].Success)
            {
                settings[key] = match.Groups["value"].Value;
            }
            else if (index + 1 < arguments.Count)
            {
                settings[key] = arguments[++index];
            }
            else
            {
                rest.Add(arguments[index]);
            }
        }

        return new SettingArguments(rest, settings);
    }

    // Sections are written in upper case, so that no option of a verb can be meant.
    [GeneratedRegex("^--(?<key>[A-Z][A-Z0-9]*(__|:)[A-Za-z0-9_]+)(=(?<value>.*))?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Setting();
}
