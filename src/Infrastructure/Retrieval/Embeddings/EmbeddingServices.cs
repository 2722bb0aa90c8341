using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Application.Retrieval.Ports;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Ai.OpenAi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Idp.Infrastructure.Retrieval.Embeddings;

/// <summary>Registers who makes vectors.</summary>
public static class EmbeddingServices
{
    /// <summary>
    /// Adds <see cref="ITextEmbedding"/> where a provider is set, else nothing. It needs <see cref="ICallJournal"/>, <see cref="ICostLedger"/>, <see cref="IEventAppender"/>, the gates of providers,
    /// and the options themselves.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The settings.</param>
    /// <param name="pricesFile">The dated price table.</param>
    public static IServiceCollection AddTextEmbedding(this IServiceCollection services, EmbeddingOptions options, string pricesFile)
    {
        if (!options.IsSet)
        {
            return services;
        }

        var calls = options.ForCalls(pricesFile);
        return services
            .AddSingleton(provider => new EmbeddingTransport(
                new OpenAiConnection(OpenAiAddress.Parse(options.BaseUrl), options.ApiKey), options, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<EmbeddingTransport>>()))
            .AddSingleton<ITextEmbedding>(provider => Build(provider, options, calls));
    }

    /// <summary>The steps of a call, innermost first, as for every model (ADR 12).</summary>
    private static OpenAiEmbedding Build(IServiceProvider services, EmbeddingOptions options, LanguageModelOptions calls)
    {
        var (clock, journal) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ICallJournal>());
        var identity = OpenAiAddress.Parse(options.BaseUrl).Identify(options.Model);
        var pricing = new ModelPricing(calls, PriceCatalog.Load(calls.PricesFile), clock);
        IModelCompletion gated = new GatedCompletion(
            services.GetRequiredService<EmbeddingTransport>(), new SharedModelGate(services.GetRequiredService<ProviderGates>(), identity, calls),
            new ThrottleNotices(services.GetRequiredService<IEventAppender>(), identity, clock), identity, clock);
        IModelCompletion resilient = new ResilientCompletion(gated, calls, clock, new Random(), services.GetRequiredService<ILogger<ResilientCompletion>>());
        IModelCompletion budgeted = new BudgetedCompletion(resilient, services.GetRequiredService<ICostLedger>(), pricing, identity);
        IModelCompletion journaling = new JournalingCompletion(budgeted, journal, identity, pricing, clock, services.GetRequiredService<ILogger<JournalingCompletion>>());
        return new OpenAiEmbedding(new CachingCompletion(journaling, journal, new CallsElsewhere(journal, clock), identity), journal, options, identity);
    }
}
