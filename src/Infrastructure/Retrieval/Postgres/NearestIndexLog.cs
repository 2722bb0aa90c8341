using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Retrieval.Postgres;

/// <summary>What there is to say of indexes of vectors in the database: event ids 7100 to 7199.</summary>
internal static partial class NearestIndexLog
{
    [LoggerMessage(7100, LogLevel.Information, "Vectors of {Dimensions} numbers are searched by the database; its index was made in {Milliseconds} ms")]
    public static partial void IndexMade(this ILogger logger, int dimensions, long milliseconds);

    [LoggerMessage(7101, LogLevel.Information, "Vectors are searched in the memory of each node, because the server of the database has no pgvector {Version} or newer")]
    public static partial void NoExtension(this ILogger logger, string version);

    [LoggerMessage(7102, LogLevel.Warning, "Vectors of {Dimensions} numbers are searched in the memory of each node, because the database cannot index them: {Reason}")]
    public static partial void IndexFailed(this ILogger logger, int dimensions, string reason);

    [LoggerMessage(7103, LogLevel.Warning, "Which indexes of vectors are missing could not be found out: {Reason}")]
    public static partial void VectorsNotListed(this ILogger logger, string reason);
}
