using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel.Costs;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>How large a request probably is, for pacing and for learning; what may be spent rests on <see cref="ModelRequest.InputTokenBound"/> instead.</summary>
internal static class RequestSize
{
    /// <summary>Tokens, sent and answered, that providers will count. The longest reply is planned with twice the forecast, so half of it is likely.</summary>
    public static int TokensOf(ModelRequest request) =>
        TokenCount.Estimate(request.Instructions) + TokenCount.Estimate(request.Content) + TokenCount.Estimate(request.ReplySchema)
        + (request.Repair is { } repair ? TokenCount.Estimate(repair.Reply) : 0) + (request.MaximumOutputTokens / 2);

    /// <summary>Tokens of what the sections hold: that is what a caller can send less of.</summary>
    public static int SectionTokensOf(ModelRequest request) => request.Sections.Count == 0
        ? TokenCount.Estimate(request.Content)
        : request.Sections.Sum(static section => TokenCount.Estimate(section.Text));
}
