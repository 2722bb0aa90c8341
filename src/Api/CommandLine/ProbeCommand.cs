using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Idp.Api.Kernel.Json;
using Idp.Application.Documents;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Concurrency;
using Idp.Infrastructure.Documents.LlmWhisperer;
using Idp.Infrastructure.Documents.Tesseract;
using MediatR;

namespace Idp.Api.CommandLine;

/// <summary><c>probe</c>: measures how many calls at once a provider bears.</summary>
internal static class ProbeCommand
{
    private const string DefaultLevels = "1,2,5,10";

    public static Command Create(IReadOnlyDictionary<string, string?> settings) =>
        new("probe", "Finds out how many calls at once a provider bears.")
        {
            Verb("llm", "Measures the language model's provider (LLM__*). The calls are small, and they are paid.", settings, ProbeModelAsync),
            Verb("ocr", "Measures the recognition service (OCR__PROVIDER=llmwhisperer, LLMWHISPERER__*). The documents have one page each, and they are paid.", settings, ProbeRecognitionAsync),
        };

    private static Command Verb(
        string name, string description, IReadOnlyDictionary<string, string?> settings, Func<IServiceProvider, ValueList<int>, int, bool, CancellationToken, Task<Result<ProbeReport>>> probe)
    {
        var levels = new Option<string>("--levels") { Description = "How many calls at once to try, separated by commas.", HelpName = "N,N", DefaultValueFactory = _ => DefaultLevels };
        var rounds = new Option<int>("--rounds") { Description = "How often each level is tried.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var json = new Option<bool>("--json") { Description = "Prints the result as JSON instead of a table." };
        var verb = new Command(name, description) { levels, rounds, json };
        verb.SetAction((parsed, ct) => RunAsync(parsed.GetValue(levels) ?? DefaultLevels, parsed.GetValue(rounds), parsed.GetValue(json), settings, probe, ct));
        return verb;
    }

    private static async Task<int> RunAsync(
        string levelsText, int rounds, bool asJson, IReadOnlyDictionary<string, string?> settings,
        Func<IServiceProvider, ValueList<int>, int, bool, CancellationToken, Task<Result<ProbeReport>>> probe, CancellationToken ct)
    {
        if (ReadLevels(levelsText) is not { } levels)
        {
            await Console.Error.WriteLineAsync($"'{levelsText}' is no list of numbers. Use e.g. --levels {DefaultLevels}.");
            return ExitCodes.Failed;
        }

        await using var services = LocalSession.BuildServices(settings);
        await Kernel.Startup.PrepareAsync(services, ct);
        await using var scope = services.CreateAsyncScope();
        var report = await probe(scope.ServiceProvider, levels, rounds, !asJson, ct);
        if (!report.IsSuccess)
        {
            await Console.Error.WriteLineAsync($"{report.Error.Code}: {report.Error.Message}");
            foreach (var field in report.Error.Fields)
            {
                await Console.Error.WriteLineAsync($"  {field.Field}: {field.Message}");
            }

            return ExitCodes.Failed;
        }

        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(ProbeBody.From(report.Value), ApiJson.Relaxed.ProbeBody));
        }
        else
        {
            Print(report.Value);
        }

        return ExitCodes.Completed;
    }

    private static Task<Result<ProbeReport>> ProbeModelAsync(IServiceProvider services, ValueList<int> levels, int rounds, bool isTold, CancellationToken ct)
    {
        var identity = services.GetRequiredService<ILanguageModel>().Identity;
        if (identity.IsOffline)
        {
            return Task.FromResult(Result<ProbeReport>.Fail(ModelErrors.NothingToProbe()));
        }

        Tell(isTold, identity.ToString(), levels, rounds);
        return services.GetRequiredService<IMediator>().Send(new ProbeModel(levels, rounds), ct);
    }

    private static Task<Result<ProbeReport>> ProbeRecognitionAsync(IServiceProvider services, ValueList<int> levels, int rounds, bool isTold, CancellationToken ct)
    {
        if (services.GetService<LlmWhispererOptions>() is { } options && services.GetRequiredService<OcrOptions>().IsService)
        {
            Tell(isTold, $"llmwhisperer {options.BaseUrl} {options.Mode}", levels, rounds);
        }

        return services.GetRequiredService<IMediator>().Send(new ProbeRecognition(levels, rounds), ct);
    }

    private static void Tell(bool isTold, string provider, ValueList<int> levels, int rounds)
    {
        if (isTold)
        {
            Console.WriteLine($"Probing {provider}: {levels.Sum() * rounds} small calls.");
        }
    }

    private static ValueList<int>? ReadLevels(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Select(static part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        return numbers.Count > 0 && numbers.TrueForAll(static number => number > 0) ? numbers.ToValueList() : null;
    }

    private static void Print(ProbeReport report)
    {
        Console.WriteLine("at once  answered  rejected  failed   wall s  median s  longest s  answers/s");
        foreach (var level in report.Levels)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{level.Concurrency,7}  {level.Answered,8}  {level.Rejected,8}  {level.Failed,6}  {level.Wall.TotalSeconds,7:0.00}  {level.MedianLatency.TotalSeconds,8:0.00}  {level.LongestLatency.TotalSeconds,9:0.00}  {level.Throughput,9:0.00}"));
        }

        Console.WriteLine(Sentence(report));
    }

    private static string Sentence(ProbeReport report) => report.Verdict switch
    {
        ProbeVerdict.Parallel => $"The provider runs calls side by side, as far as was tried. Recommended limit: {report.RecommendedLimit}.",
        ProbeVerdict.Queued => $"The provider queues: it answers one call after the other, more at once only wait. Recommended limit: {report.RecommendedLimit}.",
        ProbeVerdict.PartlyQueued => $"The provider runs some calls side by side and queues the rest. Recommended limit: {report.RecommendedLimit}.",
        ProbeVerdict.Rejecting => report.RecommendedLimit is { } limit
            ? $"The provider rejects calls above its limit. Recommended limit: {limit}."
            : "The provider rejected calls at every level.",
        ProbeVerdict.Unknown => report.RecommendedLimit is null ? "No call was answered, so nothing can be said." : "One level alone says nothing about more at once.",
    };
}
