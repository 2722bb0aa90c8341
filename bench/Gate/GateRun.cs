using System.Diagnostics;

namespace Idp.Bench.Gate;

/// <summary>How a set of calls went.</summary>
/// <param name="PerSecond">Answered calls a second, from the first start to the last answer.</param>
/// <param name="PerSecondAfterWarmUp">The same from the moment when a quarter of the calls was answered.</param>
/// <param name="Rejected">Calls answered with 429.</param>
/// <param name="RejectedAfterWarmUp">Of these, those after that moment, as a share of all sent after it.</param>
internal sealed record GateRun(double PerSecond, double PerSecondAfterWarmUp, int Rejected, double RejectedAfterWarmUp);

/// <summary>Notes when calls were answered and rejected. Safe to use from many threads.</summary>
internal sealed class GateLog
{
    private readonly Lock _lock = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<TimeSpan> _answers = [];
    private readonly List<TimeSpan> _rejections = [];

    /// <summary>A call was answered now.</summary>
    public void Answered() => Note(_answers);

    /// <summary>A call was rejected now.</summary>
    public void Rejected() => Note(_rejections);

    /// <summary>Adds up; at least two calls must have been answered.</summary>
    public GateRun Sum()
    {
        lock (_lock)
        {
            var warm = _answers[(_answers.Count / 4) - 1];
            var (answered, rejected) = (_answers.Count - (_answers.Count / 4), _rejections.Count(at => at > warm));
            return new GateRun(
                _answers.Count / _answers[^1].TotalSeconds, answered / (_answers[^1] - warm).TotalSeconds, _rejections.Count, (double)rejected / (answered + rejected));
        }
    }

    private void Note(List<TimeSpan> list)
    {
        lock (_lock)
        {
            list.Add(Stopwatch.GetElapsedTime(_started));
        }
    }
}
