using Microsoft.AspNetCore.Http.Metadata;

namespace Idp.Api.Documents;

/// <summary>Says in OpenAPI what the upload reads; the form itself is read part by part and never as a whole.</summary>
/// <param name="File">The file's bytes; its content decides what it is, not its name.</param>
/// <param name="Kind">What it is; recognised when absent or <c>auto</c>.</param>
/// <param name="Priority">0 (first) to 2; by kind when absent.</param>
/// <param name="BudgetUsd">The most it may cost, in US dollars.</param>
/// <param name="Schema">A schema other than the kind's own.</param>
/// <param name="Tags">The sender's own marks, joined by commas.</param>
internal sealed record UploadForm(byte[] File, string? Kind, int? Priority, string? BudgetUsd, string? Schema, string? Tags)
{
    /// <summary>The description, for the endpoint.</summary>
    public static IAcceptsMetadata Metadata { get; } = new AcceptsMetadata(["multipart/form-data"], typeof(UploadForm));
}
