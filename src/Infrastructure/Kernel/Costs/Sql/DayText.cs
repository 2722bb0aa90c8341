using System.Globalization;

namespace Idp.Infrastructure.Kernel.Costs.Sql;

/// <summary>Days as the tables of calls hold them: UTC, <c>2026-11-22</c>.</summary>
internal static class DayText
{
    /// <summary>The day of a moment.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
