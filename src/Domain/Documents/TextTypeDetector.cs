using System.Text;

namespace Idp.Domain.Documents;

/// <summary>
/// Tells text from other bytes, and kinds of text from each other. Text has no mark of its own, so what looks like text under the name of something else is not taken: a picture that was
/// replaced by words is a mistake that its sender wants to hear of. Between kinds of text the content decides where it says so, and the name where it does not.
/// </summary>
public static class TextTypeDetector
{
    private const int FewestTableLines = 3;
    private const int LookedLines = 50;
    private const int FewestMailHeaders = 3;

    private static readonly Dictionary<string, FileType> TypesByName = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = FileType.Text,
        [".text"] = FileType.Text,
        [".log"] = FileType.Text,
        [".md"] = FileType.Markdown,
        [".markdown"] = FileType.Markdown,
        [".csv"] = FileType.Csv,
        [".tsv"] = FileType.Csv,
        [".htm"] = FileType.Html,
        [".html"] = FileType.Html,
        [".xhtml"] = FileType.Html,
        [".eml"] = FileType.Mail,
    };

    /// <summary>Names of files that are never text.</summary>
    private static readonly HashSet<string> NamesOfOthers = new(StringComparer.OrdinalIgnoreCase)
    {
        ".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".heic", ".docx", ".docm", ".doc", ".dotx", ".pptx", ".pptm", ".ppt", ".xlsx", ".xlsm", ".xls",
        ".odt", ".ods", ".odp", ".rtf", ".msg", ".epub", ".zip", ".gz", ".7z", ".rar", ".tar", ".exe", ".dll", ".bin", ".mp3", ".mp4", ".mov", ".wav", ".ps", ".eps",
    };

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    private static readonly string[] MailHeaders =
    [
        "from", "to", "cc", "subject", "date", "received", "return-path", "message-id", "mime-version", "delivered-to", "content-type", "reply-to", "sender", "in-reply-to", "references",
        "content-transfer-encoding", "x-mailer",
    ];

    /// <summary>The kind of text, or null when the bytes are no text, or text under the name of something else.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="fileName">The name that the sender gave; may be empty.</param>
    public static FileType? Detect(ReadOnlySpan<byte> head, string fileName)
    {
        if (Decode(head) is not { } text || text.StartsWith("{\\rtf", StringComparison.Ordinal) || text.StartsWith("%!", StringComparison.Ordinal))
        {
            return null;
        }

        if (IsHtml(text))
        {
            return FileType.Html;
        }

        var extension = Path.GetExtension(fileName);
        return NamesOfOthers.Contains(extension) ? null
            : TypesByName.TryGetValue(extension, out var named) ? named
            : IsMail(text) ? FileType.Mail
            : IsTable(text) ? FileType.Csv
            : FileType.Text;
    }

    /// <summary>The first bytes as text, or null when no text has such bytes.</summary>
    private static string? Decode(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            var wide = (head[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(head[2..]);
            return wide.Any(IsNoText) ? null : wide;
        }

        // Bytes beyond ASCII are letters of one encoding or another, which matters only to who reads all of it.
        var text = Encoding.Latin1.GetString(head is [0xEF, 0xBB, 0xBF, ..] ? head[3..] : head);
        return text.Any(IsNoText) ? null : text;
    }

    private static bool IsNoText(char character) => character < ' ' && character is not ('\t' or '\n' or '\v' or '\f' or '\r' or '\x1A' or '\x1B');

    private static bool IsHtml(string text)
    {
        var rest = text.AsSpan().TrimStart();
        while (rest.StartsWith("<!--") || rest.StartsWith("<?xml"))
        {
            var end = rest.StartsWith("<!--") ? "-->" : "?>";
            var at = rest.IndexOf(end);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + end.Length)..].TrimStart();
        }

        return rest.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || StartsWithTag(rest, "<html") || StartsWithTag(rest, "<head") || StartsWithTag(rest, "<body");
    }

    private static bool StartsWithTag(ReadOnlySpan<char> text, string tag) =>
        text.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && text.Length > tag.Length && (text[tag.Length] == '>' || char.IsWhiteSpace(text[tag.Length]));

    private static bool IsMail(string text)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.EnumerateLines())
        {
            if (line.IsEmpty)
            {
                break;
            }

            if (line[0] is ' ' or '\t')
            {
                continue;
            }

            var colon = line.IndexOf(':');
            if (colon <= 0 || line[..colon].ContainsAny(' ', '\t'))
            {
                return false;
            }

            var name = line[..colon].ToString().ToLowerInvariant();
            if (MailHeaders.Contains(name))
            {
                known.Add(name);
            }
        }

        return known.Contains("from") && known.Count >= FewestMailHeaders;
    }

    /// <summary>True when every line has the same number of the same separator, and there are several of both.</summary>
    private static bool IsTable(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var whole = lines.SkipLast(text.EndsWith('\n') ? 0 : 1).Where(static line => !string.IsNullOrWhiteSpace(line)).Take(LookedLines).ToList();
        return whole.Count >= FewestTableLines && Array.Exists(Separators, separator =>
        {
            var counts = whole.Select(line => SeparatorsIn(line, separator)).Distinct().ToList();
            return counts.Count == 1 && counts[0] >= 2;
        });
    }

    private static int SeparatorsIn(string line, char separator)
    {
        var (count, isQuoted) = (0, false);
        foreach (var character in line)
        {
            isQuoted ^= character == '"';
            count += character == separator && !isQuoted ? 1 : 0;
        }

        return count;
    }
}
