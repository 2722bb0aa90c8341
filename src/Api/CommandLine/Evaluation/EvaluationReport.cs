namespace Idp.Api.CommandLine.Evaluation;

/// <summary>What an evaluation measured.</summary>
/// <param name="MeasuredAt">RFC 3339, UTC.</param>
/// <param name="Groups">One entry a group of files.</param>
internal sealed record EvaluationReport(string MeasuredAt, IReadOnlyList<GroupReport> Groups);

/// <summary>What one group of files measured.</summary>
/// <param name="Set">The set's folder.</param>
/// <param name="Group">E.g. <c>scanned</c>.</param>
/// <param name="Documents">Files.</param>
/// <param name="NotCompleted">Files that ended otherwise than completed or partial; they count as read with nothing found.</param>
/// <param name="Pages">Pages of all files.</param>
/// <param name="SecondsPerPage">Wall time of the group over its pages, as many files at once as the settings allow.</param>
/// <param name="Figures">By name; null where there was nothing to measure.</param>
/// <param name="Fields">F1 by field.</param>
internal sealed record GroupReport(
    string Set, string Group, int Documents, int NotCompleted, int Pages, double? SecondsPerPage,
    IReadOnlyDictionary<string, double?> Figures, IReadOnlyDictionary<string, double> Fields);
