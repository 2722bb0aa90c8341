using System.Text.Json;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Extraction;

namespace Idp.Application.Extraction;

internal static class SchemaFingerprint
{
    /// <summary>Stands for everything a schema says.</summary>
    public static string Of(ExtractionSchema schema) =>
        Fingerprint.Of(("schema", JsonSerializer.Serialize(schema, ExtractionJson.Default.ExtractionSchema))).Value;
}
