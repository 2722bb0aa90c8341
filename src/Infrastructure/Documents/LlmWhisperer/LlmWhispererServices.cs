using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Kernel.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>Registers the service that recognises whole documents.</summary>
public static class LlmWhispererServices
{
    /// <summary>Adds <see cref="IDocumentRecognition"/> and <see cref="IRecognitionProbe"/> where the settings ask for them; needs storage, the gates of providers and the options themselves.</summary>
    public static IServiceCollection AddDocumentRecognition(this IServiceCollection services, OcrOptions ocr) => !ocr.IsService ? services : services
        .AddSingleton<PagePricing>()
        .AddSingleton<WhisperTransport>()
        .AddSingleton<WhisperGate>()
        .AddSingleton<CallsElsewhere>()
        .AddSingleton<PaidSubmission>()
        .AddSingleton(static provider => new WhisperWait(
            provider.GetRequiredService<WhisperTransport>(), provider.GetRequiredService<LlmWhispererOptions>(), provider.GetRequiredService<TimeProvider>(), new Random()))
        .AddSingleton(static provider => new WhisperRetries(RetriesOf<AcceptedOrder>(provider), RetriesOf<string>(provider)))
        .AddSingleton<IDocumentRecognition, LlmWhispererRecognition>()
        .AddSingleton<IRecognitionProbe>(static provider => new LlmWhispererProbe(
            provider.GetRequiredService<WhisperTransport>(), provider.GetRequiredService<WhisperGate>(), provider.GetRequiredService<PaidSubmission>(),
            provider.GetRequiredService<LlmWhispererOptions>(), provider.GetRequiredService<TimeProvider>(), new Random()));

    private static ProviderRetries<T> RetriesOf<T>(IServiceProvider services) => new(
        services.GetRequiredService<LlmWhispererOptions>().MaxAttempts, services.GetRequiredService<TimeProvider>(), new Random(),
        services.GetRequiredService<ILogger<LlmWhispererRecognition>>().RequestRetried);
}
