using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Documents.LibreOffice;

/// <summary>Who gives pages to office files; section <c>DOCUMENTS</c>.</summary>
public sealed class OfficePagesOptions
{
    /// <summary>
    /// <c>composed</c>: this service, the same on every machine; <c>libreoffice</c>: LibreOffice, and this service where it fails or is missing, which such a document says at its end;
    /// <c>auto</c>: LibreOffice where it is installed, else this service.
    /// </summary>
    /// <value>Default <c>composed</c>.</value>
    [AllowedValues("composed", "auto", "libreoffice", ErrorMessage = "Pages of office files are 'composed', or made by 'libreoffice', or by what 'auto' finds.")]
    public string OfficePages { get; init; } = "composed";

    /// <summary>The path of LibreOffice's program; null to look for <c>soffice</c> where programs are.</summary>
    public string? OfficeProgram { get; init; }
}
