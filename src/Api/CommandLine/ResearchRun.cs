using System.Globalization;
using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Api.Research;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Spectre.Console;

namespace Idp.Api.CommandLine;

/// <summary>One run of <c>research</c>.</summary>
/// <param name="path">The list of companies.</param>
/// <param name="rubric">What they are scored by; null for the built-in rubric.</param>
/// <param name="budgetUsd">The most that all may cost together; null for no limit.</param>
/// <param name="json">Where the JSON goes; null for nowhere.</param>
/// <param name="settings">What the command line says of settings.</param>
internal sealed class ResearchRun(string path, string? rubric, decimal? budgetUsd, string? json, IReadOnlyDictionary<string, string?> settings)
{
    private const int PageSize = 500;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole _console = Consoles.For(json == ProcessCommand.StandardOutput);

    /// <summary>Researches the companies and shows what was found.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var session = await LocalSession.StartAsync(settings, ct);
        var started = await StartAsync(session, ct);
        if (!started.IsSuccess)
        {
            await Console.Error.WriteLineAsync($"{Path.GetFileName(path)}: {started.Error.Message} ({started.Error.Code})");
            foreach (var fault in started.Error.Fields)
            {
                await Console.Error.WriteLineAsync($"{fault.Field}: {fault.Message}");
            }

            return ExitCodes.Failed;
        }

        var job = started.Value.Standing.Job;
        foreach (var report in job.Reports)
        {
            _console.Write(Consoles.Plain($"Row {report.Row}: {report.Problem.Message}"));
            _console.WriteLine();
        }

        try
        {
            var ended = await WaitAsync(session, job.Id, ct);
            var companies = await ListAsync(session, job.Id, ct);
            Show(ended, companies);
            await WriteJsonAsync(session, ended, companies, ct);
            return ExitCodeOf(ended.Standing.Job.Status);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await session.SendAsync(new CancelResearchJob(job.Id), CancellationToken.None);
            await Console.Error.WriteLineAsync("Cancelled. Searches and analyses that were paid are kept and serve the next run.");
            return ExitCodes.Failed;
        }
    }

    private static int ExitCodeOf(JobStatus status) => status switch
    {
        JobStatus.Completed => ExitCodes.Completed,
        JobStatus.Partial => ExitCodes.Partial,
        _ => ExitCodes.Failed,
    };

    private static async Task<IReadOnlyList<CompanyOverview>> ListAsync(LocalSession session, JobId id, CancellationToken ct)
    {
        var companies = new List<CompanyOverview>();
        for (CompanyCursor? cursor = null; ;)
        {
            var page = (await session.SendAsync(new ListCompanies(id, Tier: null, cursor, PageSize), ct)).Value;
            companies.AddRange(page?.Items ?? []);
            cursor = page?.NextCursor;
            if (cursor is null)
            {
                return companies;
            }
        }
    }

    private async Task<Result<JobOverview>> StartAsync(LocalSession session, CancellationToken ct)
    {
        await using var content = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        var list = await session.SendAsync(new ReadCompanyList(content), ct);
        return list.IsSuccess ? await session.SendAsync(new StartResearch(list.Value, Path.GetFileName(path), SubmittedBy: null, rubric, budgetUsd), ct) : list.Error;
    }

    private async Task<JobOverview> WaitAsync(LocalSession session, JobId id, CancellationToken ct)
    {
        var shown = string.Empty;
        while (true)
        {
            var overview = (await session.SendAsync(new GetResearchJob(id), ct)).Value ?? throw new InvalidOperationException($"Job {id} is gone.");
            var counts = overview.Standing.Counts;
            var line = string.Create(CultureInfo.InvariantCulture, $"{counts.Total - counts.Open} of {counts.Total} companies, {JobProgress.PercentOf(overview.Standing)} %");
            if (line != shown)
            {
                shown = line;
                _console.WriteLine(line);
            }

            if (overview.Standing.Job.HasEnded)
            {
                return overview;
            }

            await Task.Delay(LookInterval, session.Clock, ct);
        }
    }

    private void Show(JobOverview overview, IReadOnlyList<CompanyOverview> companies)
    {
        var table = new Table().AddColumns("Company", "Tier", "Score", "Classification", "Why").Border(TableBorder.Ascii);
        foreach (var company in companies.Select(static entry => entry.Company))
        {
            var findings = company.Findings;
            var why = findings switch
            {
                null => company.Problem?.Message ?? company.Status.Print(),
                { Reasons: [var reason, ..] } => $"{reason.Text}: {reason.Quote} ({reason.SourceUrl})",
                { Remarks: [var remark, ..] } => remark,
                _ => string.Empty,
            };
            table.AddRow(
                Consoles.Plain(company.Name), Consoles.Plain(findings?.Tier ?? string.Empty),
                Consoles.Plain(findings?.Score.ToString(CultureInfo.InvariantCulture) ?? string.Empty), Consoles.Plain(findings?.Classification ?? string.Empty), Consoles.Plain(why));
        }

        _console.Write(table);
        var standing = overview.Standing;
        var tiers = string.Join(", ", standing.Tiers.Select(static tier => $"{tier.Tier} {tier.Count}"));
        _console.WriteLine($"{standing.Job.Status.Print()}: {standing.Counts.Completed} of {standing.Counts.Total} companies ({tiers}); cost ${overview.Cost.Amount.Print()}, {standing.SearchCredits} search credits");
        if (standing.Job.StoppedBy is { } problem)
        {
            _console.Write(Consoles.Plain(problem.Message));
            _console.WriteLine();
        }
    }

    private async Task WriteJsonAsync(LocalSession session, JobOverview overview, IReadOnlyList<CompanyOverview> companies, CancellationToken ct)
    {
        if (json is null)
        {
            return;
        }

        var body = new ResearchedListBody(JobBody.From(overview, session.Clock.GetUtcNow()), [.. companies.Select(CompanyBody.From)]);
        var text = JsonSerializer.Serialize(body, ApiJson.Relaxed.ResearchedListBody);
        if (json == ProcessCommand.StandardOutput)
        {
            await Console.Out.WriteLineAsync(text);
        }
        else
        {
            await File.WriteAllTextAsync(json, text + "\n", ct);
        }
    }
}
