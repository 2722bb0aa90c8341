namespace Idp.Simulators.Billing;

/// <summary>The latest requests, oldest first. Safe to use from many threads.</summary>
internal sealed class RequestLog
{
    /// <summary>More than this are not kept; the bill counts them all the same.</summary>
    private const int Kept = 100_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, RequestRecord> _records = [];
    private long _last;

    /// <summary>Puts a new request down.</summary>
    public RequestRecord Begin(DateTimeOffset at, string endpoint)
    {
        lock (_gate)
        {
            var record = new RequestRecord(++_last, at, endpoint);
            _records.Add(record.Sequence, record);
            _records.Remove(record.Sequence - Kept);
            return record;
        }
    }

    /// <summary>Puts down what has become known.</summary>
    public void Update(RequestRecord record)
    {
        lock (_gate)
        {
            if (_records.ContainsKey(record.Sequence))
            {
                _records[record.Sequence] = record;
            }
        }
    }

    /// <summary>All kept requests now.</summary>
    public IReadOnlyList<RequestRecord> Snapshot()
    {
        lock (_gate)
        {
            return [.. _records.Values];
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
        }
    }
}
