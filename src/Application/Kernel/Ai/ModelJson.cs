using System.Text.Json;

namespace Idp.Application.Kernel.Ai;

/// <summary>Finds the JSON in what a model wrote, which may stand between code fences or with words around it.</summary>
public static class ModelJson
{
    /// <summary>Replies nest a few levels; what nests deeper is no reply.</summary>
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    /// <summary>The first complete JSON object; the caller disposes it. Null when there is none.</summary>
    public static JsonDocument? Find(string text)
    {
        for (var start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
        {
            if (LengthFrom(text, start) is not { } length)
            {
                // Nothing closes it, so nothing that begins inside it is the whole reply either.
                return null;
            }

            if (TryParse(text.AsMemory(start, length)) is { } found)
            {
                return found;
            }

            start += length - 1;
        }

        return null;
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<char> text)
    {
        try
        {
            return JsonDocument.Parse(text, Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The length up to the brace that closes the first one, strings passed over; null when it is never closed.</summary>
    private static int? LengthFrom(string text, int start)
    {
        var (depth, isInText) = (0, false);
        for (var at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when isInText:
                    at++;
                    break;
                case '"':
                    isInText = !isInText;
                    break;
                case '{' when !isInText:
                    depth++;
                    break;
                case '}' when !isInText && --depth == 0:
                    return at - start + 1;
                default:
                    break;
            }
        }

        return null;
    }
}
