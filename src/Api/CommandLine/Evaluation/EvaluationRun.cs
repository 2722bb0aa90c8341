using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Spectre.Console;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Ground truth that does not have the form that its set should have.</summary>
internal sealed class BadGroundTruthException(string path, Exception innerException)
    : Exception($"'{path}' is not the ground truth that its set should have: {innerException.Message}", innerException);

/// <summary>Runs the files of sets through the real use cases, in a storage of its own, and compares what comes out with the truth.</summary>
internal sealed class EvaluationRun(LocalSession session, IAnsiConsole console)
{
    private const int Digits = 4;

    /// <summary>Measures all groups of the sets.</summary>
    /// <param name="sets">The sets with their folders.</param>
    /// <param name="ct">Cancels the run.</param>
    /// <exception cref="BadGroundTruthException">A ground truth cannot be read.</exception>
    public async Task<EvaluationReport> RunAsync(IReadOnlyList<(IEvaluationSet Set, string Folder)> sets, CancellationToken ct)
    {
        var groups = new List<GroupReport>();
        foreach (var (set, folder) in sets)
        {
            foreach (var group in set.GroupsIn(folder))
            {
                groups.Add(await MeasureAsync(set, group, ct));
            }
        }

        return new EvaluationReport(session.Clock.GetUtcNow().Print(), groups);
    }

    private async Task<GroupReport> MeasureAsync(IEvaluationSet set, EvaluationGroup group, CancellationToken ct)
    {
        var startedAt = session.Clock.GetTimestamp();
        var ids = new List<DocumentId?>();
        foreach (var item in group.Cases)
        {
            ids.Add((await session.UploadAsync(item.File, set.Kind, null, ct)).Value?.Id);
        }

        var known = ids.OfType<DocumentId>().ToList();
        var paths = group.Cases.Where((_, index) => ids[index] is not null).Select(static item => item.File).ToList();
        var ended = await ProgressDisplay.ShowAsync(console, paths, report =>
            session.WaitAsync(known, overview => report(known.IndexOf(overview.Document.Id), overview.Document), ct));
        var elapsed = session.Clock.GetElapsedTime(startedAt);

        var score = set.BeginGroup(group.Name);
        var overviews = ended.ToDictionary(static overview => overview.Document.Id);
        foreach (var (item, id) in group.Cases.Zip(ids))
        {
            if (id is { } accepted)
            {
                await ScoreAsync(score, item, overviews[accepted], ct);
            }
        }

        var pages = ended.Sum(static overview => overview.Document.TotalPages ?? 0);
        return new GroupReport(
            set.Name, group.Name, group.Cases.Count,
            group.Cases.Count - ended.Count(static overview => overview.Document.Status is DocumentStatus.Completed or DocumentStatus.Partial),
            pages, pages == 0 ? null : Math.Round(elapsed.TotalSeconds / pages, Digits),
            score.Figures().ToDictionary(static figure => figure.Name, static figure => figure.Value is { } value ? Math.Round(value, Digits) : (double?)null, StringComparer.Ordinal),
            score.FieldFigures().ToDictionary(static figure => figure.Name, static figure => Math.Round(figure.Value, Digits), StringComparer.Ordinal));
    }

    private async Task ScoreAsync(IGroupScore score, EvaluationCase item, DocumentOverview overview, CancellationToken ct)
    {
        var id = overview.Document.Id;
        var result = await session.SendAsync(new GetResult(id), ct);
        var map = await session.SendAsync(new GetAccounts(id), ct);
        var pages = new List<Page>();
        for (var number = 1; number <= (overview.Document.TotalPages ?? 0); number++)
        {
            if ((await session.SendAsync(new GetPage(id, number), ct)).Value is { } page)
            {
                pages.Add(page);
            }
        }

        try
        {
            using var truth = JsonDocument.Parse(await File.ReadAllBytesAsync(item.Truth, ct));
            score.Add(truth, new EvaluatedDocument(overview, result.Value?.Result ?? new ExtractionResult([]), map.Value?.Map ?? new PageMap([], []), pages));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BadGroundTruthException(item.Truth, exception);
        }
    }
}
