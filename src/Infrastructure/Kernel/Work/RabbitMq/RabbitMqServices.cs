using Idp.Application.Kernel.Work;
using Idp.Infrastructure.Kernel.Work.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Idp.Infrastructure.Kernel.Work.RabbitMq;

/// <summary>Registers what distributes work between nodes.</summary>
public static class RabbitMqServices
{
    /// <summary>How often a node that nobody invites looks for work all the same.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(15);

    /// <summary>Puts the broker before the table of work items where <paramref name="queue"/> asks for one; to be called after the stores were added. <see cref="WorkerLoopSettings"/> must be registered too.</summary>
    public static IServiceCollection AddWorkDistribution(this IServiceCollection services, QueueOptions queue) => !queue.IsRabbitMq
        ? services
        : services
            .AddSingleton(static provider => new WorkSignal(provider.GetRequiredService<TimeProvider>(), mostKept: 1))
            .AddSingleton(static provider => new WorkInvitations(provider.GetRequiredService<TimeProvider>(), LookInterval))
            .AddSingleton<WorkOutbox>()
            .AddSingleton<PostgresWorkQueue>()
            .AddSingleton<IWorkQueue, RabbitWorkQueue>()
            .AddSingleton<RabbitWorkFeed>()
            .AddSingleton<IPreparedAtStart>(static provider => provider.GetRequiredService<RabbitWorkFeed>());
}
