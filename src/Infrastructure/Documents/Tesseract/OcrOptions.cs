using System.ComponentModel.DataAnnotations;

namespace Idp.Infrastructure.Documents.Tesseract;

/// <summary>How pages are recognised; section <c>OCR</c>.</summary>
public sealed class OcrOptions
{
    /// <summary>Who recognises.</summary>
    /// <value><c>tesseract</c> (default), the engine in the worker processes, or <c>llmwhisperer</c>, a paid service that gets whole files.</value>
    [RegularExpression("^(tesseract|llmwhisperer)$", ErrorMessage = "OCR__PROVIDER must be 'tesseract' or 'llmwhisperer'.")]
    public string Provider { get; init; } = "tesseract";

    /// <summary>True when recognition is paid.</summary>
    public bool IsService => Provider == "llmwhisperer";

    /// <summary>Languages of the pages, as Tesseract names them, joined by plus signs.</summary>
    /// <value>Default <c>eng</c>.</value>
    [RegularExpression("^[A-Za-z_]{2,32}([+][A-Za-z_]{2,32}){0,15}$", ErrorMessage = "OCR__LANGUAGES must look like 'eng' or 'eng+deu'.")]
    public string Languages { get; init; } = "eng";

    /// <summary>Dots per inch at which pages are rendered; null takes a scan's own resolution where that is good, and 200 otherwise.</summary>
    [Range(100, 600)]
    public int? Dpi { get; init; }
}
