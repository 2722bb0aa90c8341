using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Application.Kernel.Work;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Documents;

/// <summary>Documents, work and events in memory, with the promises of the ports that use cases rely on.</summary>
internal sealed class InMemoryDocuments(TimeProvider clock) : IDocumentRepository, IWorkQueue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DocumentId, Document> _documents = [];
    private readonly Dictionary<WorkItemId, WorkItem> _work = [];
    private readonly HashSet<WorkItemId> _leased = [];
    private readonly List<NewEvent> _events = [];

    public IReadOnlyList<NewEvent> Events => _events;

    public IReadOnlyCollection<WorkItem> Work => _work.Values;

    public List<string> Hastened { get; } = [];

    public Task AddAsync(ValueList<DocumentArrival> arrivals, CancellationToken ct)
    {
        lock (_lock)
        {
            foreach (var arrival in arrivals)
            {
                _documents.Add(arrival.Document.Id, arrival.Document);
                _work.Add(arrival.FirstWork.Id, arrival.FirstWork);
                _events.AddRange(arrival.Events);
            }
        }

        return Task.CompletedTask;
    }

    public Task<Document?> FindAsync(DocumentId id, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_documents.GetValueOrDefault(id));
        }
    }

    public Task<ValueList<Document>> ListAsync(DocumentQuery query, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_documents.Values.OrderByDescending(document => document.CreatedAt).Take(query.Limit).ToValueList());
        }
    }

    public Task<DocumentId?> FindTwinAsync(ContentHash hash, DocumentKind requestedKind, string? schemaName, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_documents.Values
                .Where(document => document.Hash == hash && document.RequestedKind == requestedKind && document.SchemaName == schemaName)
                .Select(document => (DocumentId?)document.Id).FirstOrDefault());
        }
    }

    public Task<Document?> SaveAsync(DocumentChange change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var isCurrent = _documents.TryGetValue(change.Document.Id, out var stored) && stored.Version == change.Document.Version;
            if (!isCurrent || (change.FinishedWork is { } finished && !_leased.Contains(finished)))
            {
                return Task.FromResult<Document?>(null);
            }

            var saved = change.Document with { Version = change.Document.Version + 1 };
            _documents[saved.Id] = saved;
            foreach (var item in _work.Values.Where(item => change.FinishedWork == item.Id || (change.DropsWork && item.Subject == saved.Id.ToString())).ToList())
            {
                Remove(item.Id);
            }

            if (change.NextWork is { } next)
            {
                _work.Add(next.Id, next);
            }

            _events.AddRange(change.Events);
            return Task.FromResult<Document?>(saved);
        }
    }

    public Task<ValueList<Document>> ListOfBatchAsync(BatchId batch, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_documents.Values.Where(document => document.BatchId == batch).OrderBy(document => document.CreatedAt).ToValueList());
        }
    }

    public async Task<ValueList<Document>> UpdateAllAsync(BatchId batch, Func<Document, DocumentChange?> change, CancellationToken ct)
    {
        var saved = new List<Document>();
        foreach (var document in await ListOfBatchAsync(batch, ct))
        {
            if (change(document) is { } wanted)
            {
                saved.Add((await SaveAsync(wanted, ct))!);
            }
        }

        return saved.ToValueList();
    }

    public Task HastenAsync(DocumentId id, CancellationToken ct)
    {
        Hastened.Add(id.ToString());
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(DocumentId id, ValueList<NewEvent> events, CancellationToken ct)
    {
        lock (_lock)
        {
            _events.AddRange(events);
            return Task.FromResult(_documents.Remove(id));
        }
    }

    public Task<WorkItem?> ClaimAsync(string pool, TimeSpan lease, CancellationToken ct)
    {
        lock (_lock)
        {
            var item = _work.Values.Where(item => item.Pool == pool && !_leased.Contains(item.Id) && item.AvailableAt <= clock.GetUtcNow())
                .MinBy(item => Ageing.OrderingTime(item.Priority, item.EnqueuedAt));
            if (item is not null)
            {
                _leased.Add(item.Id);
            }

            return Task.FromResult(item);
        }
    }

    public Task<bool> RenewAsync(WorkItemId id, TimeSpan lease, CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(_leased.Contains(id));
        }
    }

    public Task ReleaseAsync(WorkItemId id, CancellationToken ct)
    {
        lock (_lock)
        {
            _leased.Remove(id);
        }

        return Task.CompletedTask;
    }

    public Task RetryLaterAsync(WorkItemId id, TimeSpan delay, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_leased.Remove(id))
            {
                _work[id] = _work[id] with { Attempts = _work[id].Attempts + 1, AvailableAt = clock.GetUtcNow() + delay };
            }
        }

        return Task.CompletedTask;
    }

    public Task CompleteAsync(WorkItemId id, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_leased.Contains(id))
            {
                Remove(id);
            }
        }

        return Task.CompletedTask;
    }

    public Task<int> TakeOverFromDeadProcessesAsync(CancellationToken ct) => Task.FromResult(0);

    public Task WaitForWorkAsync(string pool, TimeSpan atMost, CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);

    public Task<ValueList<QueueDepth>> DepthsAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            return Task.FromResult(Enum.GetValues<Priority>()
                .Select(priority => new QueueDepth(priority, _work.Values.Count(item => item.Priority == priority && !_leased.Contains(item.Id)), _leased.Count))
                .ToValueList());
        }
    }

    private void Remove(WorkItemId id)
    {
        _work.Remove(id);
        _leased.Remove(id);
    }
}
