using Idp.Application.Batches.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Batches;

/// <summary>Batches in memory, with the promises of the port that use cases rely on.</summary>
internal sealed class InMemoryBatches : IBatchRepository
{
    private readonly Dictionary<BatchId, (Batch Batch, ValueList<BatchFile> Files)> _batches = [];

    public List<NewEvent> Events { get; } = [];

    public Task AddAsync(Batch batch, ValueList<BatchFile> files, CancellationToken ct)
    {
        _batches.Add(batch.Id, (batch, files));
        return Task.CompletedTask;
    }

    public Task<Batch?> FindAsync(BatchId id, CancellationToken ct) => Task.FromResult(_batches.TryGetValue(id, out var known) ? known.Batch : null);

    public Task<ValueList<BatchFile>> FilesOfAsync(BatchId id, CancellationToken ct) => Task.FromResult(_batches[id].Files);

    public Task<ValueList<Batch>> ListAsync(BatchQuery query, CancellationToken ct) =>
        Task.FromResult(_batches.Values.Select(static known => known.Batch).OrderByDescending(static batch => batch.CreatedAt).Take(query.Limit).ToValueList());

    public Task<ValueList<BatchId>> ListUnfinishedAsync(CancellationToken ct) =>
        Task.FromResult(_batches.Values.Where(static known => !known.Batch.HasEnded).Select(static known => known.Batch.Id).ToValueList());

    public Task<Batch?> SaveAsync(Batch batch, ValueList<NewEvent> events, CancellationToken ct)
    {
        if (!_batches.TryGetValue(batch.Id, out var known) || known.Batch.Version != batch.Version)
        {
            return Task.FromResult<Batch?>(null);
        }

        var saved = batch with { Version = batch.Version + 1 };
        _batches[batch.Id] = (saved, known.Files);
        Events.AddRange(events);
        return Task.FromResult<Batch?>(saved);
    }
}
