using System.Text.Json;
using System.Text.Json.Serialization;
using Idp.Domain.Kernel;

namespace Idp.Application.Kernel.Json;

/// <summary>Writes a <see cref="ValueList{T}"/> as an array; the element type must be known to the serializer context in use.</summary>
public sealed class ValueListConverter : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GenericTypeArguments[0]))!;

    private sealed class Converter<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("An array is expected.");
            }

            var converter = (JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter;
            var items = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(reader.TokenType == JsonTokenType.Null
                    ? throw new JsonException("An element of the array is null.")
                    : converter.Read(ref reader, typeof(T), options)!);
            }

            return items.ToValueList();
        }

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options)
        {
            var converter = (JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter;
            writer.WriteStartArray();
            foreach (var item in value)
            {
                converter.Write(writer, item, options);
            }

            writer.WriteEndArray();
        }
    }
}

/// <summary>Writes enum members in snake case, as the contract prints them.</summary>
public sealed class SnakeCaseEnumConverter() : JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>Writes a confidence as a plain number.</summary>
public sealed class ConfidenceConverter : JsonConverter<Confidence>
{
    /// <inheritdoc />
    public override Confidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetDouble());

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Confidence value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Math.Round(value.Value, 4));
}
