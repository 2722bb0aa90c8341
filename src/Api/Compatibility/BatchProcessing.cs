using Idp.Api.Batches;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Http;

namespace Idp.Api.Compatibility;

/// <summary>The paths of ref 001's batches, on the same use cases.</summary>
internal static class BatchProcessing
{
    public static void MapBatchProcessing(this IEndpointRouteBuilder routes)
    {
        var batches = routes.MapGroup("/batch").WithTags("batch (ref 001)");
        batches.MapPost("upload", BatchEndpoints.UploadAsync).Describes<BatchBody>(
                "uploadFiles", "Takes many files in as one job; multipart with `files`.", StatusCodes.Status202Accepted)
            .WithMetadata(new Microsoft.AspNetCore.Http.Metadata.AcceptsMetadata(["multipart/form-data"], typeof(BatchUploadForm)))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        batches.MapGet("{id:batch}", BatchEndpoints.GetAsync).Describes<BatchBody>("getBatchDetails", "One batch.");
        batches.MapGet("{id:batch}/stream", BatchEndpoints.StreamEvents)
            .DescribesEvents("streamBatch", "What happens to a batch and its documents, as Server-Sent Events; ends with `done`.");
        batches.MapGet(string.Empty, BatchEndpoints.ListAsync).Describes<BatchListBody>("listRecentBatches", "Recent batches, newest first.");
    }
}
