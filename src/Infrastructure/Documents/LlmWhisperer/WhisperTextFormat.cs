using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>What the service delivered, as it is kept: the replies as they came, so that nothing that was paid for is lost to a reader's fault.</summary>
/// <param name="Text">The reply with the text.</param>
/// <param name="HasLineNumbers">True when lines begin with their numbers.</param>
/// <param name="Lines">The reply that says where lines stand; null when there is none.</param>
internal sealed record WhisperDelivery(string Text, bool HasLineNumbers, string? Lines);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WhisperDelivery))]
internal sealed partial class WhisperDeliveryJson : JsonSerializerContext;

/// <summary>Reads what was delivered.</summary>
internal static class WhisperTextFormat
{
    /// <summary>The line that ends a page: one that no document prints.</summary>
    public const string PageSeparator = "<<<page>>>";

    /// <summary>The pages that were ordered; null when the reply has no text, and no pages where it cannot be told which is which.</summary>
    public static ValueList<Page>? PagesOf(WhisperDelivery delivery, ValueList<Page> ordered)
    {
        if (WhisperTransport.Parse(Encoding.UTF8.GetBytes(delivery.Text), WhisperJson.Default.WhisperText)?.ResultText is not { } text)
        {
            return null;
        }

        var bands = delivery.HasLineNumbers ? BandsOf(delivery.Lines) : null;
        return LayoutText.PagesOf(text, PageSeparator, ordered.Count) is { } pages
            ? ordered.Zip(pages, (page, words) => LayoutText.ToPage(page, words, bands)).ToValueList()
            : [];
    }

    /// <summary>Page numbers as ranges, such as <c>1-5,7</c>.</summary>
    public static string RangesOf(IEnumerable<int> numbers)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var number in numbers.Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(',', ranges.Select(static range => range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));
    }

    private static Dictionary<int, LineBand> BandsOf(string? lines)
    {
        var told = lines is null ? null : WhisperTransport.Parse(Encoding.UTF8.GetBytes(lines), WhisperJson.Default.DictionaryStringWhisperLine);
        var bands = new Dictionary<int, LineBand>();
        foreach (var (name, line) in told ?? [])
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && line is { BaseY: { } bottom, Height: { } height, PageHeight: > 0 and var whole })
            {
                bands[number] = new LineBand(Math.Clamp((bottom - height) / whole, 0, 1), Math.Clamp(bottom / whole, 0, 1));
            }
        }

        return bands;
    }
}
