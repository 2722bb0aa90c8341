using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>A reply as the tables hold it, in the order of <see cref="Select"/>.</summary>
internal sealed record ReplyRow(
    string Id, string Content, string Stop, string Pages, long InputTokens, long OutputTokens, long CachedInputTokens, long Estimated)
{
    /// <summary>Adds a reply.</summary>
    public const string Insert = "INSERT INTO call_replies (call_id, content, stop, pages) VALUES (@Id, @Content, @Stop, @Pages)";

    // The same page may stand twice in one call; either answer is good.

    /// <summary>Adds a section that a reply answers.</summary>
    public const string InsertSection = """
        INSERT INTO call_sections (section_key, call_id, position) VALUES (@Key, @Id, @Position) ON CONFLICT (section_key, call_id) DO NOTHING
        """;

    /// <summary>Reads replies; a WHERE clause follows.</summary>
    public const string Select = """
        SELECT calls.id AS Id, content AS Content, stop AS Stop, call_replies.pages AS Pages,
            input_tokens AS InputTokens, output_tokens AS OutputTokens, cached_input_tokens AS CachedInputTokens, estimated AS Estimated
        FROM calls JOIN call_replies ON call_replies.call_id = calls.id
        """;

    /// <summary>Reads the latest reply to a request that a run may use.</summary>
    public const string FindByKey = Select
        + " WHERE calls.key = @Key AND (unusable_in IS NULL OR unusable_in = @Run) ORDER BY calls.id DESC LIMIT 1";

    /// <summary>The reply of this row.</summary>
    public ModelReply ToReply() => new(
        Content,
        EnumText<ModelStop>.Parse(Stop),
        new TokenUsage((int)InputTokens, (int)OutputTokens, (int)CachedInputTokens, Estimated != 0),
        CallColumnsJson.ToPages(Pages))
    {
        IsReplayed = true,
    };
}

/// <summary>Which call answers a section; set by name, because SQLite names no types for what it computes.</summary>
internal sealed record SectionRow
{
    public string SectionKey { get; init; } = string.Empty;

    public string CallId { get; init; } = string.Empty;

    public long Position { get; init; }
}
