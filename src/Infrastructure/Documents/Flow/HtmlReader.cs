using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Idp.Domain.Documents.Flow;
using Idp.Infrastructure.Kernel.Text;

namespace Idp.Infrastructure.Documents.Flow;

/// <summary>Reads web pages: what a reader would see of them. Nothing is run, and nothing is fetched.</summary>
internal static partial class HtmlReader
{
    /// <summary>Where a page says in which encoding it is written.</summary>
    private const int DeclarationBytes = 4096;

    private static readonly HashSet<string> Invisible = new(StringComparer.Ordinal)
    {
        "script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg", "math", "video", "audio", "canvas", "datalist",
    };

    /// <summary>The page as blocks.</summary>
    public static IEnumerable<FlowBlock> Read(ReadOnlySpan<byte> bytes) => Read(Decode(bytes));

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static IEnumerable<FlowBlock> Read(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var flow = new HtmlFlow();
        if (document.Body is { } body)
        {
            Walk(body, flow);
        }

        return flow.ToBlocks();
    }

    // With a list instead of calls within calls: pages are nested as deep as their writers like.
    private static void Walk(INode root, HtmlFlow flow)
    {
        var open = new Stack<(INode Node, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var place))
        {
            if (place.Next == place.Node.ChildNodes.Length)
            {
                if (place.Node is IElement ended)
                {
                    flow.End(ended);
                }

                continue;
            }

            open.Push((place.Node, place.Next + 1));
            switch (place.Node.ChildNodes[place.Next])
            {
                case IText text:
                    flow.Add(text.Data);
                    break;
                case IElement element when !IsHidden(element):
                    flow.Begin(element);
                    open.Push((element, 0));
                    break;
            }
        }
    }

    private static bool IsHidden(IElement element) =>
        Invisible.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || (element.LocalName == "input" && element.GetAttribute("type") == "hidden")
        || (element.LocalName == "option" && element.ParentElement?.LocalName == "select" && !element.HasAttribute("selected") && element.PreviousElementSibling is not null)
        || (element.GetAttribute("style") is { Length: > 0 and < 4096 } style && HidingStyle().IsMatch(style));

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return TextEncodings.Decode(bytes);
        }

        var declared = Declaration().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]));
        return declared.Success && NamedEncoding(declared.Groups[1].Value) is { } encoding ? encoding.GetString(bytes) : TextEncodings.Decode(bytes);
    }

    private static Encoding? NamedEncoding(string name)
    {
        try
        {
            // Whatever says in ASCII that it is UTF-16 is not; and browsers take Latin-1 for the larger set that Windows has.
            return name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? null
                : name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) ? CodePagesEncodingProvider.Instance.GetEncoding(1252)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_:.-]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HidingStyle();
}
