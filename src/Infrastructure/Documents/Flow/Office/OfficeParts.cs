using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Idp.Domain.Documents;
using Idp.Domain.Documents.Flow;

namespace Idp.Infrastructure.Documents.Flow.Office;

/// <summary>The parts of an office file. Nothing outside of the file is ever looked at, entities are refused, and what unpacks is counted as it comes.</summary>
internal sealed class OfficeParts : IDisposable
{
    /// <summary>More text than any document holds whose pages can be counted.</summary>
    private const long MostUnpackedBytes = 128 * 1024 * 1024;
    private const int MostParts = 20_000;
    private const int MostPictures = 200;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _pictures = new(StringComparer.OrdinalIgnoreCase);
    private long _unpacked;
    private int _pictureBytes;
    private int _readPictures;

    /// <exception cref="InvalidDataException">It is no archive.</exception>
    public OfficeParts(Stream file)
    {
        _archive = new ZipArchive(file, ZipArchiveMode.Read);
        if (_archive.Entries.Count > MostParts)
        {
            throw new FlowRefusedException(DocumentErrors.UnpacksTooLarge(MostUnpackedBytes));
        }

        foreach (var entry in _archive.Entries)
        {
            _entries.TryAdd(entry.FullName.TrimStart('/'), entry);
        }
    }

    /// <summary>Pictures that the file holds and <see cref="PicturesOf"/> has not given.</summary>
    public int UnreadPictureCount => Math.Max(0, _entries.Keys.Count(static name => name.Contains("/media/", StringComparison.OrdinalIgnoreCase)) - _readPictures);

    /// <summary>True when the file holds programs.</summary>
    public bool HasMacros => _entries.Keys.Any(static name => name.EndsWith("/vbaProject.bin", StringComparison.OrdinalIgnoreCase));

    public void Dispose() => _archive.Dispose();

    /// <summary>The root element of a part, or null when there is none.</summary>
    /// <exception cref="XmlException">It is no XML, or has a document type.</exception>
    public XElement? Read(string? name)
    {
        if (name is null || !_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        using var unpacked = new CountedStream(entry.Open(), Count);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostUnpackedBytes, IgnoreComments = true, IgnoreProcessingInstructions = true };
        using var reader = XmlReader.Create(unpacked, settings);
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>The pictures that a part shows and none before it has shown.</summary>
    public IEnumerable<FlowPicture> PicturesOf(string name)
    {
        foreach (var reference in ReferencesOf(name).Values.Where(static reference => reference.Type == "image"))
        {
            if (_readPictures < MostPictures && _pictures.Add(reference.Part) && ReadPicture(reference.Part) is { } picture)
            {
                _readPictures++;
                yield return picture;
            }
        }
    }

    /// <summary>The parts that a part refers to, by the name of the reference; references out of the file are left out.</summary>
    /// <param name="name">The part; empty for the file itself.</param>
    public IReadOnlyDictionary<string, OfficeReference> ReferencesOf(string name)
    {
        var cut = name.LastIndexOf('/') + 1;
        var folder = name[..cut];
        var references = new Dictionary<string, OfficeReference>(StringComparer.Ordinal);
        foreach (var element in Read($"{folder}_rels/{name[cut..]}.rels").Children("Relationship"))
        {
            if (element.Value("Id") is { } id && element.Value("Target") is { } target && element.Value("TargetMode") != "External")
            {
                var type = element.Value("Type") ?? string.Empty;
                references.TryAdd(id, new OfficeReference(type[(type.LastIndexOf('/') + 1)..], Resolve(folder, target)));
            }
        }

        return references;
    }

    /// <summary>The main part, by the file's own references or by its usual name.</summary>
    public string MainPart(string usual) =>
        ReferencesOf(string.Empty).Values.FirstOrDefault(reference => reference.Type == "officeDocument" && _entries.ContainsKey(reference.Part))?.Part ?? usual;

    private FlowPicture? ReadPicture(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        using var unpacked = entry.Open();
        using var bytes = new MemoryStream();
        var chunk = new byte[1 << 16];
        int read;
        while ((read = unpacked.Read(chunk)) > 0)
        {
            bytes.Write(chunk, 0, read);
            if (bytes.Length > PictureReader.MostBytes)
            {
                return null;
            }
        }

        if (PictureReader.Read(bytes.ToArray()) is not { } picture || _pictureBytes + picture.File.Length > PictureReader.MostBytes)
        {
            return null;
        }

        _pictureBytes += picture.File.Length;
        return picture;
    }

    private static string Resolve(string folder, string target)
    {
        var path = new List<string>();
        foreach (var segment in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                path.Add(segment);
            }
        }

        return string.Join('/', path);
    }

    private void Count(int bytes)
    {
        _unpacked += bytes;
        if (_unpacked > MostUnpackedBytes)
        {
            throw new FlowRefusedException(DocumentErrors.UnpacksTooLarge(MostUnpackedBytes));
        }
    }

    /// <summary>Counts what really comes out: what an archive says about its parts proves nothing.</summary>
    private sealed class CountedStream(Stream inner, Action<int> count) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            count(read);
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>A reference from one part to another.</summary>
/// <param name="Type">The last segment of its type's name.</param>
/// <param name="Part">The part's name.</param>
internal sealed record OfficeReference(string Type, string Part);
