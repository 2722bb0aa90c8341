using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Work;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Documents;

/// <summary>Tries what every document needs: database, queue, storage.</summary>
public sealed record CheckStores : IRequest<Result<ValueList<StoreCheck>>>;

/// <summary>What one try showed.</summary>
/// <param name="Name"><c>database</c>, <c>queue</c> or <c>storage</c>.</param>
/// <param name="Fault">Why it cannot be used, for an operator; null when it can.</param>
public sealed record StoreCheck(string Name, string? Fault);

internal sealed class CheckStoresValidator : AbstractValidator<CheckStores>;

internal sealed class CheckStoresHandler(IDocumentRepository documents, IWorkQueue queue, IBlobStore blobs)
    : IRequestHandler<CheckStores, Result<ValueList<StoreCheck>>>
{
    private static readonly BlobKey Probe = BlobKey.Of("health/probe");

    public async Task<Result<ValueList<StoreCheck>>> Handle(CheckStores request, CancellationToken cancellationToken)
    {
        ValueList<StoreCheck> checks =
        [
            await TryAsync("database", async ct => await documents.ListAsync(new DocumentQuery(null, null, null, null, 1), ct), cancellationToken),
            await TryAsync("queue", async ct => await queue.DepthsAsync(ct), cancellationToken),
            await TryAsync("storage", async ct => await blobs.WriteAsync(Probe, new MemoryStream([1]), ct), cancellationToken),
        ];
        return checks;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Adapters throw what their store throws; whatever it is, it is the answer to this question.")]
    private static async Task<StoreCheck> TryAsync(string name, Func<CancellationToken, Task> attempt, CancellationToken ct)
    {
        try
        {
            await attempt(ct);
            return new StoreCheck(name, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new StoreCheck(name, exception.Message);
        }
    }
}
