using Idp.Application.Kernel.Ai;
using Idp.Application.Kernel.Costs;
using Idp.Infrastructure.Kernel.Ai.Offline;
using Idp.Infrastructure.Kernel.Ai.OpenAi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Kernel.Ai;

/// <summary>Registers the language model.</summary>
public static class LanguageModelServices
{
    /// <summary>
    /// Adds <see cref="ILanguageModel"/> and <see cref="ILanguageModelCheck"/> for the provider that is set. A paid one needs <see cref="ICallJournal"/>,
    /// <see cref="ICostLedger"/>, <see cref="IModelLimitStore"/>, <see cref="Idp.Application.Kernel.Events.IEventAppender"/>, a gate, a <see cref="TimeProvider"/> and the options themselves to be registered too.
    /// </summary>
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, LanguageModelOptions options) => options.IsOffline
        ? services
            .AddSingleton<ILanguageModel, OfflineLanguageModel>()
            .AddSingleton<ILanguageModelCheck, OfflineCheck>()
            .AddSingleton<IModelProbe, OfflineProbe>()
        : services.AddGate()
            .AddSingleton(PriceCatalog.Load(options.PricesFile))
            .AddSingleton<ModelPricing>()
            .AddSingleton(OpenAiAddress.Parse(options.BaseUrl))
            .AddSingleton(static provider => provider.GetRequiredService<OpenAiAddress>().Identify(provider.GetRequiredService<LanguageModelOptions>().Model))
            .AddSingleton(static provider => new OpenAiConnection(
                provider.GetRequiredService<OpenAiAddress>(), provider.GetRequiredService<LanguageModelOptions>().ApiKey))
            .AddSingleton<ModelDialect>()
            .AddSingleton<ThrottleNotices>()
            .AddSingleton<IModelTransport, OpenAiTransport>()
            .AddSingleton(static provider => BuildPipeline(provider))
            .AddSingleton<IModelProbe>(static provider => BuildProbe(provider))
            .AddSingleton<ILanguageModel, StructuredLanguageModel>()
            .AddSingleton<ILanguageModelCheck, LanguageModelCheck>()
            .AddSingleton<IWarmedUp, CallRehearsal>();

    /// <summary>The gate that all of the process share, unless another was registered before.</summary>
    private static IServiceCollection AddGate(this IServiceCollection services)
    {
        services.TryAddSingleton<IModelGate, SharedModelGate>();
        return services;
    }

    /// <summary>The steps of a call, innermost first. The order is the point: see <c>docs/adr/0012-model-call-pipeline.md</c>.</summary>
    internal static IModelCompletion BuildPipeline(IServiceProvider services)
    {
        var (clock, model) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ModelIdentity>());
        var (journal, pricing) = (services.GetRequiredService<ICallJournal>(), services.GetRequiredService<ModelPricing>());
        IModelCompletion gated = new GatedCompletion(
            services.GetRequiredService<IModelTransport>(), services.GetRequiredService<IModelGate>(), services.GetRequiredService<ThrottleNotices>(), model, clock);
        IModelCompletion resilient = new ResilientCompletion(
            gated, services.GetRequiredService<LanguageModelOptions>(), clock, new Random(), services.GetRequiredService<ILogger<ResilientCompletion>>());
        IModelCompletion budgeted = new BudgetedCompletion(resilient, services.GetRequiredService<ICostLedger>(), pricing, model);
        IModelCompletion journaling = new JournalingCompletion(
            budgeted, journal, model, pricing, clock, services.GetRequiredService<ILogger<JournalingCompletion>>());
        return new CachingCompletion(journaling, journal, new CallsElsewhere(journal, clock), model);
    }

    /// <summary>The steps of a probe's call: a measurement must not be helped by a cache, nor held back by the gate that it is to set.</summary>
    private static ModelProbe BuildProbe(IServiceProvider services)
    {
        var (clock, model) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ModelIdentity>());
        var pricing = services.GetRequiredService<ModelPricing>();
        IModelCompletion budgeted = new BudgetedCompletion(
            new UngatedCompletion(services.GetRequiredService<IModelTransport>()), services.GetRequiredService<ICostLedger>(), pricing, model);
        return new ModelProbe(
            new JournalingCompletion(
                budgeted, services.GetRequiredService<ICallJournal>(), model, pricing, clock, services.GetRequiredService<ILogger<JournalingCompletion>>()),
            model, clock);
    }
}
