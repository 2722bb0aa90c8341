using System.Globalization;
using Idp.Domain.Documents;

namespace Idp.Infrastructure.Documents.LibreOffice;

/// <summary>LibreOffice on this machine, as far as it is wanted.</summary>
internal sealed class OfficeProgram
{
    private const string Name = "soffice";

    private readonly bool _isWanted;

    public OfficeProgram(OfficePagesOptions options)
    {
        Path = options.OfficePages == "composed" ? null : Find(options.OfficeProgram);
        _isWanted = options.OfficePages == "libreoffice" || (options.OfficePages == "auto" && Path is not null);
        Version = Path is null ? "missing" : VersionOf(Path);
    }

    /// <summary>Where the program is; null when it is not installed or not wanted.</summary>
    public string? Path { get; }

    /// <summary>Tells one installed version from another, without running it; <c>missing</c> where there is none.</summary>
    public string Version { get; }

    /// <summary>True when it is to give pages to files of a type.</summary>
    public bool IsFor(FileType type) => _isWanted && type is (FileType.Docx or FileType.Pptx or FileType.Xlsx);

    /// <summary>What a file says at its end that was to have pages by LibreOffice and has not.</summary>
    public static string NoteOf(string fault) => $"LibreOffice did not make these pages: {fault}";

    private static string? Find(string? chosen)
    {
        if (!string.IsNullOrWhiteSpace(chosen))
        {
            return File.Exists(chosen) ? System.IO.Path.GetFullPath(chosen) : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/lib/libreoffice/program").Select(static folder => System.IO.Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Size and age of what the packages install: running it would take a second and write into somebody's home.</summary>
    private static string VersionOf(string program)
    {
        var real = File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program;
        var binary = new FileInfo(real + ".bin") is { Exists: true } beside ? beside : new FileInfo(real);
        return string.Create(CultureInfo.InvariantCulture, $"{binary.Length:x}-{new DateTimeOffset(binary.LastWriteTimeUtc).ToUnixTimeSeconds():x}");
    }
}
