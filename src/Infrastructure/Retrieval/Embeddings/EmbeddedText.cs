using Idp.Application.Kernel.Caching;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Retrieval;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>A text whose vector is asked for.</summary>
/// <param name="Text">As it is sent.</param>
/// <param name="Key">What its vector is found again by: stands for the space and the text as a whole, however much of it is sent.</param>
internal sealed record EmbeddedText(string Text, string Key)
{
    private const int LeastTokens = 1;

    /// <summary>About how many tokens it makes.</summary>
    public int Tokens => Math.Max(LeastTokens, TokenCount.Estimate(Text));

    /// <summary>True when nothing can be cut off.</summary>
    public bool IsOneCharacter => Text.Length < 2 || (Text.Length == 2 && char.IsHighSurrogate(Text[0]));

    /// <summary>The text for a space; cut where it is longer than so many tokens.</summary>
    public static EmbeddedText Of(string text, VectorSpace space, int mostTokens)
    {
        var whole = new EmbeddedText(text, Fingerprint.Of(("space", space.Name), ("text", text)).Value);
        for (var tokens = whole.Tokens; tokens > mostTokens && !whole.IsOneCharacter; tokens = whole.Tokens)
        {
            whole = whole.Cut((int)((long)whole.Text.Length * mostTokens / tokens));
        }

        return whole;
    }

    /// <summary>The same with only its first half.</summary>
    public EmbeddedText Halved() => Cut(Text.Length / 2);

    /// <summary>Divides texts into as few parts as the limits of a call allow; a text that is larger than they allow stands alone.</summary>
    public static IReadOnlyList<IReadOnlyList<EmbeddedText>> Pack(IEnumerable<EmbeddedText> texts, int mostTexts, int mostTokens)
    {
        var packs = new List<IReadOnlyList<EmbeddedText>>();
        var (pack, tokens) = (new List<EmbeddedText>(), 0L);
        foreach (var text in texts)
        {
            if (pack.Count > 0 && (pack.Count == mostTexts || tokens + text.Tokens > mostTokens))
            {
                packs.Add(pack);
                (pack, tokens) = ([], 0);
            }

            pack.Add(text);
            tokens += text.Tokens;
        }

        if (pack.Count > 0)
        {
            packs.Add(pack);
        }

        return packs;
    }

    /// <summary>The same with so much of its beginning, and no half of a pair; shorter than before, unless it is one character.</summary>
    private EmbeddedText Cut(int length)
    {
        if (IsOneCharacter)
        {
            return this;
        }

        var end = Math.Clamp(length, 1, Text.Length - 1);
        end -= char.IsHighSurrogate(Text[end - 1]) ? 1 : 0;

        // The first character stays whole, so that who cuts again and again comes to an end.
        return this with { Text = Text[..(end > 0 ? end : 2)] };
    }
}
