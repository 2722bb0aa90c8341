using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Idp.Application.Kernel.Caching;

namespace Idp.Infrastructure.Kernel.Caching;

/// <summary>The form of a cache entry: <c>{"fingerprint","checksum","created_at","payload"}</c>, the checksum being that of the payload's bytes.</summary>
internal static class CacheEntry
{
    private static readonly JsonEncodedText FingerprintName = JsonEncodedText.Encode("fingerprint");
    private static readonly JsonEncodedText ChecksumName = JsonEncodedText.Encode("checksum");
    private static readonly JsonEncodedText CreatedAtName = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText PayloadName = JsonEncodedText.Encode("payload");

    /// <summary>Wraps a payload.</summary>
    public static ReadOnlyMemory<byte> Write(Fingerprint fingerprint, DateTimeOffset createdAt, ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(FingerprintName, fingerprint.Value);
            writer.WriteString(ChecksumName, ChecksumOf(payload));
            writer.WriteString(CreatedAtName, createdAt.UtcDateTime);
            writer.WritePropertyName(PayloadName);
            writer.WriteRawValue(payload, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The payload's bytes; null when the entry is damaged or of another fingerprint than the one asked for (null accepts any).</summary>
    public static ReadOnlyMemory<byte>? FindPayload(ReadOnlyMemory<byte> entry, Fingerprint? fingerprint)
    {
        try
        {
            return FindPayloadStrictly(entry, fingerprint);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte>? FindPayloadStrictly(ReadOnlyMemory<byte> entry, Fingerprint? fingerprint)
    {
        var reader = new Utf8JsonReader(entry.Span);
        string? found = null;
        string? checksum = null;
        ReadOnlyMemory<byte>? payload = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFingerprint = reader.ValueTextEquals(FingerprintName.EncodedUtf8Bytes);
            var isChecksum = reader.ValueTextEquals(ChecksumName.EncodedUtf8Bytes);
            var isPayload = reader.ValueTextEquals(PayloadName.EncodedUtf8Bytes);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var value = entry[start..(int)reader.BytesConsumed];
            found = isFingerprint ? Unquoted(value) : found;
            checksum = isChecksum ? Unquoted(value) : checksum;
            payload = isPayload ? value : payload;
        }

        // Reads on to the end, where anything left over is a JsonException.
        while (reader.Read())
        {
        }

        return payload is { } bytes && checksum == ChecksumOf(bytes.Span) && (fingerprint is null || found == fingerprint.Value.Value)
            ? bytes
            : null;
    }

    // Fingerprints and checksums are hexadecimal, so there is nothing to unescape.
    private static string Unquoted(ReadOnlyMemory<byte> value) => Encoding.UTF8.GetString(value.Span).Trim('"');

    private static string ChecksumOf(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));
}
