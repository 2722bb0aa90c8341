using System.CommandLine;
using Idp.Api.Kernel;
using Idp.Api.Kernel.Health;
using Idp.Api.Kernel.Settings;
using Idp.Application.Documents;
using Idp.Application.Retrieval.Ports;
using Idp.Infrastructure.Documents.Workers;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Work;
using MediatR;

namespace Idp.Api.CommandLine;

/// <summary><c>doctor</c>: says what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create(IReadOnlyDictionary<string, string?> settings)
    {
        var command = new Command("doctor", "Checks tools, storage, database, queue and providers, and says how to mend what is wrong.");
        command.SetAction((_, ct) => RunAsync(settings, ct));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken ct)
    {
        await using var services = LocalSession.BuildServices(settings);
        var isWell = true;
        var tools = services.GetRequiredService<RequiredTools>();
        await SayAsync("tools", FaultOf(tools.Missing), FaultOf(tools.Missing) is null ? null : RequiredTools.InstallCommand(tools.Missing));
        if (tools.MissingForSomeFiles.Count > 0)
        {
            await Console.Out.WriteLineAsync(
                $"{"",-10} some files need {NamesOf(tools.MissingForSomeFiles)} as well: {RequiredTools.InstallCommand(tools.MissingForSomeFiles)}");
        }

        await Startup.PrepareAsync(services, ct);
        await using var scope = services.CreateAsyncScope();
        foreach (var check in (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckStores(), ct)).Value ?? [])
        {
            await SayAsync(check.Name, check.Fault, mend: null);
        }

        var model = await services.GetRequiredService<ILanguageModelCheck>().LookAsync(ct);
        await SayAsync("model", model.Fault, mend: null);
        await Console.Out.WriteLineAsync($"{"",-10} {model.Description}");
        var embedding = services.GetService<ITextEmbedding>();
        await Console.Out.WriteLineAsync(
            $"{"embedding",-10} {(embedding is null ? "none: documents are found by their words alone (EMBEDDING__PROVIDER)" : $"{embedding.Identity.Model} at {embedding.Identity.Endpoint}")}");
        await Console.Out.WriteLineAsync($"{"providers",-10} queue {services.GetRequiredService<QueueOptions>().Provider}, role {services.GetRequiredService<NodeOptions>().Role}");
        await Console.Out.WriteLineAsync(isWell ? "Everything that is needed is there." : "Mend the above and run this again.");
        return isWell ? ExitCodes.Completed : ExitCodes.Failed;

        async Task SayAsync(string name, string? fault, string? mend)
        {
            isWell &= fault is null;
            await Console.Out.WriteLineAsync($"{name,-10} {fault ?? "ok"}");
            if (mend is not null)
            {
                await Console.Out.WriteLineAsync($"{"",-10} mend: {mend}");
            }
        }
    }

    private static string? FaultOf(IReadOnlyList<ToolStatus> missing) => missing.Count == 0 ? null : $"missing: {NamesOf(missing)}";

    private static string NamesOf(IReadOnlyList<ToolStatus> tools) => string.Join(", ", tools.Select(static tool => tool.Name));
}
