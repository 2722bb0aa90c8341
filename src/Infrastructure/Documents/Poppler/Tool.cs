using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Idp.Infrastructure.Documents.Poppler;

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and more when a signal ended it.</param>
/// <param name="ErrorText">The beginning of what it complained about.</param>
internal sealed record ToolEnd(int ExitCode, string ErrorText)
{
    /// <summary>True when it could not get the memory that it wanted.</summary>
    public bool IsOutOfMemory =>
        ErrorText.Contains("Out of memory", StringComparison.OrdinalIgnoreCase)
        || ErrorText.Contains("bad_alloc", StringComparison.Ordinal)
        || ErrorText.Contains("cache resources exhausted", StringComparison.Ordinal);
}

/// <summary>Runs a command line tool inside a worker process: no shell, arguments as a list, bounded output and memory, killed with the worker.</summary>
/// <param name="memoryBytes">Most address space of the tool.</param>
internal sealed class Tool(long memoryBytes)
{
    private const int ErrorTextLimit = 4096;

    /// <summary>Runs a tool and reads what it prints.</summary>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="read">Reads its output; what is left unread is dropped, and the tool is ended.</param>
    /// <param name="environment">Environment variables to set.</param>
    /// <exception cref="ToolMissingException">The tool is not installed.</exception>
    public (T Value, ToolEnd End) Run<T>(
        string name, IEnumerable<string> arguments, Func<Stream, T> read, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        IReadOnlyList<string> command = [.. LimitsFor(memoryBytes), name, .. arguments];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start, name);
        process.StandardInput.Close();
        var errorText = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) => Append(errorText, line.Data);
        process.BeginErrorReadLine();
        T result;
        using (var output = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16))
        {
            result = read(output);
        }

        // The output is closed now: a tool that has more to say ends at its next word. One that says nothing more is waited for.
        process.WaitForExit();
        var end = new ToolEnd(process.ExitCode, errorText.ToString());
        return end.ExitCode == 127 && end.ErrorText.Contains(name, StringComparison.Ordinal) ? throw new ToolMissingException(name) : (result, end);
    }

    /// <summary>Runs a tool and takes its output as text, at most <paramref name="maximumBytes"/> of it.</summary>
    public (string Text, ToolEnd End) RunForText(string name, IEnumerable<string> arguments, int maximumBytes) =>
        Run(name, arguments, stream => ReadText(stream, maximumBytes));

    private static string ReadText(Stream stream, int maximumBytes)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[1 << 16];
        int read;
        while (bytes.Length < maximumBytes && (read = stream.Read(chunk)) > 0)
        {
            bytes.Write(chunk, 0, read);
        }

        // Broken UTF-8 becomes U+FFFD here, which the judgement of the text layer counts.
        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static Process Start(ProcessStartInfo start, string name)
    {
        try
        {
            return Process.Start(start) ?? throw new ToolMissingException(name);
        }
        catch (Win32Exception)
        {
            throw new ToolMissingException(name);
        }
    }

    // Both come with util-linux, which every Debian has; elsewhere the worker's own limit, which tools inherit, has to do.
    private static IEnumerable<string> LimitsFor(long memoryBytes)
    {
        if (HasSetpriv)
        {
            yield return SetprivPath;
            yield return "--pdeathsig";
            yield return "KILL";
        }

        if (HasPrlimit)
        {
            yield return PrlimitPath;
            yield return string.Create(CultureInfo.InvariantCulture, $"--as={memoryBytes}");
        }
    }

    private const string SetprivPath = "/usr/bin/setpriv";
    private const string PrlimitPath = "/usr/bin/prlimit";
    private static readonly bool HasSetpriv = File.Exists(SetprivPath);
    private static readonly bool HasPrlimit = File.Exists(PrlimitPath);

    private static void Append(System.Text.StringBuilder text, string? line)
    {
        if (line is not null && text.Length + line.Length < ErrorTextLimit)
        {
            text.AppendLine(line);
        }
    }
}

/// <summary>A tool that the host does not have.</summary>
internal sealed class ToolMissingException(string tool) : Exception($"The tool {tool} is not installed.");
