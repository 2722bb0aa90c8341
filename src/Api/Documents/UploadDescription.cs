using Microsoft.AspNetCore.Http.Metadata;

namespace Idp.Api.Documents;

/// <summary>Says in OpenAPI what the upload reads, since it reads the form itself.</summary>
internal static class UploadDescription
{
    /// <summary>The media type of the body.</summary>
    public static IAcceptsMetadata Metadata { get; } = new AcceptsMetadata(["multipart/form-data"], typeof(IFormFile));
}
