using System.Diagnostics.CodeAnalysis;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

/// <summary>Removes files whose upload a crash cut off: they are in the store, and no document ever came of them.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store that is away for a while is looked at again the next day; the failure is logged.")]
internal sealed class AbandonedUploads(IDocumentRepository documents, IBlobStore blobs, TimeProvider clock, ILogger<AbandonedUploads> logger)
{
    /// <summary>No upload takes so long; a younger file may be one that is being received.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(24);

    /// <summary>Looks at the store now and once a day until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await RemoveAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.AbandonedUploadsNotRemoved(exception);
            }

            await Task.Delay(Interval, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Removes what lies there now.</summary>
    public async Task RemoveAsync(CancellationToken ct)
    {
        await foreach (var key in blobs.ListBelowAsync(DocumentStorage.Originals, ct))
        {
            if (DocumentStorage.OwnerOf(key) is { } id && clock.GetUtcNow() - StrongId.MadeAt(id) > Grace && await documents.FindAsync(id, ct) is null)
            {
                await blobs.DeleteAsync(key, ct);
                logger.AbandonedUploadRemoved(key.Value);
            }
        }
    }
}
