using System.Diagnostics;
using System.Globalization;
using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Integration.Kernel;

public sealed class KilledProcessTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_killed_process_is_dead_even_while_its_parent_has_not_taken_notice()
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, ArgumentList = { "-c", "sleep 600 & echo $!; exec sleep 600" } };
        using var parent = Process.Start(start).ShouldNotBeNull();
        try
        {
            var childId = int.Parse((await parent.StandardOutput.ReadLineAsync(ct)).ShouldNotBeNull(), CultureInfo.InvariantCulture);
            var child = ProcessIdentity.Of(childId).ShouldNotBeNull();
            child.IsKnownDead().ShouldBeFalse();

            using (var process = Process.GetProcessById(childId))
            {
                process.Kill();
            }

            while (!child.IsKnownDead())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
            }

            // Still listed: the parent, which has become another program, never asks for the exit code.
            Directory.Exists($"/proc/{childId}").ShouldBeTrue();
        }
        finally
        {
            parent.Kill();
        }
    }
}
