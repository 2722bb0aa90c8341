using System.Text.Json;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel;

namespace Idp.Infrastructure.Extraction.Schemas;

/// <summary>Built-in schemas from a folder beside the program, users' own from the blob store under <c>schemas/</c>.</summary>
internal sealed class FileSchemaCatalog(SchemaOptions options, IBlobStore blobs) : ISchemaCatalog, IPreparedAtStart, IDisposable
{
    private const string Extension = ".json";

    private static readonly BlobKey UserFolder = BlobKey.Of("schemas");

    private readonly SemaphoreSlim _reading = new(1, 1);
    private SortedDictionary<string, ExtractionSchema>? _builtIn;

    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct) => BuiltInAsync(ct);

    /// <inheritdoc />
    public async Task<ExtractionSchema?> FindAsync(string name, CancellationToken ct)
    {
        if (!SchemaName.IsValid(name))
        {
            return null;
        }

        await using var stream = await blobs.OpenReadAsync(KeyOf(name), ct);
        if (stream is null)
        {
            return (await BuiltInAsync(ct)).GetValueOrDefault(name);
        }

        using var text = new MemoryStream();
        await stream.CopyToAsync(text, ct);
        try
        {
            return SchemaFile.Read(text.GetBuffer().AsSpan(0, (int)text.Length), name);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The stored schema '{KeyOf(name)}' is broken: {exception.Message} Store it again over the API, or remove the file.", exception);
        }
    }

    /// <inheritdoc />
    public async Task<ValueList<string>> NamesAsync(CancellationToken ct)
    {
        var names = new SortedSet<string>((await BuiltInAsync(ct)).Keys, StringComparer.Ordinal);
        await foreach (var key in blobs.ListBelowAsync(UserFolder, ct))
        {
            var fileName = key.Value[(UserFolder.Value.Length + 1)..];
            var name = fileName.EndsWith(Extension, StringComparison.Ordinal) ? fileName[..^Extension.Length] : "";
            if (SchemaName.IsValid(name))
            {
                names.Add(name);
            }
        }

        return names.ToValueList();
    }

    /// <inheritdoc />
    public async Task SaveAsync(ExtractionSchema schema, CancellationToken ct)
    {
        if (!SchemaName.IsValid(schema.Name))
        {
            throw new ArgumentException($"A schema cannot be called '{schema.Name}'.", nameof(schema));
        }

        using var content = new MemoryStream(SchemaFile.Write(schema), writable: false);
        await blobs.WriteAsync(KeyOf(schema.Name), content, ct);
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private static BlobKey KeyOf(string name) => BlobKey.Of($"{UserFolder}/{name}{Extension}");

    private async Task<SortedDictionary<string, ExtractionSchema>> BuiltInAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _builtIn) is { } known)
        {
            return known;
        }

        await _reading.WaitAsync(ct);
        try
        {
            return _builtIn ??= await ReadBuiltInAsync(ct);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<SortedDictionary<string, ExtractionSchema>> ReadBuiltInAsync(CancellationToken ct)
    {
        if (!Directory.Exists(options.Folder))
        {
            throw new SetupException(
                $"The folder of the built-in schemas, '{options.Folder}', is missing. Build the program again, or set SCHEMAS__FOLDER to where it is.");
        }

        var schemas = new SortedDictionary<string, ExtractionSchema>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(options.Folder, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            try
            {
                schemas.Add(name, SchemaFile.Read(await File.ReadAllBytesAsync(path, ct), name));
            }
            catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new SetupException($"The built-in schema '{path}' cannot be read: {exception.Message} Mend the file or remove it.", exception);
            }
        }

        return schemas;
    }
}
