using FluentValidation;
using Idp.Application;
using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction;
using Idp.Application.Kernel.Behaviors;
using Idp.Application.Kernel.Concurrency;
using Idp.Application.Kernel.Work;
using MediatR;

namespace Idp.Api.Kernel;

/// <summary>Registers the use cases: handlers, validators, stages and work handlers by scanning, what they share by name.</summary>
internal static class UseCaseServices
{
    /// <summary>Adds every use case; ports, options and a <see cref="TimeProvider"/> must be registered too.</summary>
    public static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddScoped<ServiceFactory>(static provider => provider.GetRequiredService)
        .AddScoped<IMediator, Mediator>()
        .AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>))
        .AddSingleton<DocumentCancellation>()
        .AddSingleton<DocumentOverviews>()
        .AddSingleton<IDocumentRuns, DocumentRuns>()
        .AddSingleton<IPages, StoredPages>()
        .AddSingleton<IDocumentAccounts, AccountOverviews>()
        .AddSingleton<SchemaChoice>()
        .AddSingleton<ReviewedResults>()
        .AddSingleton(static _ => new Computation(Environment.ProcessorCount))
        .AddSingleton<SectionFlights>()
        .AddSingleton<ModelReader>()
        .AddSingleton<PackedReading>()
        .AddSingleton<DocumentCalls>()
        .AddSingleton<AccountReader>()
        .AddSingleton<DoubtfulPageReader>()
        .AddSingleton<RunningWork>()
        .AddSingleton<WorkMetrics>()
        .AddSingleton(static provider => new WorkerLoopSettings(provider.GetRequiredService<ProcessingOptions>().MaxConcurrentDocuments))
        .AddSingleton<WorkerLoop>()
        .Scan(static scan => scan
            .FromAssembliesOf(typeof(ApplicationAssembly))
            .AddClasses(static type => type.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(static type => type.AssignableTo(typeof(IValidator<>)), publicOnly: false)
            .AsImplementedInterfaces().WithSingletonLifetime()
            .AddClasses(static type => type.AssignableTo<IDocumentStage>(), publicOnly: false)
            .As<IDocumentStage>().WithSingletonLifetime()
            .AddClasses(static type => type.AssignableTo<IWorkHandler>(), publicOnly: false)
            .As<IWorkHandler>().WithSingletonLifetime());
}
