using Idp.Application.Documents.Ports;
using Idp.Application.Retrieval.Ports;

namespace Idp.Bench.Retrieval;

/// <summary>An empty database for vectors.</summary>
internal interface IVectorStore : IAsyncDisposable
{
    /// <summary>Its documents.</summary>
    IDocumentRepository Documents { get; }

    /// <summary>Their chunks.</summary>
    IChunkIndex Chunks { get; }

    /// <summary>Their vectors.</summary>
    IVectorIndex Vectors { get; }

    /// <summary>Makes what index is to be made when the vectors are there.</summary>
    Task IndexAsync(int dimensions, CancellationToken ct);
}
