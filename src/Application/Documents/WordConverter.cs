using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Writes a word as <c>[text, x, y, width, height, confidence]</c>: pages hold hundreds of them.</summary>
public sealed class WordConverter : JsonConverter<Word>
{
    /// <inheritdoc />
    public override Word Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Read();
        var text = reader.GetString() ?? throw new JsonException("A word starts with its text.");
        Span<double> numbers = stackalloc double[5];
        for (var index = 0; index < numbers.Length; index++)
        {
            reader.Read();
            numbers[index] = reader.GetDouble();
        }

        reader.Read();
        return new Word(text, new Box(numbers[0], numbers[1], numbers[2], numbers[3]), new Confidence(numbers[4]));
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Word value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Text);
        foreach (var number in (ReadOnlySpan<double>)[value.Box.X, value.Box.Y, value.Box.Width, value.Box.Height, value.Confidence.Value])
        {
            writer.WriteRawValue(Math.Round(number, 6).ToString("0.######", CultureInfo.InvariantCulture), skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
