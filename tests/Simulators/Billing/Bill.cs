namespace Idp.Simulators.Billing;

/// <summary>Counts what was asked and what is to be paid. One lock guards all of it, so that every snapshot is one moment; safe to use from many threads.</summary>
internal sealed class Bill(BillFile? file) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _completedRequests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _completedPages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deliveredRequests = new(StringComparer.Ordinal);
    private long _received;
    private long _completed;
    private long _rejected;
    private long _failed;
    private long _droppedAfterBilling;
    private long _abandoned;
    private long _promptTokens;
    private long _completionTokens;
    private decimal _money;
    private long _credits;
    private long _recognizedPages;
    private long _retrieved;
    private long _retrievedAgain;
    private long _delivered;
    private long _duplicates;
    private long _duplicatesOfDelivered;
    private long _repeatedPages;
    private long _generation;

    /// <summary>A request arrived.</summary>
    /// <returns>The generation to give back at its end: a request that began before a reset is no longer counted.</returns>
    public long Receive()
    {
        lock (_gate)
        {
            _received++;
            return _generation;
        }
    }

    /// <summary>An answer was computed.</summary>
    /// <param name="generation">From <see cref="Receive"/>.</param>
    /// <param name="call">What to pay.</param>
    /// <param name="isDropped">Whether the answer is cut off on purpose.</param>
    /// <param name="isAbandoned">Whether the client had gone.</param>
    public void Complete(long generation, BilledCall call, bool isDropped, bool isAbandoned)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            _completed++;
            _droppedAfterBilling += isDropped ? 1 : 0;
            _abandoned += isAbandoned ? 1 : 0;
            _promptTokens += call.PromptTokens;
            _completionTokens += call.CompletionTokens;
            _money += call.Money;
            _credits += call.Credits;
            _recognizedPages += call.RecognizedPages;
            _duplicatesOfDelivered += _deliveredRequests.Contains(call.RequestHash) ? 1 : 0;
            _duplicates += Repeats(_completedRequests, call.RequestHash);
            _repeatedPages += call.PageHashes.Sum(page => Repeats(_completedPages, page));
            file?.Append(call);
        }
    }

    /// <summary>A computed answer was handed to the network as a whole.</summary>
    public void Deliver(long generation, string requestHash)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                _delivered++;
                _deliveredRequests.Add(requestHash);
            }
        }
    }

    /// <summary>A text was asked for.</summary>
    /// <param name="isFirst">False where it had been fetched before.</param>
    public void Retrieve(bool isFirst)
    {
        lock (_gate)
        {
            _retrieved += isFirst ? 1 : 0;
            _retrievedAgain += isFirst ? 0 : 1;
        }
    }

    /// <summary>A request was refused.</summary>
    public void Reject(long generation)
    {
        lock (_gate)
        {
            _rejected += generation == _generation ? 1 : 0;
        }
    }

    /// <summary>A request failed, or its client left.</summary>
    public void Fail(long generation, bool isAbandoned)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                _failed++;
                _abandoned += isAbandoned ? 1 : 0;
            }
        }
    }

    /// <summary>The bill now.</summary>
    public BillSnapshot Snapshot(int mostAtOnce, int mostWaiting)
    {
        lock (_gate)
        {
            return new BillSnapshot(
                _received, _completed, _rejected, _failed, _received - _completed - _rejected - _failed, _droppedAfterBilling, _abandoned,
                _promptTokens, _completionTokens, _money, _delivered, _duplicates, _duplicatesOfDelivered, _repeatedPages, mostAtOnce, mostWaiting)
            {
                Credits = _credits,
                RecognizedPages = _recognizedPages,
                Retrieved = _retrieved,
                RetrievedAgain = _retrievedAgain,
            };
        }
    }

    /// <summary>Begins a new bill. The file goes on.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _generation++;
            _completedRequests.Clear();
            _completedPages.Clear();
            _deliveredRequests.Clear();
            (_received, _completed, _rejected, _failed, _droppedAfterBilling, _abandoned) = (0, 0, 0, 0, 0, 0);
            (_promptTokens, _completionTokens, _money, _credits) = (0, 0, 0, 0);
            (_recognizedPages, _retrieved, _retrievedAgain) = (0, 0, 0);
            (_delivered, _duplicates, _duplicatesOfDelivered, _repeatedPages) = (0, 0, 0, 0);
        }
    }

    /// <inheritdoc />
    public void Dispose() => file?.Dispose();

    /// <summary>1 if the key was there before, else 0.</summary>
    private static int Repeats(Dictionary<string, int> completed, string key)
    {
        var before = completed.GetValueOrDefault(key);
        completed[key] = before + 1;
        return before > 0 ? 1 : 0;
    }
}
