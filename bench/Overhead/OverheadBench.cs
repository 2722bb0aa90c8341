using System.Net.Http.Headers;
using Idp.Application.Kernel.Ai;
using Idp.Bench.Reporting;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;

namespace Idp.Bench.Overhead;

/// <summary>CPU of calls through <see cref="ILanguageModel"/> against that of bare HTTP requests with the same bodies.</summary>
internal static class OverheadBench
{
    private const int AtOnce = 16;

    /// <summary>So many that the compiler has done its work: a call is to be measured, not its first thousands of repetitions.</summary>
    private const int WarmUpCalls = 5000;

    /// <summary>A document of some size; every answer adds up what its document cost so far.</summary>
    private const int CallsOfDocument = 10;

    /// <summary>Runs the bench and prints its table.</summary>
    public static async Task RunAsync(BenchSettings settings, CancellationToken ct)
    {
        await using var simulator = await SimulatorProcess.StartAsync(ct);
        await using var host = await ModelHost.StartAsync(simulator.BaseUrl, ct);
        using var http = new HttpClient();
        await RoundAsync(simulator, host.Model, http, 0, WarmUpCalls, ct);
        var rounds = new List<OverheadRound>();
        for (var repeat = 1; repeat <= settings.Repeats; repeat++)
        {
            rounds.Add(await RoundAsync(simulator, host.Model, http, WarmUpCalls + (repeat * settings.Calls), settings.Calls, ct));
            Console.WriteLine(FormattableString.Invariant($"{repeat}. {rounds[^1].Ours.TotalMilliseconds:0.000} ms of CPU a call, bare {rounds[^1].Bare.TotalMilliseconds:0.000} ms"));
        }

        var table = new Table("ours ÷ bare", "difference, ms of CPU a call", "ours, ms", "bare HttpClient, ms", "calls");
        table.Add(
            Of(rounds.Select(static round => round.Ours / round.Bare), "0.0"),
            Of(rounds.Select(static round => (round.Ours - round.Bare).TotalMilliseconds), "0.000"),
            Of(rounds.Select(static round => round.Ours.TotalMilliseconds), "0.000"),
            Of(rounds.Select(static round => round.Bare.TotalMilliseconds), "0.000"),
            Of([settings.Calls], "0"));
        Console.WriteLine($"\n{table}");
    }

    private static async Task<OverheadRound> RoundAsync(SimulatorProcess simulator, ILanguageModel model, HttpClient http, int first, int calls, CancellationToken ct)
    {
        var tasks = Enumerable.Range(first, calls).Select(static number => new NoteTask(number)).ToList();
        var ours = await CpuPerItemAsync(
            tasks,
            async (task, token) =>
            {
                var document = FormattableString.Invariant($"doc_{task.Number / CallsOfDocument}");
                var answer = await model.AskAsync(task, new CallContext(document, Priority.Normal, [BudgetScope.Of(document)]), token);
                answer.Match(static told => told.PaidCalls, static error => throw new InvalidOperationException(error.ToString())).ShouldBe(1);
            },
            ct);
        var bodies = await simulator.TakeBodiesAsync(ct);
        bodies.Count.ShouldBe(calls);
        var address = new Uri($"{simulator.BaseUrl}/chat/completions");
        var bare = await CpuPerItemAsync(
            bodies,
            async (body, token) =>
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                using var response = await http.PostAsync(address, content, token);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync(token);
            },
            ct);
        await simulator.TakeBodiesAsync(ct);
        return new OverheadRound(ours, bare);
    }

    /// <summary>CPU time of this process, by the number of items.</summary>
    private static async Task<TimeSpan> CpuPerItemAsync<TItem>(IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task> workAsync, CancellationToken ct)
    {
        // Garbage of the preparation must not be collected on the account of the calls.
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        await Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (item, token) => await workAsync(item, token));
        return (Environment.CpuUsage.TotalTime - before) / items.Count;
    }

    private static string Of(IEnumerable<double> figures, string format) => new Spread(figures).Print(format);

    private sealed record OverheadRound(TimeSpan Ours, TimeSpan Bare);
}
