using System.Xml.Linq;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>Looks elements and attributes up by their local names: the same documents exist with two sets of namespaces, and mean the same.</summary>
internal static class OfficeXml
{
    /// <summary>The first child of a name.</summary>
    public static XElement? Child(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>All children of a name.</summary>
    public static IEnumerable<XElement> Children(this XElement? element, string name) => element?.Elements().Where(child => child.Name.LocalName == name) ?? [];

    /// <summary>All elements of a name within.</summary>
    public static IEnumerable<XElement> Within(this XElement? element, string name) => element?.Descendants().Where(child => child.Name.LocalName == name) ?? [];

    /// <summary>An attribute's value.</summary>
    public static string? Value(this XElement? element, string name) => element?.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value;

    /// <summary>An attribute's value as a number that fits.</summary>
    public static int? Number(this XElement? element, string name) =>
        int.TryParse(element.Value(name), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A switch: on when the element is there and does not say otherwise.</summary>
    public static bool IsOn(this XElement? element) => element is not null && element.Value("val") is not ("0" or "false" or "off" or "none");
}
