using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Extraction;
using Idp.Infrastructure.Kernel.Blobs;

namespace Idp.Infrastructure.Extraction.Schemas;

/// <summary>Built-in schemas from a folder beside the program, users' own from the blob store under <c>schemas/</c>.</summary>
internal sealed class FileSchemaCatalog(SchemaOptions options, IBlobStore blobs) : FileCatalog<ExtractionSchema>("schema", options.Folder, blobs), ISchemaCatalog
{
    /// <inheritdoc />
    protected override bool IsName(string name) => SchemaName.IsValid(name);

    /// <inheritdoc />
    protected override string NameOf(ExtractionSchema entry) => entry.Name;

    /// <inheritdoc />
    protected override ExtractionSchema Read(ReadOnlySpan<byte> text, string name) => SchemaFile.Read(text, name);

    /// <inheritdoc />
    protected override byte[] Write(ExtractionSchema entry) => SchemaFile.Write(entry);
}
