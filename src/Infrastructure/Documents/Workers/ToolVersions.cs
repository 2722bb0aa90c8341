using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Idp.Infrastructure.Documents.Tesseract;

namespace Idp.Infrastructure.Documents.Workers;

/// <summary>Versions of what reads the pages: part of cache fingerprints, so that an upgrade of a tool makes what it said before stale.</summary>
internal sealed class ToolVersions
{
    private static readonly string[] DataFolders =
    [
        Environment.GetEnvironmentVariable("TESSDATA_PREFIX") ?? string.Empty,
        "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata",
    ];

    private readonly Lazy<string> _poppler = new(ReadPoppler);
    private readonly Lazy<string> _tesseract = new(ReadTesseract);

    /// <summary>Version of poppler's tools, or <c>missing</c>.</summary>
    public string Poppler => _poppler.Value;

    /// <summary>Version of the Tesseract library, or <c>missing</c>.</summary>
    public string Tesseract => _tesseract.Value;

    /// <summary>Tells one set of trained data from another: the sizes of the files.</summary>
    /// <param name="languages">Language codes, joined by plus signs.</param>
    public static string LanguageData(string languages) => string.Join(
        ',',
        languages.Split('+').Select(static language => DataFile(language) is { } path
            ? new FileInfo(path).Length.ToString(CultureInfo.InvariantCulture)
            : "missing"));

    /// <summary>The trained data of a language, or null.</summary>
    public static string? DataFile(string language) => DataFolders
        .Where(static folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, language + ".traineddata"))
        .FirstOrDefault(File.Exists);

    private static string ReadPoppler()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", "-v") { RedirectStandardError = true });
            return process?.StandardError.ReadLine()?.Split(' ')[^1] ?? "missing";
        }
        catch (Win32Exception)
        {
            return "missing";
        }
    }

    // Only asks for the version: no file is opened with the library outside of workers.
    private static string ReadTesseract()
    {
        try
        {
            NativeLibraries.Register();
            return Marshal.PtrToStringUTF8(TesseractNative.Version()) ?? "unknown";
        }
        catch (DllNotFoundException)
        {
            return "missing";
        }
    }
}
