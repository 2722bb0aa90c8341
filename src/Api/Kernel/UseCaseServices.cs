using FluentValidation;
using Idp.Application;
using Idp.Application.Batches;
using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Behaviors;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Costs;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Application.Research;
using Idp.Application.Retrieval;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Kernel.Work;
using Idp.Infrastructure.Retrieval.Embeddings;
using MediatR;

namespace Idp.Api.Kernel;

/// <summary>Registers the use cases: handlers, validators, stages and work handlers by scanning, what they share by name.</summary>
internal static class UseCaseServices
{
    /// <summary>Documents that wait for the recognition service at the same time on this node. Who waits holds no thread; how many the service has at once is its gate's business.</summary>
    private const int RecognitionsAtOnce = 200;

    /// <summary>Documents that a model sums up at the same time on this node.</summary>
    private const int SummariesAtOnce = 4;

    /// <summary>Adds every use case; ports, options and a <see cref="TimeProvider"/> must be registered too.</summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddScoped<ServiceFactory>(static provider => provider.GetRequiredService)
        .AddScoped<IMediator, Mediator>()
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>))
        .AddSingleton(Actor.Local)
        .AddSingleton<DocumentCancellation>()
        .AddSingleton<IDocumentIntake, DocumentIntake>()
        .AddSingleton<IBatchDocuments, BatchDocuments>()
        .AddSingleton<BatchReception>()
        .AddSingleton<BatchOverviews>()
        .AddSingleton<BatchSettlement>()
        .AddSingleton<BatchWatcher>()
        .AddSingleton<DocumentOverviews>()
        .AddSingleton<DocumentRuns>()
        .AddSingleton<IDocumentRuns>(static provider => provider.GetRequiredService<DocumentRuns>())
        .AddSingleton<IPages, StoredPages>()
        .AddSingleton<IDocumentAccounts, AccountOverviews>()
        .AddSingleton<SchemaChoice>()
        .AddSingleton<ReviewedResults>()
        .AddSingleton(static _ => new Computation(Environment.ProcessorCount))
        .AddSingleton<SectionFlights>()
        .AddSingleton<ModelReader>()
        .AddSingleton<SharedPageOwners>()
        .AddSingleton<PackedReading>()
        .AddSingleton<DocumentCalls>()
        .AddSingleton<AccountReader>()
        .AddSingleton<StatementModelReader>()
        .AddSingleton<StatementReading>()
        .AddSingleton<DoubtfulPageReader>()
        .AddSingleton(static _ => new EventFeedSettings())
        .AddSingleton<EventFeed>()
        .AddSingleton<RunningWork>()
        .AddSingleton<WorkMetrics>()
        .AddSingleton<AbandonedCalls>()
        .AddSingleton(static provider => new WorkerLoopSettings(provider.GetRequiredService<ProcessingOptions>().MaxConcurrentDocuments) { Lease = LeaseOf(provider) })
        .AddSingleton<WorkerLoop>()
        .AddSingleton(static provider => LoopsOf(provider))
        .AddSingleton<ResearchOverviews>()
        .AddSingleton<CompanyAnalyser>()
        .AddSingleton<PassageSearch>()
        .AddSingleton<KnowledgeCatchUp>()
        .AddSingleton<DocumentSummariser>()
        .AddSingleton<PageCleaning>()
        .Scan(static scan => scan
            .FromAssembliesOf(typeof(ApplicationAssembly))
            .AddClasses(static type => type.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(static type => type.AssignableTo(typeof(IValidator<>)), publicOnly: false)
            .AsImplementedInterfaces().WithSingletonLifetime()
            .AddClasses(static type => type.AssignableTo<IDocumentStage>(), publicOnly: false)
            .As<IDocumentStage>().WithSingletonLifetime()
            .AddClasses(static type => type.AssignableTo<IWorkHandler>(), publicOnly: false)
            .As<IWorkHandler>().WithSingletonLifetime()
            .AddClasses(static type => type.AssignableTo<IDocumentFollower>(), publicOnly: false)
            .As<IDocumentFollower>().WithSingletonLifetime());

    /// <summary>The loop of documents, those of companies, those of knowledge, and that of documents at the recognition service.</summary>
    private static WorkerLoops LoopsOf(IServiceProvider services)
    {
        var pace = services.GetRequiredService<ResearchPace>();
        List<WorkerLoop> loops =
        [
            services.GetRequiredService<WorkerLoop>(), Loop(ResearchSteps.SearchPool, pace.SearchesAtOnce), Loop(ResearchSteps.AnalysisPool, pace.AnalysesAtOnce),
            Loop(KnowledgePool.Name, services.GetRequiredService<RetrievalOptions>().MaxConcurrentDocuments),
        ];
        if (services.GetRequiredService<OcrOptions>().IsService)
        {
            loops.Add(Loop(DocumentPools.Recognition, RecognitionsAtOnce));
        }

        var embedding = services.GetRequiredService<EmbeddingOptions>();
        loops.Add(Loop(KnowledgePool.Embedding, embedding.IsSet ? embedding.MaxConcurrentDocuments : 1));
        loops.Add(Loop(KnowledgePool.Summary, services.GetRequiredService<RetrievalOptions>() is { HasSummaryByModel: true } or { HasCleaningByModel: true } ? SummariesAtOnce : 1));
        return new WorkerLoops(loops);

        WorkerLoop Loop(string pool, int atOnce) => new(
            services.GetRequiredService<IWorkQueue>(), services.GetServices<IWorkHandler>(), services.GetRequiredService<RunningWork>(),
            new WorkerLoopSettings(atOnce) { Pool = pool, Lease = LeaseOf(services) }, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<WorkerLoop>>());
    }

    private static TimeSpan LeaseOf(IServiceProvider services) => TimeSpan.FromSeconds(services.GetRequiredService<QueueOptions>().LeaseSeconds);
}
