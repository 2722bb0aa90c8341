using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Replies of models, and which sections each answers. Of several answers the latest is found: it may have been asked for anew.</summary>
internal static class ReplyRows
{
    private const string Insert = "INSERT INTO call_replies (call_id, content, stop, pages) VALUES (@Id, @Content, @Stop, @Pages)";

    // The same page may stand twice in one call; either answer is good.
    private const string InsertSection = """
        INSERT INTO call_sections (section_key, call_id, position) VALUES (@Key, @Id, @Position) ON CONFLICT (section_key, call_id) DO NOTHING
        """;

    private const string Select = """
        SELECT calls.id AS Id, content AS Content, stop AS Stop, call_replies.pages AS Pages,
            input_tokens AS InputTokens, output_tokens AS OutputTokens, cached_input_tokens AS CachedInputTokens, estimated AS Estimated
        FROM calls JOIN call_replies ON call_replies.call_id = calls.id
        """;

    private const string FindByKey = Select
        + " WHERE calls.key = @Key AND (unusable_in IS NULL OR unusable_in = @Run) ORDER BY calls.id DESC LIMIT 1";

    private const string MarkUnusable = """
        UPDATE call_replies SET unusable_in = @Run
        WHERE unusable_in IS NULL AND call_id IN (SELECT id FROM calls WHERE key IN (SELECT value FROM json_each(@Keys)))
        """;

    private const string FindByIds = Select + " WHERE calls.id IN (SELECT value FROM json_each(@Ids))";

    private const string FindSections = """
        SELECT section_key AS SectionKey, max(call_id) AS CallId, position AS Position
        FROM call_sections WHERE section_key IN (SELECT value FROM json_each(@Keys))
        GROUP BY section_key
        """;

    /// <summary>Stores a reply.</summary>
    public static async Task AddAsync(SqliteTransaction transaction, string callId, ModelReply reply, ValueList<string> sectionKeys, CancellationToken ct)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { Id = callId, reply.Content, Stop = EnumText<ModelStop>.Of(reply.Stop), Pages = CallColumnsJson.OfPages(reply.Pages) },
            transaction,
            cancellationToken: ct));
        for (var position = 0; position < sectionKeys.Count; position++)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                InsertSection, new { Key = sectionKeys[position], Id = callId, Position = (long)position }, transaction, cancellationToken: ct));
        }
    }

    /// <summary>The latest reply to a request that a run may use; null when there is none.</summary>
    public static async Task<ModelReply?> FindAsync(SqliteConnection connection, Fingerprint key, string run, CancellationToken ct) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(FindByKey, new { Key = key.Value, Run = run }, cancellationToken: ct)))?.ToReply();

    /// <summary>Hides the replies to requests from every run but one.</summary>
    public static Task<int> MarkUnusableAsync(SqliteConnection connection, IReadOnlyCollection<Fingerprint> keys, string run, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            MarkUnusable, new { Keys = CallColumnsJson.OfTexts([.. keys.Select(static key => key.Value)]), Run = run }, cancellationToken: ct));

    /// <summary>The latest answers to sections; those without one are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(
        SqliteConnection connection, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var sections = (await connection.QueryAsync<SectionRow>(new CommandDefinition(
            FindSections, new { Keys = CallColumnsJson.OfTexts(keys) }, cancellationToken: ct))).ToList();
        var ids = CallColumnsJson.OfTexts([.. sections.Select(static section => section.CallId).Distinct(StringComparer.Ordinal)]);
        var replies = (await connection.QueryAsync<Row>(new CommandDefinition(FindByIds, new { Ids = ids }, cancellationToken: ct)))
            .ToDictionary(static row => row.Id, static row => row.ToReply(), StringComparer.Ordinal);

        // A reply may have been erased between the two queries.
        return sections.Where(section => replies.ContainsKey(section.CallId)).ToDictionary(
            static section => section.SectionKey, section => new AnsweredSection(replies[section.CallId], (int)section.Position), StringComparer.Ordinal);
    }

    private sealed record Row(
        string Id, string Content, string Stop, string Pages, long InputTokens, long OutputTokens, long CachedInputTokens, long Estimated)
    {
        public ModelReply ToReply() => new(
            Content,
            EnumText<ModelStop>.Parse(Stop),
            new TokenUsage((int)InputTokens, (int)OutputTokens, (int)CachedInputTokens, Estimated != 0),
            CallColumnsJson.ToPages(Pages))
        {
            IsReplayed = true,
        };
    }

    /// <summary>Set by name: SQLite names no types for what it computes.</summary>
    private sealed record SectionRow
    {
        public string SectionKey { get; init; } = string.Empty;

        public string CallId { get; init; } = string.Empty;

        public long Position { get; init; }
    }
}
