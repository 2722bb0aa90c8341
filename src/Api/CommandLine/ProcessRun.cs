using System.Text.Json;
using Idp.Api.Documents;
using Idp.Api.Extraction;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Spectre.Console;

namespace Idp.Api.CommandLine;

/// <summary>One run of <c>process</c>.</summary>
internal sealed class ProcessRun(ProcessPlan plan, IReadOnlyDictionary<string, string?> settings)
{
    private readonly IAnsiConsole _console = Consoles.For(plan.PrintsJson);

    /// <summary>Processes the files and shows what was read.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var session = await LocalSession.StartAsync(settings, ct);
        var outcomes = plan.Files.Select(path => new Outcome(path)).ToList();
        var startedAt = session.Clock.GetTimestamp();
        try
        {
            await UploadAsync(session, outcomes, ct);
            await WaitAsync(session, outcomes, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await CancelAsync(session, outcomes);
            await Console.Error.WriteLineAsync("Cancelled. What was read so far is kept; the same command takes it from there.");
            return ExitCodes.Failed;
        }

        var elapsed = session.Clock.GetElapsedTime(startedAt);
        foreach (var outcome in outcomes)
        {
            new ResultTable(_console).Show(outcome.Path, outcome.Overview, outcome.Result, outcome.Refusal);
        }

        _console.WriteLine($"{outcomes.Count} {(outcomes.Count == 1 ? "file" : "files")} in {elapsed.TotalSeconds:0.0} s");
        await WriteJsonAsync(outcomes, ct);
        return ExitCodeOf(outcomes.Select(outcome => outcome.Overview?.Document.Status));
    }

    /// <summary>The exit code for documents in these states; null stands for a file that was not taken in.</summary>
    internal static int ExitCodeOf(IEnumerable<DocumentStatus?> states)
    {
        var known = states.ToList();
        return known.TrueForAll(state => state == DocumentStatus.Completed) ? ExitCodes.Completed
            : known.TrueForAll(state => state is DocumentStatus.Completed or DocumentStatus.Partial) ? ExitCodes.Partial
            : ExitCodes.Failed;
    }

    private async Task UploadAsync(LocalSession session, List<Outcome> outcomes, CancellationToken ct)
    {
        foreach (var outcome in outcomes)
        {
            var uploaded = await session.UploadAsync(outcome.Path, plan.Kind, plan.BudgetUsd, ct);
            (outcome.Id, outcome.Refusal) = (uploaded.Value?.Id, uploaded.Error);
        }
    }

    private async Task WaitAsync(LocalSession session, List<Outcome> outcomes, CancellationToken ct)
    {
        var accepted = outcomes.Where(outcome => outcome.Id is not null).ToList();
        var ids = accepted.Select(outcome => outcome.Id!.Value).ToList();
        var ended = await ProgressDisplay.ShowAsync(_console, [.. accepted.Select(outcome => outcome.Path)], report =>
            session.WaitAsync(ids, overview => report(ids.IndexOf(overview.Document.Id), overview.Document), ct));
        foreach (var (outcome, overview) in accepted.Zip(ended))
        {
            outcome.Overview = overview;
            outcome.Result = await session.ResultAsync(overview.Document.Id, ct);
        }
    }

    private static async Task CancelAsync(LocalSession session, List<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Id is { } id)
            {
                await session.SendAsync(new CancelDocument(id), CancellationToken.None);
            }
        }
    }

    private async Task WriteJsonAsync(List<Outcome> outcomes, CancellationToken ct)
    {
        if (plan.Json is null)
        {
            return;
        }

        IReadOnlyList<ProcessedDocumentBody> bodies = [.. outcomes.Select(static outcome => outcome.ToBody())];
        var text = JsonSerializer.Serialize(bodies, ApiJson.Relaxed.IReadOnlyListProcessedDocumentBody);
        if (plan.PrintsJson)
        {
            await Console.Out.WriteLineAsync(text);
        }
        else
        {
            await File.WriteAllTextAsync(plan.Json, text + "\n", ct);
        }
    }

    private sealed class Outcome(string path)
    {
        public string Path { get; } = path;

        public DocumentId? Id { get; set; }

        public Error? Refusal { get; set; }

        public DocumentOverview? Overview { get; set; }

        public DocumentResult? Result { get; set; }

        public ProcessedDocumentBody ToBody() => new(
            Overview is null ? null : DocumentBody.From(Overview),
            Result is null ? null : ResultBody.From(Result))
        {
            FileName = Refusal is null ? null : System.IO.Path.GetFileName(Path),
            Problem = Refusal?.ToBody(instance: null, traceId: null),
        };
    }
}
