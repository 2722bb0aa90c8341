using System.Text;
using Idp.Application.Kernel.Ai;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>How large a request probably is, for pacing and for learning; what may be spent rests on <see cref="ModelRequest.InputTokenBound"/> instead.</summary>
internal static class RequestSize
{
    /// <summary>Bytes to a token in the text of documents, on the low side.</summary>
    private const int BytesPerToken = 3;

    /// <summary>Tokens, sent and answered, that providers will count. The longest reply is planned with twice the forecast, so half of it is likely.</summary>
    public static int TokensOf(ModelRequest request) => (request.InputTokenBound / BytesPerToken) + (request.MaximumOutputTokens / 2);

    /// <summary>Tokens of what the sections hold: that is what a caller can send less of.</summary>
    public static int SectionTokensOf(ModelRequest request) => request.Sections.Count == 0
        ? Estimate(request.Content)
        : request.Sections.Sum(static section => Estimate(section.Text));

    private static int Estimate(string text) => (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
