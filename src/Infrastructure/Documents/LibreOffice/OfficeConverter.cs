using System.Globalization;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Poppler;

namespace Idp.Infrastructure.Documents.LibreOffice;

/// <summary>
/// Has LibreOffice print office files as PDF, inside a worker process: under its limits, with a profile of its own for each file, no macros, and no network where the system lets a process give it up.
/// </summary>
/// <param name="tool">Runs it under limits, and ends it with the worker.</param>
/// <param name="pdf">Looks at what comes out.</param>
/// <param name="maximumPages">Most pages of one file.</param>
internal sealed class OfficeConverter(Tool tool, PdfPages pdf, int maximumPages)
{
    /// <summary>Changes whenever the same file may be printed differently.</summary>
    public const string Version = "office/1";

    /// <summary>The largest file that it may write, in bytes.</summary>
    private const long MaximumFileBytes = 256L << 20;

    private const int MaximumTalkBytes = 64 << 10;

    /// <summary>What macros there are is not run, and what is linked is not fetched.</summary>
    private const string Profile = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry">
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
        </oor:items>
        """;

    private bool? _canGiveUpNetwork;

    /// <summary>The file as PDF, with all words that it has to say.</summary>
    /// <param name="program">LibreOffice.</param>
    /// <param name="path">The file.</param>
    /// <param name="type">What it is.</param>
    /// <param name="folder">An empty folder for whatever it writes.</param>
    /// <param name="words">The file's words, as it was read without LibreOffice.</param>
    /// <returns>The PDF file, or in words why there is none.</returns>
    public (byte[]? Pdf, string Fault) Convert(string program, string path, FileType type, string folder, PrintedWords words)
    {
        var input = Path.Combine(folder, $"file.{type.ToString().ToLowerInvariant()}");
        File.Copy(path, input);
        var profile = Directory.CreateDirectory(Path.Combine(folder, "profile", "user"));
        File.WriteAllText(Path.Combine(profile.FullName, "registrymodifications.xcu"), Profile);
        IReadOnlyList<string> command =
        [
            .. Limits(), program, $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--convert-to", "pdf", "--outdir", folder, input,
        ];
        var (_, end) = tool.Run(command[0], command.Skip(1), Drain, ("HOME", folder), ("TMPDIR", folder));
        var output = new FileInfo(Path.Combine(folder, "file.pdf"));

        // It ends with 0 whether it has printed or not.
        return end.IsOutOfMemory ? (null, "it ran out of memory")
            : end.ExitCode != 0 ? (null, string.Create(CultureInfo.InvariantCulture, $"it ended with {end.ExitCode}"))
            : output is not { Exists: true, Length: > 0 and <= MaximumFileBytes } ? (null, "it wrote no pages")
            : Check(output.FullName, words);
    }

    private (byte[]? Pdf, string Fault) Check(string path, PrintedWords words)
    {
        var pages = pdf.CountPages(path);
        if (!pages.IsSuccess || pages.Value > maximumPages)
        {
            return (null, pages.IsSuccess ? "it wrote too many pages" : "what it wrote cannot be read");
        }

        var (text, _) = tool.RunForText("pdftotext", ["-enc", "UTF-8", path, "-"], PrintedWords.MaximumTextBytes);
        return words.AreIn(text) ? (File.ReadAllBytes(path), string.Empty) : (null, "its pages lack some of the text");
    }

    private IEnumerable<string> Limits()
    {
        if (File.Exists("/usr/bin/prlimit"))
        {
            yield return "/usr/bin/prlimit";
            yield return string.Create(CultureInfo.InvariantCulture, $"--fsize={MaximumFileBytes}");
        }

        if (CanGiveUpNetwork())
        {
            yield return Unshare;
            yield return "--map-root-user";
            yield return "--net";
        }
    }

    private const string Unshare = "/usr/bin/unshare";

    private bool CanGiveUpNetwork() => _canGiveUpNetwork ??=
        File.Exists(Unshare) && tool.RunForText(Unshare, ["--map-root-user", "--net", "true"], MaximumTalkBytes).End.ExitCode == 0;

    /// <summary>Reads what it says and forgets it, as far as anybody would say something.</summary>
    private static int Drain(Stream stream)
    {
        var chunk = new byte[1 << 12];
        int all = 0, read;
        while (all < MaximumTalkBytes && (read = stream.Read(chunk)) > 0)
        {
            all += read;
        }

        return all;
    }
}
