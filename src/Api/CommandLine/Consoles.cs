using Spectre.Console;

namespace Idp.Api.CommandLine;

/// <summary>Where tables and progress go.</summary>
internal static class Consoles
{
    private const int WidthOfFiles = 140;

    /// <summary>Standard output, or standard error when standard output belongs to something else; wide when it is no terminal.</summary>
    public static IAnsiConsole For(bool standardOutputIsTaken)
    {
        var output = new AnsiConsoleOutput(standardOutputIsTaken ? Console.Error : Console.Out);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = output.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!output.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    /// <summary>Text of a document without anything that a terminal would obey.</summary>
    public static Text Plain(string text) => new(new string([.. text.Select(static character => char.IsControl(character) ? ' ' : character)]));
}
