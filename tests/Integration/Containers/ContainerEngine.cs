using System.Diagnostics;
using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Integration.Containers;

/// <summary>The container engine of this machine, through its command line.</summary>
internal static class ContainerEngine
{
    /// <summary>Every container of ours has it, with the process that made it as its value.</summary>
    private const string OwnerLabel = "idp-test";

    private static readonly Lazy<Task<string?>> Fault = new(LookAsync);

    /// <summary>Skips the test where no engine answers; on a build server that is a failure.</summary>
    public static async Task RequireAsync()
    {
        if (await Fault.Value is { } fault)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                throw new InvalidOperationException(fault);
            }

            Assert.Skip(fault);
        }
    }

    /// <summary>The label that says who made a container: <c>--label</c>'s value.</summary>
    public static string Label => $"{OwnerLabel}={ProcessIdentity.Current()}";

    /// <summary>Builds an image of <c>eng/images</c>, which takes a moment when it is there already.</summary>
    /// <returns>Its tag.</returns>
    public static async Task<string> BuildImageAsync(string name) =>
        (await RunAsync(Path.Combine(Root(), "eng/images/build.sh"), name)).Trim().Split('\n')[^1];

    /// <summary>Whether containers can have networks of their own.</summary>
    public static async Task<bool> HasBridgeAsync() => (await DockerAsync("network", "ls", "--quiet", "--filter", "driver=bridge")).Trim().Length > 0;

    /// <summary>Runs <c>docker</c> and gives what it prints.</summary>
    public static Task<string> DockerAsync(params string[] arguments) => RunAsync("docker", arguments);

    /// <summary>Removes containers, and then networks, whose makers were killed before they could.</summary>
    public static async Task RemoveOrphansAsync()
    {
        foreach (var id in await OrphansAsync("ps", "--all"))
        {
            await DockerAsync("rm", "--force", "--volumes", id);
        }

        foreach (var id in await OrphansAsync("network", "ls"))
        {
            await DockerAsync("network", "rm", id);
        }
    }

    /// <summary>Builds the image of the service as it is deployed.</summary>
    /// <param name="tag">The image's tag.</param>
    /// <param name="version">Another version than the one that the tests were built with; null for that one.</param>
    public static Task BuildServiceAsync(string tag, string? version = null) =>
        RunAsync(Path.Combine(Root(), "deploy/build.sh"), version is null ? ["--no-build", tag] : ["--version", version, tag]);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {complaints}");
    }

    private static async Task<IReadOnlyList<string>> OrphansAsync(params string[] list)
    {
        var lines = await DockerAsync([.. list, "--filter", $"label={OwnerLabel}", "--format", $"{{{{.ID}}}} {{{{.Label \"{OwnerLabel}\"}}}}"]);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(' '))
            .Where(static parts => parts is [_, var owner] && ProcessIdentity.TryParse(owner, out var process) && process.IsKnownDead())
            .Select(static parts => parts[0])];
    }

    private static async Task<string?> LookAsync()
    {
        try
        {
            await DockerAsync("version", "--format", "{{.Server.Version}}");
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"No container engine answers; eng/docker.sh starts one. {exception.Message}";
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Idp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
