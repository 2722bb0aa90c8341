using Idp.Application.Documents;
using Idp.Domain.Documents;
using Spectre.Console;

namespace Idp.Api.CommandLine;

/// <summary>Shows how far documents are: bars on a terminal, a line a change elsewhere.</summary>
internal static class ProgressDisplay
{
    private const int LongestName = 40;

    /// <summary>Runs <paramref name="work"/> and shows what it reports.</summary>
    /// <param name="console">Where.</param>
    /// <param name="paths">The files, in the order of the indices that are reported.</param>
    /// <param name="work">Is given the function that reports; its answer is passed on.</param>
    public static Task<IReadOnlyList<DocumentOverview>> ShowAsync(
        IAnsiConsole console, IReadOnlyList<string> paths, Func<Action<int, Document>, Task<IReadOnlyList<DocumentOverview>>> work)
    {
        if (paths.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<DocumentOverview>>([]);
        }

        return console.Profile.Out.IsTerminal ? BarsAsync(console, paths, work) : LinesAsync(console, paths, work);
    }

    private static Task<IReadOnlyList<DocumentOverview>> BarsAsync(
        IAnsiConsole console, IReadOnlyList<string> paths, Func<Action<int, Document>, Task<IReadOnlyList<DocumentOverview>>> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bars = paths.Select(path => context.AddTask(Markup.Escape(NameOf(path)))).ToList();
                return work((index, document) =>
                {
                    bars[index].Description = Markup.Escape($"{NameOf(paths[index])}  {Describe(document)}");
                    bars[index].Value = document.IsTerminal ? bars[index].MaxValue : document.Percent;
                });
            });

    private static async Task<IReadOnlyList<DocumentOverview>> LinesAsync(
        IAnsiConsole console, IReadOnlyList<string> paths, Func<Action<int, Document>, Task<IReadOnlyList<DocumentOverview>>> work)
    {
        var shown = new string[paths.Count];
        return await work((index, document) =>
        {
            var line = $"{NameOf(paths[index])}: {Describe(document)}";
            if (shown[index] != line)
            {
                shown[index] = line;
                console.WriteLine(line);
            }
        });
    }

    private static string Describe(Document document) => document switch
    {
        { IsTerminal: true } => document.Status.ToString().ToLowerInvariant(),
        { Status: DocumentStatus.Queued } => "queued",
        { TotalPages: { } total } => $"{document.CurrentStage} {document.PagesProcessed}/{total}",
        _ => document.CurrentStage,
    };

    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        return name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName - 1), "…");
    }
}
