using Idp.Api.CommandLine;
using Idp.Domain.Documents;

namespace Idp.Unit.CommandLine;

public sealed class CommandLineTests
{
    [Fact]
    public void Settings_are_taken_out_of_the_command_line_wherever_they_stand()
    {
        var split = SettingArguments.Split(["--BATCH__MAX_WORKERS_PER_DOCUMENT=2", "process", "a.pdf", "--LIMITS:MAX_PAGES", "5", "--kind", "loan"]);

        split.Rest.ShouldBe(["process", "a.pdf", "--kind", "loan"]);
        split.Settings.ShouldBe(new Dictionary<string, string?> { ["BATCH:MAX_WORKERS_PER_DOCUMENT"] = "2", ["LIMITS:MAX_PAGES"] = "5" }, ignoreOrder: true);
    }

    [Fact]
    public void What_follows_two_dashes_is_never_a_setting() =>
        SettingArguments.Split(["process", "--", "--BATCH__X=1"]).Rest.ShouldBe(["process", "--", "--BATCH__X=1"]);

    [Fact]
    public void Everything_wrong_with_the_command_line_is_said_at_once()
    {
        var plan = ProcessPlan.Read(["/no/such/file.pdf", Path.GetTempPath()], "letter", "much", "/no/such/folder/out.json");

        plan.Faults.Count.ShouldBe(5);
        plan.Faults.ShouldContain(fault => fault.StartsWith("There is no file '/no/such/file.pdf'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, DocumentStatus.Completed, DocumentStatus.Completed)]
    [InlineData(2, DocumentStatus.Completed, DocumentStatus.Partial)]
    [InlineData(1, DocumentStatus.Partial, DocumentStatus.Failed)]
    [InlineData(1, DocumentStatus.Completed, DocumentStatus.Cancelled)]
    [InlineData(1, DocumentStatus.Completed, null)]
    public void The_exit_code_is_that_of_the_worst_document(int code, params DocumentStatus?[] states) => ProcessRun.ExitCodeOf(states).ShouldBe(code);
}
