using System.Text;
using Dapper;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Retrieval.Sql;

/// <summary>Where to search, as conditions on chunks and their documents.</summary>
internal static class FilterSql
{
    /// <summary>Joins documents where the filter needs them; goes before WHERE.</summary>
    public static string Join(SearchFilter filter) => filter.IsNone ? string.Empty : " JOIN documents ON documents.id = chunks.document_id";

    /// <summary>The conditions, each beginning with AND; their values are added to the parameters.</summary>
    public static string Conditions(SearchFilter filter, DynamicParameters parameters)
    {
        var sql = new StringBuilder();
        if (filter.Documents.Count > 0)
        {
            AddList(sql, parameters, "chunks.document_id", "Document", filter.Documents.Select(static id => id.ToString()));
        }

        if (filter.Kinds.Count > 0)
        {
            AddList(sql, parameters, "documents.kind", "Kind", filter.Kinds.Select(EnumText<DocumentKind>.Of));
        }

        if (filter.Batch is { } batch)
        {
            sql.Append(" AND documents.batch_id = @Batch");
            parameters.Add("Batch", batch.ToString());
        }

        if (filter.From is { } from)
        {
            sql.Append(" AND documents.created_at >= @From");
            parameters.Add("From", TimeText.Of(from));
        }

        if (filter.Until is { } until)
        {
            sql.Append(" AND documents.created_at < @Until");
            parameters.Add("Until", TimeText.Of(until));
        }

        return sql.ToString();
    }

    private static void AddList(StringBuilder sql, DynamicParameters parameters, string column, string name, IEnumerable<string> values)
    {
        var names = new List<string>();
        foreach (var value in values)
        {
            names.Add($"@{name}{names.Count}");
            parameters.Add(names[^1], value);
        }

        sql.Append(" AND ").Append(column).Append(" IN (").AppendJoin(", ", names).Append(')');
    }
}
