using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;
using Idp.Simulators.Options;

namespace Idp.Simulators;

/// <summary>The simulator as a program of its own; runs until it is interrupted, and then prints its bill.</summary>
internal static class SimulatorProgram
{
    private static async Task<int> Main(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine("Simulates an OpenAI-compatible model provider. Settings, as --name value or SIMULATOR_NAME (dots as two underscores):");
            foreach (var (name, value) in TextSettings.Describe())
            {
                Console.WriteLine($"  --{name,-42} {value}");
            }

            return 0;
        }

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .Select(static variable => KeyValuePair.Create((string)variable.Key, variable.Value as string ?? string.Empty));
            await using var provider = await SimulatedModelProvider.StartAsync(TextSettings.Read(args, environment), stop.Token);
            Console.WriteLine($"Listening: {provider}");
            var stopped = new TaskCompletionSource();
            await using var registration = stop.Token.Register(stopped.SetResult);
            await stopped.Task;
            Console.WriteLine(provider.Bill);
            return 0;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
