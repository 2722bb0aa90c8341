using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;
using Idp.Simulators.Billing;
using Idp.Simulators.Options;

namespace Idp.Simulators;

/// <summary>The simulator as a program of its own: <c>model</c> (the default), <c>search</c> or <c>ocr</c> as its first word, then settings. Runs until it is interrupted, and then prints its bill.</summary>
internal static class SimulatorProgram
{
    private const string Model = "model";
    private const string Search = "search";
    private const string Ocr = "ocr";

    private static async Task<int> Main(string[] args)
    {
        var provides = args is [Model or Search or Ocr, ..] ? args[0] : Model;
        var settings = args is [Model or Search or Ocr, .. var rest] ? rest : args;
        if (args.Contains("--help"))
        {
            Console.WriteLine("Simulates an OpenAI-compatible model provider (model, the default), Tavily (search) or LLMWhisperer (ocr). Settings, as --name value or SIMULATOR_NAME (dots as two underscores):");
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
            var options = TextSettings.Read(settings, environment);
            if (provides == Search)
            {
                await using var provider = await SimulatedSearchProvider.StartAsync(options, stop.Token);
                await ServeAsync(provider, () => provider.Bill, stop.Token);
            }
            else if (provides == Ocr)
            {
                await using var provider = await SimulatedOcrProvider.StartAsync(options, stop.Token);
                await ServeAsync(provider, () => provider.Bill, stop.Token);
            }
            else
            {
                await using var provider = await SimulatedModelProvider.StartAsync(options, stop.Token);
                await ServeAsync(provider, () => provider.Bill, stop.Token);
            }

            return 0;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(object provider, Func<BillSnapshot> bill, CancellationToken stop)
    {
        Console.WriteLine($"Listening: {provider}");
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
        Console.WriteLine(bill());
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
