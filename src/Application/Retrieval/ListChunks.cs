using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Retrieval;

/// <summary>Lists the chunks of a document in their order; none before it is searchable.</summary>
/// <param name="Id">The document.</param>
public sealed record ListChunks(DocumentId Id) : IRequest<Result<ChunkListing>>;

/// <summary>The chunks of a document.</summary>
/// <param name="Items">In their order.</param>
public sealed record ChunkListing(ValueList<IndexedChunk> Items);

internal sealed class ListChunksValidator : AbstractValidator<ListChunks>
{
    public ListChunksValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class ListChunksHandler(IDocumentRuns documents, IChunkIndex index) : IRequestHandler<ListChunks, Result<ChunkListing>>
{
    public async Task<Result<ChunkListing>> Handle(ListChunks request, CancellationToken cancellationToken) =>
        await documents.FindAsync(request.Id, cancellationToken) is null
            ? DocumentErrors.NotFound(request.Id)
            : new ChunkListing(await index.ListAsync(request.Id, cancellationToken));
}
