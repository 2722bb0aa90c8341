using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Sql;
using Microsoft.Data.Sqlite;

namespace Idp.Infrastructure.Kernel.Costs.Sqlite;

/// <summary>Replies of models, and which sections each answers. Of several answers the latest is found: it may have been asked for anew.</summary>
internal static class ReplyRows
{
    private const string MarkUnusable = """
        UPDATE call_replies SET unusable_in = @Run
        WHERE unusable_in IS NULL AND call_id IN (SELECT id FROM calls WHERE key IN (SELECT value FROM json_each(@Keys)))
        """;

    private const string FindByIds = ReplyRow.Select + " WHERE calls.id IN (SELECT value FROM json_each(@Ids))";

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
            ReplyRow.Insert,
            new { Id = callId, reply.Content, Stop = EnumText<ModelStop>.Of(reply.Stop), Pages = CallColumnsJson.OfPages(reply.Pages) },
            transaction,
            cancellationToken: ct));
        for (var position = 0; position < sectionKeys.Count; position++)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                ReplyRow.InsertSection, new { Key = sectionKeys[position], Id = callId, Position = (long)position }, transaction, cancellationToken: ct));
        }
    }

    /// <summary>The latest reply to a request that a run may use; null when there is none.</summary>
    public static async Task<ModelReply?> FindAsync(SqliteConnection connection, Fingerprint key, string run, CancellationToken ct) =>
        (await connection.QuerySingleOrDefaultAsync<ReplyRow>(new CommandDefinition(ReplyRow.FindByKey, new { Key = key.Value, Run = run }, cancellationToken: ct)))?.ToReply();

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
        var replies = (await connection.QueryAsync<ReplyRow>(new CommandDefinition(FindByIds, new { Ids = ids }, cancellationToken: ct)))
            .ToDictionary(static row => row.Id, static row => row.ToReply(), StringComparer.Ordinal);

        // A reply may have been erased between the two queries.
        return sections.Where(section => replies.ContainsKey(section.CallId)).ToDictionary(
            static section => section.SectionKey, section => new AnsweredSection(replies[section.CallId], (int)section.Position), StringComparer.Ordinal);
    }
}
