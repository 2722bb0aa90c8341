using Idp.Application.Documents.Ports;
using Idp.Infrastructure.Documents.Flow;
using Idp.Infrastructure.Documents.LibreOffice;
using Idp.Infrastructure.Documents.Tesseract;
using Idp.Infrastructure.Documents.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Idp.Infrastructure.Documents;

/// <summary>Registers what reads pages.</summary>
public static class DocumentsReadingServices
{
    /// <summary>
    /// Adds <see cref="IPageReader"/>, <see cref="IOcrEngine"/> and the <see cref="WorkerPool"/> behind them. Needs to be registered besides:
    /// <c>LimitOptions</c>, <c>ILocalBlobs</c>, <c>IBlobStore</c>, <c>IResultCache</c>, logging; <see cref="OfficePagesOptions"/> where they are not the defaults.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="workers">Validated options; taken over as they are.</param>
    /// <param name="ocr">Validated options; taken over as they are.</param>
    public static IServiceCollection AddPageReading(this IServiceCollection services, WorkerOptions workers, OcrOptions ocr)
    {
        services.AddSingleton(workers);
        services.AddSingleton(ocr);
        return services.AddPageReading();
    }

    /// <summary>The same, with <see cref="WorkerOptions"/> and <see cref="OcrOptions"/> registered elsewhere.</summary>
    /// <param name="services">Where to add.</param>
    public static IServiceCollection AddPageReading(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ToolVersions>();
        services.AddSingleton<WorkerPool>();
        services.AddSingleton<IPageWorkers>(static provider => provider.GetRequiredService<WorkerPool>());
        services.TryAddSingleton<OfficePagesOptions>();
        services.AddSingleton<OfficeProgram>();
        services.AddSingleton<LaidOutFiles>();
        services.AddSingleton<IPageReader, WorkerPageReader>();
        services.AddSingleton<IOcrEngine, WorkerOcrEngine>();
        return services;
    }
}
