using System.Diagnostics.CodeAnalysis;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Documents;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Retrieval;

/// <summary>
/// Makes documents searchable that were completed by an earlier version, under other settings, or before a provider of embeddings was set: a few at a time, so that new documents hardly wait for
/// them. What is left to do is what the database says, so that a restart, or another node, goes on where this one was.
/// </summary>
internal sealed class KnowledgeCatchUp(IKnowledgeBacklog backlog, RetrievalOptions options, TimeProvider clock, ILogger<KnowledgeCatchUp> logger, ITextEmbedding? embedding = null)
{
    /// <summary>The time between two looks while documents are behind.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    /// <summary>The time before the documents are looked through again when none is behind.</summary>
    public static readonly TimeSpan RestInterval = TimeSpan.FromMinutes(10);

    /// <summary>Work on knowledge that stands in the queue at most before more is added to it.</summary>
    private const int MostWaiting = 20;

    /// <summary>What gave up is tried again after this: a provider's outage or a spent budget may be over.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromHours(24);

    private DocumentId? _before;
    private int _given;

    /// <summary>Looks until cancelled; does nothing where it is turned off.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A store that is away for a while must not end the looking; it is logged.")]
    public async Task RunAsync(CancellationToken ct)
    {
        if (!options.Enabled || !options.CatchUp)
        {
            return;
        }

        var pause = LookInterval;
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                pause = await LookAsync(ct) ? LookInterval : RestInterval;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.CatchUpFailed(exception);
                pause = LookInterval;
            }
        }
    }

    /// <summary>What documents must have now.</summary>
    public static KnowledgeNeed NeedOf(RetrievalOptions options, ITextEmbedding? embedding, TimeProvider clock) =>
        new(KnowledgePipeline.MethodOf(options), embedding?.Space, clock.GetUtcNow() - PauseAfterFailure);

    /// <summary>True when older documents may be behind as well.</summary>
    private async Task<bool> LookAsync(CancellationToken ct)
    {
        var portion = await backlog.AddWorkAsync(NeedOf(options, embedding, clock), _before, MostWaiting, id => KnowledgeWork.Making(id, clock), ct);
        if (portion.Documents.Count > 0)
        {
            if (_given == 0)
            {
                logger.CatchUpBegun(portion.Documents[0]);
            }

            _given += portion.Documents.Count;
            _before = portion.Documents[^1];
        }

        if (!portion.IsLast)
        {
            return true;
        }

        if (_given > 0)
        {
            logger.CatchUpDone(_given);
        }

        (_before, _given) = (null, 0);
        return false;
    }
}
