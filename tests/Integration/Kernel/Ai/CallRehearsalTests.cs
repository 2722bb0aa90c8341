using Idp.Application.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Processes;
using Microsoft.Extensions.Logging;

namespace Idp.Integration.Kernel.Ai;

public sealed class CallRehearsalTests
{
    [Fact]
    public async Task A_rehearsal_goes_through_to_the_journal_and_leaves_nothing_behind()
    {
        using var log = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        var before = Leftovers();

        await new CallRehearsal(
            ProcessIdentity.Current(), new ModelIdentity("openai", "m", "http://model"), TimeProvider.System, factory.CreateLogger<CallRehearsal>())
            .WarmUpAsync(TestContext.Current.CancellationToken);

        log.All.ShouldStartWith("3011 ");
        Leftovers().ShouldBe(before);
    }

    private static int Leftovers() => Directory.GetDirectories(Path.GetTempPath(), "idp-rehearsal-*").Length;
}
