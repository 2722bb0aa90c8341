using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Domain.Research;
using Idp.Unit.Kernel;
using Idp.Unit.Research;

namespace Idp.Integration.Research;

/// <summary>What every store of research promises.</summary>
public abstract class ResearchRepositoryContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly Error Problem = WebSearchErrors.PlanLimit();

    protected abstract ManualTimeProvider Clock { get; }

    protected abstract IResearchRepository Research { get; }

    protected abstract IWorkQueue Queue { get; }

    protected abstract IEventLog Events { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The same store as another node sees it, through connections of its own, with its queue.</summary>
    protected abstract (IResearchRepository Research, IWorkQueue Queue) AnotherNode();

    [Fact]
    public async Task A_job_comes_back_whole_with_its_number_and_its_companies_counted()
    {
        var first = await GivenAsync("a");
        var job = await GivenAsync("Überpost 日本", "b");

        var found = (await Research.FindAsync(job.Id, Ct)).ShouldNotBeNull();

        found.Job.ShouldBe(job);
        job.Number.ShouldBe(first.Number + 1);
        found.Counts.ShouldBe(new JobCounts(2, 2, 0, 0, 0, 0));
        (await Research.FindByNumberAsync(job.Number, Ct)).ShouldBe(job.Id);
        (await Research.ListCompaniesAsync(new CompanyQuery(job.Id, null, null, 10), Ct)).Select(company => (company.Row, company.Name, company.Country)).ShouldBe(
            [(1, "Überpost 日本", "Norway"), (2, "b", "Norway")]);
    }

    [Fact]
    public async Task What_is_unknown_is_not_found()
    {
        (await Research.FindAsync(StrongId.New<JobId>(Clock), Ct)).ShouldBeNull();
        (await Research.FindByNumberAsync(4711, Ct)).ShouldBeNull();
        (await Research.FindCompanyAsync(StrongId.New<CompanyId>(Clock), Ct)).ShouldBeNull();
        (await Research.CancelAsync(StrongId.New<JobId>(Clock), ResearchEvents.OfJob, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_from_a_cursor()
    {
        var ids = new List<JobId>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            ids.Add((await GivenAsync(name)).Id);
        }

        var listed = await Research.ListAsync(null, 2, Ct);

        listed.Select(standing => standing.Job.Id).ShouldBe([ids[2], ids[1]]);
        (await Research.ListAsync(ids[1], 2, Ct)).Select(standing => standing.Job.Id).ShouldBe([ids[0]]);
    }

    [Fact]
    public async Task Companies_are_worked_on_in_the_order_of_their_rows_and_jobs_take_turns()
    {
        await GivenAsync("a1", "a2", "a3");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await GivenAsync("b1");

        var order = new List<string>();
        while (await Queue.ClaimAsync(ResearchSteps.SearchPool, Lease, Ct) is { } item)
        {
            order.Add((await CompanyOf(item)).Name);
        }

        order.ShouldBe(["a1", "b1", "a2", "a3"]);
    }

    [Fact]
    public async Task A_step_ends_together_with_the_next_steps_work()
    {
        await GivenAsync("a");
        var item = await ClaimAsync();
        var company = await CompanyOf(item);

        (await SaveAsync(company.WithSearch(2, Clock.GetUtcNow()), item)).ShouldBeTrue();

        var found = (await Research.FindCompanyAsync(company.Id, Ct)).ShouldNotBeNull();
        (found.Company.Status, found.Company.SearchCredits, found.Company.Version).ShouldBe((CompanyStatus.Searched, 2, 1));
        (await Queue.ClaimAsync(ResearchSteps.SearchPool, Lease, Ct)).ShouldBeNull();
        (await Queue.ClaimAsync(ResearchSteps.AnalysisPool, Lease, Ct)).ShouldNotBeNull().Subject.ShouldBe(company.Id.ToString());
        (await Events.ReadAsync(company.JobId.ToString(), 0, 10, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_of_an_older_version_or_without_the_lease_does_nothing()
    {
        await GivenAsync("a");
        var item = await ClaimAsync();
        var company = await CompanyOf(item);
        var done = company.WithFindings(Findings(50), Clock.GetUtcNow());

        (await SaveAsync(done with { Version = 7 }, item)).ShouldBeFalse();
        await Queue.ReleaseAsync(item.Id, Ct);
        (await SaveAsync(done, item)).ShouldBeFalse();

        (await Research.FindCompanyAsync(company.Id, Ct)).ShouldNotBeNull().Company.ShouldBe(company);
    }

    [Fact]
    public async Task The_last_company_ends_the_job_and_tells_it()
    {
        var job = await GivenAsync("a", "b");
        await EndAsync(company => company.WithFindings(Findings(85), Clock.GetUtcNow()));
        (await StandingOf(job)).Job.Status.ShouldBe(JobStatus.Processing);

        await EndAsync(company => company.WithProblem(Problem, Clock.GetUtcNow()));

        var ended = await StandingOf(job);
        (ended.Job.Status, ended.Job.EndedAt, ended.SearchCredits).ShouldBe((JobStatus.Partial, Clock.GetUtcNow(), 0));
        ended.Tiers.ShouldBe([new TierCount("HOT", 1)]);
        (await Events.ReadAsync(job.Id.ToString(), 0, 10, Ct)).Select(logged => logged.Name).ShouldBe(["company_completed", "company_completed", "job_completed"]);
    }

    [Fact]
    public async Task Findings_come_back_as_they_were_stored()
    {
        await GivenAsync("a");
        var findings = Findings(61) with
        {
            Reasons = [new("Größe", "https://ä.example/?q=1", "“quote”", true), new("b", "", "", false)],
            Sources = [new("https://ä.example/?q=1", "Title", 0.812)],
            Remarks = ["one"],
        };

        var company = await EndAsync(company => company.WithFindings(findings, Clock.GetUtcNow()));

        (await Research.FindCompanyAsync(company.Id, Ct)).ShouldNotBeNull().Company.Findings.ShouldBe(findings);
    }

    [Fact]
    public async Task Companies_that_end_on_several_nodes_at_once_end_the_job_once()
    {
        const int Companies = 24;
        var job = await GivenAsync([.. Enumerable.Range(0, Companies).Select(index => $"c{index}")]);
        (IResearchRepository, IWorkQueue)[] nodes = [(Research, Queue), AnotherNode(), AnotherNode()];

        await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 4).Select(_ => Task.Run(() => EndAllAsync(node.Item1, node.Item2), Ct))));

        (await StandingOf(job)).Counts.Completed.ShouldBe(Companies);
        (await StandingOf(job)).Job.Status.ShouldBe(JobStatus.Completed);
        var told = await Events.ReadAsync(job.Id.ToString(), 0, 100, Ct);
        told.Count(logged => logged.Name == "company_completed").ShouldBe(Companies);
        told.Count(logged => logged.Name == "job_completed").ShouldBe(1);
        told[^1].Name.ShouldBe("job_completed");
    }

    [Fact]
    public async Task Companies_are_listed_by_score_from_a_cursor_and_by_tier()
    {
        var job = await GivenAsync("a", "b", "c", "d");
        foreach (var score in (int[])[40, 90, 40])
        {
            await EndAsync(company => company.WithFindings(Findings(score), Clock.GetUtcNow()));
        }

        (await ListAsync(new CompanyQuery(job.Id, null, null, 10))).ShouldBe(["b", "a", "c", "d"]);
        (await ListAsync(new CompanyQuery(job.Id, null, new CompanyCursor(40, 1), 10))).ShouldBe(["c", "d"]);
        (await ListAsync(new CompanyQuery(job.Id, "WATCH", null, 1))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Cancelling_stops_what_has_not_ended_and_keeps_what_has()
    {
        var job = await GivenAsync("a", "b", "c");
        await EndAsync(company => company.WithFindings(Findings(85), Clock.GetUtcNow()));
        var inHand = await ClaimAsync();

        var cancelled = (await Research.CancelAsync(job.Id, ResearchEvents.OfJob, Ct)).ShouldNotBeNull();

        cancelled.Count.ShouldBe(2);
        cancelled.ShouldContain((await CompanyOf(inHand)).Id);
        (await Queue.RenewAsync(inHand.Id, Lease, Ct)).ShouldBeFalse();
        (await Queue.ClaimAsync(ResearchSteps.SearchPool, Lease, Ct)).ShouldBeNull();
        ((await StandingOf(job)).Job.Status, (await StandingOf(job)).Counts).ShouldBe((JobStatus.Cancelled, new JobCounts(3, 0, 0, 1, 0, 2)));
        (await Events.ReadAsync(job.Id.ToString(), 0, 10, Ct))[^1].Name.ShouldBe("job_completed");
    }

    [Fact]
    public async Task Stopping_fails_what_waits_and_lets_go_on_what_is_in_hand()
    {
        var job = await GivenAsync("a", "b", "c");
        var inHand = await ClaimAsync();

        (await Research.StopAsync(job.Id, Problem, stopsAnalyses: true, ResearchEvents.OfJob, Ct)).ShouldBe(2);

        var stopped = await StandingOf(job);
        (stopped.Job.Status, stopped.Job.StoppedBy, stopped.Counts).ShouldBe((JobStatus.Processing, Problem, new JobCounts(3, 1, 0, 0, 2, 0)));
        (await SaveAsync((await CompanyOf(inHand)).WithFindings(Findings(85), Clock.GetUtcNow()), inHand)).ShouldBeTrue();
        (await StandingOf(job)).Job.Status.ShouldBe(JobStatus.Partial);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Stopping_searches_lets_those_go_on_that_are_searched(bool stopsAnalyses, int failed)
    {
        var job = await GivenAsync("a", "b");
        var item = await ClaimAsync();
        await SaveAsync((await CompanyOf(item)).WithSearch(1, Clock.GetUtcNow()), item);

        (await Research.StopAsync(job.Id, Problem, stopsAnalyses, ResearchEvents.OfJob, Ct)).ShouldBe(failed);

        ((await Queue.ClaimAsync(ResearchSteps.AnalysisPool, Lease, Ct)) is null).ShouldBe(stopsAnalyses);
    }

    [Fact]
    public async Task Only_the_failed_are_run_again_and_the_job_with_them()
    {
        var job = await GivenAsync("a", "b", "c");
        await EndAsync(company => company.WithFindings(Findings(85), Clock.GetUtcNow()));
        await Research.StopAsync(job.Id, Problem, stopsAnalyses: true, ResearchEvents.OfJob, Ct);

        (await Research.RetryFailedAsync(job.Id, company => CompanyWork.First(company, Clock.GetUtcNow(), Clock), Ct)).ShouldBe(2);

        var again = await StandingOf(job);
        (again.Job.Status, again.Job.StoppedBy, again.Job.EndedAt, again.Counts).ShouldBe((JobStatus.Processing, null, null, new JobCounts(3, 2, 0, 1, 0, 0)));
        var company = await CompanyOf(await ClaimAsync());
        (company.Attempts, company.Problem, company.Status).ShouldBe((2, null, CompanyStatus.Queued));
        (await Research.RetryFailedAsync(job.Id, company => CompanyWork.First(company, Clock.GetUtcNow(), Clock), Ct)).ShouldBe(0);
    }

    private static CompanyFindings Findings(int score) => new(Rubrics.Small.TierOf(score).Name, score, "Bakery", [], [], []);

    private async Task<ResearchJob> GivenAsync(params string[] names)
    {
        var now = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var job = new ResearchJob(
            StrongId.New<JobId>(Clock), 0, "list.csv", "someone", Rubrics.Small, 0.125m, [new RowReport(3, ResearchErrors.BlankRow())], JobStatus.Processing, null, false, now, now, null);
        var companies = names.Select((name, index) => Company.Received(StrongId.New<CompanyId>(Clock), job.Id, new ListedCompany(index + 1, name, "Norway"), now));
        return await Research.AddAsync(job, companies.Select(company => new CompanyArrival(company, CompanyWork.First(company, now, Clock))).ToValueList(), Ct);
    }

    private async Task<WorkItem> ClaimAsync() => (await Queue.ClaimAsync(ResearchSteps.SearchPool, Lease, Ct)).ShouldNotBeNull();

    private async Task<Company> CompanyOf(WorkItem item) => (await Research.FindCompanyAsync(StrongId.Parse<CompanyId>(item.Subject), Ct)).ShouldNotBeNull().Company;

    private async Task<JobStanding> StandingOf(ResearchJob job) => (await Research.FindAsync(job.Id, Ct)).ShouldNotBeNull();

    private async Task<IEnumerable<string>> ListAsync(CompanyQuery query) => (await Research.ListCompaniesAsync(query, Ct)).Select(company => company.Name);

    private Task<bool> SaveAsync(Company next, WorkItem item) => Research.SaveAsync(
        new CompanyChange(next, item.Id) { NextWork = next.IsOpen ? CompanyWork.Next(item, Clock.GetUtcNow(), Clock) : null }, ResearchEvents.OfCompany(next), Ct);

    private async Task<Company> EndAsync(Func<Company, Company> end)
    {
        var item = await ClaimAsync();
        var company = await CompanyOf(item);
        (await SaveAsync(end(company), item)).ShouldBeTrue();
        return company;
    }

    private async Task EndAllAsync(IResearchRepository research, IWorkQueue queue)
    {
        while (await queue.ClaimAsync(ResearchSteps.SearchPool, Lease, Ct) is { } item)
        {
            var company = (await research.FindCompanyAsync(StrongId.Parse<CompanyId>(item.Subject), Ct)).ShouldNotBeNull().Company;
            var done = company.WithFindings(Findings(50), Clock.GetUtcNow());
            (await research.SaveAsync(new CompanyChange(done, item.Id), ResearchEvents.OfCompany(done), Ct)).ShouldBeTrue();
        }
    }
}
