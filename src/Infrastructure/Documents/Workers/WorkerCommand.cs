namespace Idp.Infrastructure.Documents.Workers;

/// <summary>How a worker process is started.</summary>
internal static class WorkerCommand
{
    /// <summary>
    /// What a worker inherits of the service's environment. Nothing else: it opens files that nobody trusts, and the service's environment holds keys.
    /// </summary>
    private static readonly string[] Inherited =
        ["PATH", "HOME", "TMPDIR", "LANG", "TESSDATA_PREFIX", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH", "FONTCONFIG_PATH"];

    private static readonly (string Name, string Value)[] Settings =
    [
        // Threads within one page only get into each other's way; the library reads this when it is loaded.
        ("OMP_THREAD_LIMIT", "1"),

        // The runtime would reserve 256 GiB of address space for its heap, which leaves a limit on address space without meaning. 512 MiB is
        // enough for a page of 100 million pixels, turned.
        ("DOTNET_GCHeapHardLimit", "0x20000000"),
        ("DOTNET_gcServer", "0"),
        ("DOTNET_gcConcurrent", "0"),

        // Otherwise code is mapped twice, and there is a debugger's socket to talk to.
        ("DOTNET_EnableWriteXorExecute", "0"),
        ("DOTNET_EnableDiagnostics", "0"),
        ("DOTNET_TieredPGO", "0"),

        // Each arena of the C library's allocator reserves 64 MiB.
        ("MALLOC_ARENA_MAX", "2"),
    ];

    /// <summary>The program and its arguments.</summary>
    public static IReadOnlyList<string> Of(WorkerOptions options)
    {
        if (options.Command is { Count: > 0 } command)
        {
            return command;
        }

        var program = Environment.ProcessPath ?? throw new WorkerStartException("The path of this executable is not known.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Environment.GetCommandLineArgs()[0], WorkerProcess.Verb]
            : [program, WorkerProcess.Verb];
    }

    /// <summary>Replaces the environment by what a worker may have.</summary>
    public static void SetEnvironment(IDictionary<string, string?> environment)
    {
        var kept = Inherited
            .Where(environment.ContainsKey)
            .ToDictionary(static name => name, name => environment[name]);
        environment.Clear();
        foreach (var (name, value) in kept)
        {
            environment[name] = value;
        }

        foreach (var (name, value) in Settings)
        {
            environment[name] = value;
        }
    }
}
