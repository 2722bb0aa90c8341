using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Idp.Simulators.Recognition;

/// <summary>One word as it stands on a page.</summary>
internal sealed record PlacedWord(string Text, double Left, double Top, double Right, double Bottom);

/// <summary>One page as it is printed; sizes in any unit.</summary>
internal sealed record PrintedPage(double Width, double Height, IReadOnlyList<PlacedWord> Words);

/// <summary>Finds out what a file says: by its text layer, or else by Tesseract. The programs are those of the system.</summary>
internal static partial class FileText
{
    private const string RecognitionDpi = "200";

    /// <summary>The name of a file's content.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Pages of a file; a picture is one page, and null stands for a file that cannot be read.</summary>
    public static async Task<int?> CountPagesAsync(byte[] content, CancellationToken ct)
    {
        if (!IsPdf(content))
        {
            return content.Length > 0 ? 1 : null;
        }

        var outline = await RunAsync("pdfinfo", ["-"], content, ct);
        return outline is not null && PageCount().Match(Encoding.UTF8.GetString(outline)) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>What the pages say; null where the file cannot be read.</summary>
    public static async Task<IReadOnlyList<PrintedPage>?> ReadAsync(byte[] content, IReadOnlyList<int> pages, CancellationToken ct)
    {
        if (!IsPdf(content))
        {
            return await RecognizeAsync(content, ct) is { } picture ? [picture] : null;
        }

        if (await RunAsync("pdftotext", ["-bbox", "-", "-"], content, ct) is not { } layer)
        {
            return null;
        }

        var all = Page().Matches(Encoding.UTF8.GetString(layer)).Select(ToPage).ToList();
        var read = new List<PrintedPage>();
        foreach (var number in pages.Where(number => number <= all.Count))
        {
            var page = all[number - 1];
            if (page.Words.Count == 0)
            {
                var text = number.ToString(CultureInfo.InvariantCulture);
                var picture = await RunAsync("pdftoppm", ["-r", RecognitionDpi, "-f", text, "-l", text, "-gray", "-png", "-"], content, ct);
                page = picture is null ? page : await RecognizeAsync(picture, ct) ?? page;
            }

            read.Add(page);
        }

        return read;
    }

    private static bool IsPdf(byte[] content) => content.AsSpan(0, Math.Min(1024, content.Length)).IndexOf("%PDF-"u8) >= 0;

    private static PrintedPage ToPage(Match page) => new(
        Number(page.Groups[1]), Number(page.Groups[2]),
        [.. Word().Matches(page.Groups[3].Value).Select(static word => new PlacedWord(
            System.Net.WebUtility.HtmlDecode(word.Groups[5].Value), Number(word.Groups[1]), Number(word.Groups[2]), Number(word.Groups[3]), Number(word.Groups[4])))]);

    /// <summary>Reads Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.</summary>
    private static async Task<PrintedPage?> RecognizeAsync(byte[] picture, CancellationToken ct)
    {
        if (await RunAsync("tesseract", ["stdin", "stdout", "tsv"], picture, ct) is not { } table)
        {
            return null;
        }

        var rows = Encoding.UTF8.GetString(table).Split('\n').Skip(1).Select(static row => row.Split('\t')).Where(static row => row.Length == 12).ToList();
        var page = rows.Find(static row => row[0] == "1");
        return page is null ? null : new PrintedPage(Number(page[8]), Number(page[9]), [.. rows.Where(static row => row[0] == "5" && row[11].Trim().Length > 0)
            .Select(static row => new PlacedWord(row[11].Trim(), Number(row[6]), Number(row[7]), Number(row[6]) + Number(row[8]), Number(row[7]) + Number(row[9])))]);
    }

    private static double Number(Group group) => Number(group.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What a program writes when it reads this; null when it fails.</summary>
    private static async Task<byte[]?> RunAsync(string program, IReadOnlyList<string> arguments, byte[] input, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, ct);
        var complaints = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It had seen enough, or did not like what it saw; its exit code says which.
        }

        await Task.WhenAll(reading, complaints);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? output.ToArray() : null;
    }

    [GeneratedRegex(@"^Pages:\s+(\d+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex PageCount();

    [GeneratedRegex("""<page width="([0-9.]+)" height="([0-9.]+)">(.*?)</page>""", RegexOptions.Singleline, 5_000)]
    private static partial Regex Page();

    [GeneratedRegex("""<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">([^<]*)</word>""", RegexOptions.None, 5_000)]
    private static partial Regex Word();
}
