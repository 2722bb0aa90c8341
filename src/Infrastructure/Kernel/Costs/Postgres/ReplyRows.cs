using Dapper;
using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Costs.Sql;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Sql.Postgres;
using Npgsql;

namespace Idp.Infrastructure.Kernel.Costs.Postgres;

/// <summary>Replies of models, and which sections each answers. Of several answers the latest is found: it may have been asked for anew.</summary>
internal static class ReplyRows
{
    private const string MarkUnusable = """
        UPDATE call_replies SET unusable_in = @Run WHERE unusable_in IS NULL AND call_id IN (SELECT id FROM calls WHERE key = ANY(@Keys))
        """;

    private const string FindByIds = ReplyRow.Select + " WHERE calls.id = ANY(@Ids)";

    private const string FindSections = """
        SELECT DISTINCT ON (section_key) section_key AS SectionKey, call_id AS CallId, position AS Position
        FROM call_sections WHERE section_key = ANY(@Keys)
        ORDER BY section_key, call_id DESC
        """;

    /// <summary>Stores a reply.</summary>
    public static async Task AddAsync(PostgresTransaction transaction, string callId, ModelReply reply, ValueList<string> sectionKeys)
    {
        // Text of PostgreSQL cannot hold the null character; a reply that was paid for must be kept all the same.
        var content = reply.Content.Replace('\0', '\uFFFD');
        await transaction.ExecuteAsync(
            ReplyRow.Insert, new { Id = callId, Content = content, Stop = EnumText<ModelStop>.Of(reply.Stop), Pages = CallColumnsJson.OfPages(reply.Pages) });
        for (var position = 0; position < sectionKeys.Count; position++)
        {
            await transaction.ExecuteAsync(ReplyRow.InsertSection, new { Key = sectionKeys[position], Id = callId, Position = (long)position });
        }
    }

    /// <summary>The latest reply to a request that a run may use; null when there is none.</summary>
    public static async Task<ModelReply?> FindAsync(NpgsqlConnection connection, Fingerprint key, string run, CancellationToken ct) =>
        (await connection.QuerySingleOrDefaultAsync<ReplyRow>(
            new CommandDefinition(ReplyRow.FindByKey, new { Key = key.Value, Run = run }, cancellationToken: ct)))?.ToReply();

    /// <summary>Hides the replies to requests from every run but one.</summary>
    public static Task<int> MarkUnusableAsync(PostgresDatabase database, IReadOnlyCollection<Fingerprint> keys, string run, CancellationToken ct) =>
        database.WriteAsync(MarkUnusable, new { Keys = keys.Select(static key => key.Value).ToArray(), Run = run }, ct);

    /// <summary>The latest answers to sections; those without one are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, AnsweredSection>> FindSectionsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var sections = (await connection.QueryAsync<SectionRow>(new CommandDefinition(FindSections, new { Keys = keys.ToArray() }, cancellationToken: ct))).ToList();
        var ids = sections.Select(static section => section.CallId).Distinct(StringComparer.Ordinal).ToArray();
        var replies = (await connection.QueryAsync<ReplyRow>(new CommandDefinition(FindByIds, new { Ids = ids }, cancellationToken: ct)))
            .ToDictionary(static row => row.Id, static row => row.ToReply(), StringComparer.Ordinal);

        // A reply may have been erased between the two queries.
        return sections.Where(section => replies.ContainsKey(section.CallId)).ToDictionary(
            static section => section.SectionKey, section => new AnsweredSection(replies[section.CallId], (int)section.Position), StringComparer.Ordinal);
    }
}
