using System.CommandLine;
using Idp.Api.Kernel;
using Idp.Api.Kernel.Health;
using Idp.Api.Kernel.Settings;
using Idp.Application.Documents;
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
        await SayAsync("tools", tools.Missing.Count == 0 ? null : $"missing: {string.Join(", ", tools.Missing.Select(tool => tool.Name))}", tools.Missing.Select(tool => tool.Mend).Distinct());
        await Startup.PrepareAsync(services, ct);
        await using var scope = services.CreateAsyncScope();
        foreach (var check in (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CheckStores(), ct)).Value ?? [])
        {
            await SayAsync(check.Name, check.Fault, []);
        }

        await Console.Out.WriteLineAsync($"providers  model {services.GetRequiredService<LanguageModelOptions>().Provider}, "
            + $"queue {services.GetRequiredService<QueueOptions>().Provider}, role {services.GetRequiredService<NodeOptions>().Role}");
        await Console.Out.WriteLineAsync(isWell ? "Everything that is needed is there." : "Mend the above and run this again.");
        return isWell ? ExitCodes.Completed : ExitCodes.Failed;

        async Task SayAsync(string name, string? fault, IEnumerable<string> mends)
        {
            isWell &= fault is null;
            await Console.Out.WriteLineAsync($"{name,-10} {fault ?? "ok"}");
            foreach (var mend in mends)
            {
                await Console.Out.WriteLineAsync($"{string.Empty,-10} mend: {mend}");
            }
        }
    }
}
