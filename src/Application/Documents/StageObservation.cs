using System.Diagnostics;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>How the work on a stage ended.</summary>
internal enum StageEnd
{
    /// <summary>Stopped: the document was cancelled, the lease was lost, or the service stops.</summary>
    Interrupted,

    /// <summary>Done, with or without problems.</summary>
    Completed,

    /// <summary>Goes on in another pool.</summary>
    HandedOn,

    /// <summary>Failed in passing; it is tried again.</summary>
    Retried,

    /// <summary>Failed for good.</summary>
    Failed,
}

/// <summary>Watches one stage of one document from its beginning until it is disposed: one span, one measurement of its time.</summary>
internal sealed class StageObservation : IDisposable
{
    private readonly string _stage;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private readonly Activity? _span;
    private StageEnd _end = StageEnd.Interrupted;

    /// <summary>Begins to watch.</summary>
    public StageObservation(Document document, string stage, TimeProvider clock)
    {
        (_stage, _clock, _startedAt) = (stage, clock, clock.GetTimestamp());
        _span = DocumentTelemetry.Source.StartActivity($"stage {stage}");
        if (_span is { IsAllDataRequested: true })
        {
            _span.SetTag("idp.document.id", document.Id.ToString());
            _span.SetTag("idp.document.kind", DocumentTelemetry.InWords(document.Kind));
            _span.SetTag("idp.stage", stage);
        }
    }

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Elapsed => _clock.GetElapsedTime(_startedAt);

    /// <summary>Says how it ended; without this it was interrupted.</summary>
    public void EndAs(StageEnd end, Error? error = null)
    {
        _end = end;
        if (error is not null)
        {
            _span?.SetTag("error.type", error.Code).SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        DocumentTelemetry.MeasureStage(_stage, _end, Elapsed);
        _span?.SetTag("idp.outcome", DocumentTelemetry.InWords(_end));
        _span?.Dispose();
    }
}
