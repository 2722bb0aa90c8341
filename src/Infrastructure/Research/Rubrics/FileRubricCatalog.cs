using System.Text.Json;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel;

namespace Idp.Infrastructure.Research.Rubrics;

/// <summary>Built-in rubrics from a folder beside the program, users' own from the blob store under <c>rubrics/</c>.</summary>
internal sealed class FileRubricCatalog(RubricOptions options, IBlobStore blobs) : IRubricCatalog, IPreparedAtStart, IDisposable
{
    private const string Extension = ".json";

    private static readonly BlobKey UserFolder = BlobKey.Of("rubrics");

    private readonly SemaphoreSlim _reading = new(1, 1);
    private SortedDictionary<string, Rubric>? _builtIn;

    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct) => BuiltInAsync(ct);

    /// <inheritdoc />
    public async Task<Rubric?> FindAsync(string name, CancellationToken ct)
    {
        if (!RubricName.IsValid(name))
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
            return RubricFile.Read(text.GetBuffer().AsSpan(0, (int)text.Length), name);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The stored rubric '{KeyOf(name)}' is broken: {exception.Message} Store it again over the API, or remove the file.", exception);
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
            if (RubricName.IsValid(name))
            {
                names.Add(name);
            }
        }

        return names.ToValueList();
    }

    /// <inheritdoc />
    public async Task SaveAsync(Rubric rubric, CancellationToken ct)
    {
        if (!RubricName.IsValid(rubric.Name))
        {
            throw new ArgumentException($"A rubric cannot be called '{rubric.Name}'.", nameof(rubric));
        }

        using var content = new MemoryStream(RubricFile.Write(rubric), writable: false);
        await blobs.WriteAsync(KeyOf(rubric.Name), content, ct);
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private static BlobKey KeyOf(string name) => BlobKey.Of($"{UserFolder}/{name}{Extension}");

    private async Task<SortedDictionary<string, Rubric>> BuiltInAsync(CancellationToken ct)
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

    private async Task<SortedDictionary<string, Rubric>> ReadBuiltInAsync(CancellationToken ct)
    {
        if (!Directory.Exists(options.Folder))
        {
            throw new SetupException(
                $"The folder of the built-in rubrics, '{options.Folder}', is missing. Build the program again, or set RUBRICS__FOLDER to where it is.");
        }

        var rubrics = new SortedDictionary<string, Rubric>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(options.Folder, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            try
            {
                rubrics.Add(name, RubricFile.Read(await File.ReadAllBytesAsync(path, ct), name));
            }
            catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new SetupException($"The built-in rubric '{path}' cannot be read: {exception.Message} Mend the file or remove it.", exception);
            }
        }

        return rubrics;
    }
}
