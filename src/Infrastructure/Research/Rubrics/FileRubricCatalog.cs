using Idp.Application.Kernel.Blobs;
using Idp.Application.Research.Ports;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Blobs;

namespace Idp.Infrastructure.Research.Rubrics;

/// <summary>Built-in rubrics from a folder beside the program, users' own from the blob store under <c>rubrics/</c>.</summary>
internal sealed class FileRubricCatalog(RubricOptions options, IBlobStore blobs) : FileCatalog<Rubric>("rubric", options.Folder, blobs), IRubricCatalog
{
    /// <inheritdoc />
    protected override bool IsName(string name) => RubricName.IsValid(name);

    /// <inheritdoc />
    protected override string NameOf(Rubric entry) => entry.Name;

    /// <inheritdoc />
    protected override Rubric Read(ReadOnlySpan<byte> text, string name) => RubricFile.Read(text, name);

    /// <inheritdoc />
    protected override byte[] Write(Rubric entry) => RubricFile.Write(entry);
}
