using System.Text.Json;

namespace Idp.Application.Kernel.Ai;

/// <summary>Finds the JSON object in a reply: the whole of it, in a fence, or with prose around it.</summary>
public static class ModelJson
{
    private const string ThoughtEnd = "</think>";

    /// <summary>Beginnings that are tried; a reply with more braces that lead nowhere is no answer.</summary>
    private const int MostBeginnings = 200;

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The largest object of the reply; null when there is none.</summary>
    public static JsonElement? Find(string reply)
    {
        // Some servers leave the model's thoughts in front of the answer, drafts of it included.
        var thoughts = reply.LastIndexOf(ThoughtEnd, StringComparison.OrdinalIgnoreCase);
        var text = thoughts < 0 ? reply : reply[(thoughts + ThoughtEnd.Length)..];
        if (Parse(text.AsMemory().Trim()) is { } whole)
        {
            return whole;
        }

        JsonElement? found = null;
        var (longest, from) = (0, 0);
        for (var beginnings = 0; beginnings < MostBeginnings && text.IndexOf('{', from) is >= 0 and var start; beginnings++)
        {
            var length = BalancedLength(text.AsSpan(start));
            var parsed = length > 0 ? Parse(text.AsMemory(start, length)) : null;
            if (parsed is not null && length > longest)
            {
                (found, longest) = (parsed, length);
            }

            // What lies within an object that was read is part of it.
            from = start + (parsed is null ? 1 : length);
        }

        return found;
    }

    private static JsonElement? Parse(ReadOnlyMemory<char> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Tolerant);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The length up to the brace that closes the first; 0 when none does. Braces in strings do not count.</summary>
    private static int BalancedLength(ReadOnlySpan<char> text)
    {
        var depth = 0;
        var isString = false;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when isString:
                    at++;
                    break;
                case '"':
                    isString = !isString;
                    break;
                case '{' when !isString:
                    depth++;
                    break;
                case '}' when !isString:
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
            }
        }

        return 0;
    }
}
