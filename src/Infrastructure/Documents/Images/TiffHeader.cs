using System.Buffers.Binary;

namespace Idp.Infrastructure.Documents.Images;

/// <summary>Reads the directories of a TIFF file, classic and big, one for each page. Loops and wild offsets end the reading.</summary>
internal static class TiffHeader
{
    private const int WidthTag = 256;
    private const int HeightTag = 257;
    private const int OrientationTag = 274;
    private const int ResolutionTag = 282;
    private const int ResolutionUnitTag = 296;
    private const double InchesPerCentimetre = 2.54;

    /// <summary>The pages in order; reading stops one past <paramref name="maximumFrames"/>.</summary>
    public static IReadOnlyList<ImageFrame> Read(ReadOnlySpan<byte> bytes, int maximumFrames)
    {
        var frames = new List<ImageFrame>();
        var reader = Reader.Of(bytes);
        var seen = new HashSet<long>();
        var offset = reader.FirstDirectory;
        while (offset > 0 && frames.Count <= maximumFrames && seen.Add(offset))
        {
            var tags = reader.ReadDirectory(offset, out offset);
            if (tags is null || FrameOf(tags) is not { } frame)
            {
                break;
            }

            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>The orientation in a block of EXIF data, which is a small TIFF; 1 when it says none.</summary>
    public static int OrientationOf(ReadOnlySpan<byte> exif)
    {
        var reader = Reader.Of(exif);
        var tags = reader.FirstDirectory > 0 ? reader.ReadDirectory(reader.FirstDirectory, out _) : null;
        return tags is not null && tags.TryGetValue(OrientationTag, out var value) && value is >= 1 and <= 8 ? (int)value : 1;
    }

    private static ImageFrame? FrameOf(Dictionary<int, double> tags)
    {
        double? dpi = tags.TryGetValue(ResolutionTag, out var resolution) ? resolution : null;
        var unit = tags.GetValueOrDefault(ResolutionUnitTag, 2);
        return ImageHeaders.Of(
            (long)tags.GetValueOrDefault(WidthTag),
            (long)tags.GetValueOrDefault(HeightTag),
            unit switch { 2 => dpi, 3 => dpi * InchesPerCentimetre, _ => null },
            (int)tags.GetValueOrDefault(OrientationTag, 1));
    }

    private readonly ref struct Reader
    {
        private readonly ReadOnlySpan<byte> _bytes;
        private readonly bool _isLittle;
        private readonly bool _isBig;

        private Reader(ReadOnlySpan<byte> bytes, bool isLittle, bool isBig)
        {
            _bytes = bytes;
            _isLittle = isLittle;
            _isBig = isBig;
            FirstDirectory = isBig ? Long(8) : Int(4);
        }

        public long FirstDirectory { get; }

        public static Reader Of(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length < 16 || (bytes[0], bytes[1]) is not (((byte)'I', (byte)'I') or ((byte)'M', (byte)'M')))
            {
                return default;
            }

            var isLittle = bytes[0] == (byte)'I';
            var version = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            return version is 42 or 43 ? new Reader(bytes, isLittle, version == 43) : default;
        }

        /// <summary>The tags of one directory that matter, as numbers; null when the directory is not within the file.</summary>
        public Dictionary<int, double>? ReadDirectory(long offset, out long next)
        {
            next = 0;
            var (countSize, entrySize) = _isBig ? (8, 20) : (2, 12);
            if (!Holds(offset, countSize))
            {
                return null;
            }

            var count = _isBig ? Long(offset) : Short(offset);
            var first = offset + countSize;
            if (count is < 0 or > 65_535 || !Holds(first, count * entrySize))
            {
                return null;
            }

            var tags = new Dictionary<int, double>();
            for (var index = 0L; index < count; index++)
            {
                var entry = first + (index * entrySize);
                var tag = Short(entry);
                if (tag is WidthTag or HeightTag or OrientationTag or ResolutionTag or ResolutionUnitTag && ValueAt(entry) is { } value)
                {
                    tags.TryAdd(tag, value);
                }
            }

            var end = first + (count * entrySize);
            next = !Holds(end, _isBig ? 8 : 4) ? 0 : _isBig ? Long(end) : Int(end);
            return tags;
        }

        private double? ValueAt(long entry)
        {
            var value = entry + (_isBig ? 12 : 8);
            switch (Short(entry + 2))
            {
                case 3:
                    return Short(value);
                case 4 or 9 or 13:
                    return Int(value);
                case 16:
                    return _isBig ? Long(value) : null;
                case 5:
                    var place = _isBig ? value : Int(value);
                    return Holds(place, 8) && Int(place + 4) != 0 ? (double)Int(place) / Int(place + 4) : null;
                default:
                    return null;
            }
        }

        private bool Holds(long offset, long length) => offset >= 0 && length >= 0 && offset <= _bytes.Length - length;

        private int Short(long at) => _isLittle
            ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(int)at..])
            : BinaryPrimitives.ReadUInt16BigEndian(_bytes[(int)at..]);

        private long Int(long at) => _isLittle
            ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(int)at..])
            : BinaryPrimitives.ReadUInt32BigEndian(_bytes[(int)at..]);

        private long Long(long at) => _isLittle
            ? BinaryPrimitives.ReadInt64LittleEndian(_bytes[(int)at..])
            : BinaryPrimitives.ReadInt64BigEndian(_bytes[(int)at..]);
    }
}
