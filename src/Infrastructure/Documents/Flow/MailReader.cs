using System.Globalization;
using System.Text;
using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Kernel.Text;
using MimeKit;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads e-mails: who wrote what to whom and when, the text, and what is attached. Attachments that say text follow on pages of their own; others are named.</summary>
internal static class MailReader
{
    /// <summary>Messages within messages; what lies deeper is named and not read.</summary>
    private const int DeepestMessage = 5;
    private const int DeepestPart = 30;

    /// <summary>Share of new words from which on an alternative says something else.</summary>
    private const double UnsaidShare = 0.2;

    private static readonly char[] Decoration = ['*', '_', '<', '>', '[', ']', '(', ')', '.', ',', ':', ';'];

    private static readonly ParserOptions Options = new() { MaxMimeDepth = DeepestPart };

    /// <summary>The mail as blocks.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="depth">Messages around it.</param>
    /// <exception cref="FormatException">It is no mail.</exception>
    public static IEnumerable<FlowBlock> Read(ReadOnlySpan<byte> bytes, int depth)
    {
        using var file = new MemoryStream(bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? Encoding.UTF8.GetBytes(TextEncodings.Decode(bytes)) : bytes.ToArray());
        using var message = MimeMessage.Load(Options, file);
        return WithinRoom(Blocks(message, depth)).ToList();
    }

    /// <summary>The blocks with as many of their pictures as a file may have.</summary>
    private static IEnumerable<FlowBlock> WithinRoom(IEnumerable<FlowBlock> blocks)
    {
        long room = PictureReader.MostBytes;
        foreach (var block in blocks)
        {
            var size = block is FlowPicture picture ? picture.File.Length : 0;
            yield return size <= room ? block : new FlowParagraph("[A picture here is not read with the mail: there are too many]");
            room -= size <= room ? size : 0;
        }
    }

    private static IEnumerable<FlowBlock> Blocks(MimeMessage message, int depth)
    {
        if (message.Subject is { Length: > 0 } subject)
        {
            yield return new FlowHeading(1, subject);
        }

        var date = message.Date == default ? string.Empty : message.Date.ToString("ddd, d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture);
        foreach (var (label, value) in new[]
        {
            ("From", message.From.ToString()), ("To", message.To.ToString()), ("Cc", message.Cc.ToString()), ("Subject", message.Subject), ("Date", date),
        })
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                yield return new FlowParagraph($"{label}: {value}");
            }
        }

        foreach (var block in message.Body is { } body ? Blocks(body, depth, 0) : [])
        {
            yield return block;
        }
    }

    private static IEnumerable<FlowBlock> Blocks(MimeEntity entity, int depth, int partDepth) => entity switch
    {
        _ when partDepth > DeepestPart => [Named(entity, "lies too deep to be read")],
        MultipartAlternative alternative => Alternatives(alternative, depth, partDepth + 1),
        Multipart multipart => multipart.SelectMany(part => Blocks(part, depth, partDepth + 1)),
        MessagePart { Message: { } inner } => depth < DeepestMessage ? [new FlowPageBreak(), .. Blocks(inner, depth + 1)] : [Named(entity, "lies too deep to be read")],
        TextPart { IsAttachment: false, IsHtml: true } html => HtmlReader.Read(html.Text),
        TextPart { IsAttachment: false, FileName: null } text => PlainTextReader.Read(text.Text),
        MimePart part => Attached(part, depth),
        _ => [],
    };

    /// <summary>The last of the alternatives is the one that its writer likes best. The others should say the same; those that do not are content too.</summary>
    private static List<FlowBlock> Alternatives(MultipartAlternative alternative, int depth, int partDepth)
    {
        var said = new List<FlowBlock>();
        foreach (var part in alternative.Reverse())
        {
            var blocks = Blocks(part, depth, partDepth).ToList();
            var (words, known) = (WordsOf(blocks), WordsOf(said));
            if (said.Count == 0 || words.Count(word => !known.Contains(word)) > words.Count * UnsaidShare)
            {
                said.AddRange(blocks);
            }
        }

        return said;
    }

    private static HashSet<string> WordsOf(List<FlowBlock> blocks) => blocks
        .SelectMany(static block => FlowText.TextsOf(block))
        .SelectMany(static text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Select(static word => word.Trim(Decoration))
        .Where(static word => word.Length > 0 && !word.Contains("://", StringComparison.Ordinal))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<FlowBlock> Attached(MimePart part, int depth)
    {
        if (part.Content is null)
        {
            return [Named(part, "is empty")];
        }

        using var content = new MemoryStream();
        part.Content.DecodeTo(content);
        var bytes = content.ToArray();
        var head = bytes.AsSpan(0, Math.Min(bytes.Length, FileTypeDetector.HeadLength));
        var type = FileTypeDetector.Detect(head) ?? TextTypeDetector.Detect(head, part.FileName ?? string.Empty);
        if (PictureReader.Read(bytes) is { } picture)
        {
            return [new FlowParagraph($"[Attachment: {NameOf(part)}]"), picture];
        }

        if (bytes.Length == 0 || type is not { } flow || !flow.IsFlow() || depth >= DeepestMessage)
        {
            return [Named(part, string.Create(CultureInfo.InvariantCulture, $"{part.ContentType.MimeType}, {bytes.Length} bytes, is not read with the mail"))];
        }

        try
        {
            return [new FlowPageBreak(), new FlowHeading(2, $"Attachment: {NameOf(part)}"), .. FlowReader.Read(bytes, flow, depth + 1)];
        }
        catch (Exception exception) when (FlowReader.IsDamage(exception))
        {
            return [Named(part, "is damaged and cannot be read")];
        }
    }

    private static FlowParagraph Named(MimeEntity entity, string state) => new($"[Attachment: {NameOf(entity)} {state}]");

    private static string NameOf(MimeEntity entity)
    {
        var name = entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? entity.ContentType.MimeType;
        return name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
    }
}
