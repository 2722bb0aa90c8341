using System.Collections.Frozen;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Events;
using Idp.Api.Kernel.Health;
using Idp.Api.Kernel.Settings;
using Idp.Application.Batches;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Research;
using Idp.Application.Retrieval;
using Idp.Infrastructure.Batches;
using Idp.Infrastructure.Batches.Zip;
using Idp.Infrastructure.Documents;
using Idp.Infrastructure.Documents.LibreOffice;
using Idp.Infrastructure.Documents.LlmWhisperer;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Documents.Workers;
using Idp.Infrastructure.Extraction;
using Idp.Infrastructure.Extraction.Schemas;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Ai;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.S3;
using Idp.Infrastructure.Kernel.Sql;
using Idp.Infrastructure.Kernel.Telemetry;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.RabbitMq;
using Idp.Infrastructure.Research;
using Idp.Infrastructure.Research.Rubrics;
using Idp.Infrastructure.Research.Tavily;
using Idp.Infrastructure.Retrieval;
using Idp.Infrastructure.Retrieval.Embeddings;

namespace Idp.Api.Kernel;

/// <summary>Puts the service together: options, use cases, adapters. Every verb of the command line uses the same.</summary>
internal static class Composition
{
    /// <summary>The sections that are ours, so that a misspelt setting in one of them can be reported.</summary>
    private static readonly FrozenSet<string> Sections =
        new[] { "BATCH", "EXTRACTION", "LLM", "OCR", "LLMWHISPERER", "SEARCH", "TAVILY", "EMBEDDING", "STORAGE", "S3", "DATABASE", "QUEUE", "NODE", "LIMITS", "BUDGET", "AUTH", "DOCUMENTS", "SCHEMAS", "EVENTS", "RESEARCH", "RUBRICS", "RETRIEVAL" }
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Adds everything.</summary>
    /// <exception cref="SettingsException">Settings are wrong; the message lists all faults.</exception>
    public static IServiceCollection AddIdp(this IServiceCollection services, IConfigurationRoot configuration)
    {
        var settings = new SettingsReader(configuration);
        services.AddSingleton(TimeProvider.System);
        var storage = services.AddValidatedOptions<StorageOptions>(settings, "STORAGE");
        if (storage.IsS3)
        {
            services.AddValidatedOptions<S3Options>(settings, "S3");
        }

        var database = services.AddValidatedOptions<DatabaseOptions>(settings, "DATABASE");
        services.AddValidatedOptions<SchemaOptions>(settings, "SCHEMAS");
        services.AddValidatedOptions<WorkerOptions>(settings, "BATCH");
        services.AddValidatedOptions<OfficePagesOptions>(settings, "DOCUMENTS");
        var ocr = services.AddValidatedOptions<OcrOptions>(settings, "OCR");
        var whisperer = services.AddValidatedOptions<LlmWhispererOptions>(settings, "LLMWHISPERER");
        settings.Refuse(whisperer.FaultWith(ocr));
        var processing = services.AddValidatedOptions<ProcessingOptions>(settings, "BATCH");
        services.AddValidatedOptions<BatchOptions>(settings, "BATCH");
        services.AddValidatedOptions<ArchiveOptions>(settings, "BATCH");
        services.AddValidatedOptions<ExtractionOptions>(settings, "EXTRACTION");
        services.AddValidatedOptions<LimitOptions>(settings, "LIMITS");
        var languageModel = services.AddValidatedOptions<LanguageModelOptions>(settings, "LLM");
        services.AddValidatedOptions<BudgetOptions>(settings, "BUDGET");
        var embedding = services.AddValidatedOptions<EmbeddingOptions>(settings, "EMBEDDING");
        var search = services.AddValidatedOptions<WebSearchOptions>(settings, "SEARCH");
        var tavily = services.AddValidatedOptions<TavilyOptions>(settings, "TAVILY");
        settings.Refuse(tavily.FaultWith(search));
        services.AddValidatedOptions<ResearchOptions>(settings, "RESEARCH");
        services.AddValidatedOptions<RubricOptions>(settings, "RUBRICS");
        settings.Refuse(services.AddValidatedOptions<RetrievalOptions>(settings, "RETRIEVAL").FaultWith(hasModel: !languageModel.IsOffline));
        services.AddSingleton(settings.Read<ResearchPaceOptions>("RESEARCH").PaceWith(tavily.Concurrency));
        var queue = services.AddValidatedOptions<QueueOptions>(settings, "QUEUE");
        settings.Refuse(queue.FaultWith(database));
        services.AddValidatedOptions<NodeOptions>(settings, "NODE");
        services.AddSingleton(ReadKeys(settings, configuration));
        services.AddValidatedOptions<EventStreamOptions>(settings, "EVENTS");
        services.AddValidatedOptions<TelemetryOptions>(settings, "OTEL");
        services.AddSingleton(new UnknownSettings(settings.UnknownIn(Sections)));
        settings.ThrowOnFaults();
        return services
            .AddTelemetry()
            .AddSingleton(_ => RequiredTools.Look(ocr.Languages))
            .AddStorage(database, storage)
            .AddWorkDistribution(queue)
            .AddSingleton(provider => GatesOf(languageModel, processing, tavily, whisperer, embedding, provider))
            .AddLanguageModel(languageModel)
            .AddDocumentStore(database)
            .AddExtractionStore(database)
            .AddBatchStore(database)
            .AddResearch(database, search)
            .AddRetrievalStore(database)
            .AddTextEmbedding(embedding, languageModel.PricesFile)
            .AddPageReading()
            .AddDocumentRecognition(ocr)
            .AddUseCases();
    }

    /// <summary>Makes the API keys recognisable and forgets what they are.</summary>
    private static AccessKeys ReadKeys(SettingsReader settings, IConfiguration configuration)
    {
        var keys = AccessKeys.Parse(settings.Read<AccessOptions>("AUTH").Keys, []);
        foreach (var setting in configuration.GetSection("AUTH").GetChildren().Where(static child => SettingNames.ToKey(child.Key) == "KEYS"))
        {
            setting.Value = null;
        }

        return keys;
    }

    /// <summary>The gates of paid providers, shared by all nodes where the store has a place for that; what they are not told here they find out.</summary>
    private static ProviderGates GatesOf(LanguageModelOptions model, ProcessingOptions processing, TavilyOptions tavily, LlmWhispererOptions whisperer, EmbeddingOptions embedding, IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<ProviderGates>();
        var requestsPerMinute = model.RequestsPerMinute ?? (processing.RateLimitRequestsPerMinute > 0 ? processing.RateLimitRequestsPerMinute : null);
        var options = new GateOptions { FixedLimit = model.MaxConcurrency, RequestsPerMinute = requestsPerMinute, TokensPerMinute = model.TokensPerMinute };
        var searchKey = tavily.GateKey;
        var searchOptions = new GateOptions { FixedLimit = tavily.Concurrency, RequestsPerMinute = tavily.RequestsPerMinute };
        var recognitionKey = whisperer.GateKey;
        var recognitionOptions = new GateOptions { FixedLimit = whisperer.MaxConcurrency, RequestsPerMinute = whisperer.RequestsPerMinute };
        var (embeddingKey, embeddingOptions) = (embedding.GateKey, embedding.GateOptions);
        return new ProviderGates(
            key => key == searchKey ? searchOptions : key == recognitionKey ? recognitionOptions : key == embeddingKey ? embeddingOptions : options, services.GetRequiredService<TimeProvider>(), (key, signal) => logger.ProviderThrottled(key.Model, signal.Kind, signal.Limit),
            services.GetService<ISharedGates>());
    }
}

/// <summary>Settings that nothing in this version reads.</summary>
/// <param name="Names">As they were spelled, e.g. <c>BATCH__MAX_DOCUMENTS</c>.</param>
internal sealed record UnknownSettings(IReadOnlyList<string> Names);
