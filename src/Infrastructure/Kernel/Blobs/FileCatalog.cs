using System.Text.Json;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Kernel.Blobs;

/// <summary>Entries that are files of JSON with a name: built-in ones from a folder beside the program, users' own from the blob store, which come first.</summary>
/// <typeparam name="T">An entry.</typeparam>
/// <param name="kind">What an entry is called in messages, such as <c>schema</c>; users' own are stored under its plural.</param>
/// <param name="builtInFolder">The folder of the built-in ones; the setting that names it is the plural's <c>FOLDER</c>.</param>
/// <param name="blobs">Keeps users' own.</param>
internal abstract class FileCatalog<T>(string kind, string builtInFolder, IBlobStore blobs) : IPreparedAtStart, IDisposable
    where T : class
{
    private const string Extension = ".json";

    private readonly BlobKey _userFolder = BlobKey.Of($"{kind}s");
    private readonly SemaphoreSlim _reading = new(1, 1);
    private SortedDictionary<string, T>? _builtIn;

    /// <inheritdoc />
    public Task PrepareAsync(CancellationToken ct) => BuiltInAsync(ct);

    /// <summary>The entry, users' own before built-in; null when there is none.</summary>
    public async Task<T?> FindAsync(string name, CancellationToken ct)
    {
        if (!IsName(name))
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
            return Read(text.GetBuffer().AsSpan(0, (int)text.Length), name);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The stored {kind} '{KeyOf(name)}' is broken: {exception.Message} Store it again over the API, or remove the file.", exception);
        }
    }

    /// <summary>Every entry's name, sorted.</summary>
    public async Task<ValueList<string>> NamesAsync(CancellationToken ct)
    {
        var names = new SortedSet<string>((await BuiltInAsync(ct)).Keys, StringComparer.Ordinal);
        await foreach (var key in blobs.ListBelowAsync(_userFolder, ct))
        {
            var fileName = key.Value[(_userFolder.Value.Length + 1)..];
            var name = fileName.EndsWith(Extension, StringComparison.Ordinal) ? fileName[..^Extension.Length] : "";
            if (IsName(name))
            {
                names.Add(name);
            }
        }

        return names.ToValueList();
    }

    /// <summary>Stores a user's entry under its name.</summary>
    public async Task SaveAsync(T entry, CancellationToken ct)
    {
        var name = NameOf(entry);
        if (!IsName(name))
        {
            throw new ArgumentException($"A {kind} cannot be called '{name}'.", nameof(entry));
        }

        using var content = new MemoryStream(Write(entry), writable: false);
        await blobs.WriteAsync(KeyOf(name), content, ct);
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    /// <summary>Whether an entry may be called so.</summary>
    protected abstract bool IsName(string name);

    /// <summary>What an entry is called.</summary>
    protected abstract string NameOf(T entry);

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    protected abstract T Read(ReadOnlySpan<byte> text, string name);

    /// <summary>Writes a file.</summary>
    protected abstract byte[] Write(T entry);

    private BlobKey KeyOf(string name) => BlobKey.Of($"{_userFolder}/{name}{Extension}");

    private async Task<SortedDictionary<string, T>> BuiltInAsync(CancellationToken ct)
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

    private async Task<SortedDictionary<string, T>> ReadBuiltInAsync(CancellationToken ct)
    {
        if (!Directory.Exists(builtInFolder))
        {
            throw new SetupException(
                $"The folder of the built-in {kind}s, '{builtInFolder}', is missing. Build the program again, or set {kind.ToUpperInvariant()}S__FOLDER to where it is.");
        }

        var entries = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(builtInFolder, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            try
            {
                entries.Add(name, Read(await File.ReadAllBytesAsync(path, ct), name));
            }
            catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new SetupException($"The built-in {kind} '{path}' cannot be read: {exception.Message} Mend the file or remove it.", exception);
            }
        }

        return entries;
    }
}
