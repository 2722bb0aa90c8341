using Idp.Api.Kernel.Json;
using Idp.Domain.Kernel.Concurrency;

namespace Idp.Api.CommandLine;

/// <summary>What a probe found out.</summary>
/// <param name="Verdict"><c>parallel</c>, <c>queued</c>, <c>partly_queued</c>, <c>rejecting</c> or <c>unknown</c>.</param>
/// <param name="RecommendedLimit">Calls at once; null when nothing can be said.</param>
/// <param name="Levels">By rising concurrency.</param>
internal sealed record ProbeBody(string Verdict, int? RecommendedLimit, IReadOnlyList<ProbeLevelBody> Levels)
{
    public static ProbeBody From(ProbeReport report) => new(report.Verdict.Print(), report.RecommendedLimit, [.. report.Levels.Select(ProbeLevelBody.From)]);
}

/// <summary>What came of so many calls at once; times in seconds.</summary>
internal sealed record ProbeLevelBody(
    int Concurrency, int Answered, int Rejected, int Failed, double WallSeconds, double MedianSeconds, double LongestSeconds, double AnswersPerSecond)
{
    public static ProbeLevelBody From(ProbeLevel level) => new(
        level.Concurrency, level.Answered, level.Rejected, level.Failed, Rounded(level.Wall.TotalSeconds), Rounded(level.MedianLatency.TotalSeconds),
        Rounded(level.LongestLatency.TotalSeconds), Rounded(level.Throughput));

    private static double Rounded(double value) => Math.Round(value, 3);
}
