using Idp.Infrastructure.Documents.ImageMagick;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>One thing that reading pages needs from the host.</summary>
/// <param name="Name">The program, library or data file.</param>
/// <param name="Package">The Debian package that brings it.</param>
/// <param name="IsPresent">True when it is there.</param>
/// <param name="IsRequired">False when only some files need it.</param>
public sealed record ToolStatus(string Name, string Package, bool IsPresent, bool IsRequired);

/// <summary>Looks whether the host has what reading pages needs; for <c>idp doctor</c>.</summary>
public static class ToolCheck
{
    private static readonly string[] PopplerTools = ["pdfinfo", "pdftotext", "pdftoppm", "pdfimages", "pdftohtml"];

    /// <summary>Everything that is needed, and whether it is there.</summary>
    /// <param name="languages">Tesseract's languages, joined by plus signs.</param>
    public static IReadOnlyList<ToolStatus> Run(string languages) =>
    [
        .. PopplerTools.Select(static tool => new ToolStatus(tool, "poppler-utils", IsOnPath(tool), true)),
        new ToolStatus("libtesseract", "libtesseract5", NativeLibraries.IsPresent(NativeLibraries.Tesseract), true),
        new ToolStatus("liblept", "liblept5", NativeLibraries.IsPresent(NativeLibraries.Leptonica), true),
        .. languages.Split('+').Select(static language => new ToolStatus(
            language + ".traineddata", "tesseract-ocr-" + language.Replace('_', '-'), ToolVersions.DataFile(language) is not null, true)),
        new ToolStatus("osd.traineddata", "tesseract-ocr-osd", ToolVersions.DataFile("osd") is not null, false),
        new ToolStatus("convert", "imagemagick", ImageConverter.Program is not null, false),
        new ToolStatus("setpriv, prlimit", "util-linux", IsOnPath("setpriv") && IsOnPath("prlimit"), false),
    ];

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));
}
