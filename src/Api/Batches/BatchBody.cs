using Idp.Api.Kernel.Costs;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Batches;
using Idp.Domain.Batches;

namespace Idp.Api.Batches;

/// <summary>One batch, as the contract prints it.</summary>
/// <param name="Id">The batch.</param>
/// <param name="BatchId">The same, as ref 001's callers look for it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Progress">How far it is, 0 to 100.</param>
/// <param name="ErrorStrategy">What a failed document does to the others.</param>
/// <param name="Priority">0 (first) to 2.</param>
/// <param name="Counts">How its files ended.</param>
/// <param name="Files">The verdicts on its files; absent in lists.</param>
/// <param name="Cost">What its documents cost so far.</param>
/// <param name="BudgetUsd">The most that they may cost together; null for no limit.</param>
/// <param name="EtaSeconds">Time left at the pace so far; null when nothing can be said yet or nothing is left.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="StartedAt">When its first document began; null before that and in lists.</param>
/// <param name="EndedAt">When its last document ended.</param>
internal sealed record BatchBody(
    string Id, string BatchId, string Status, int Progress, string ErrorStrategy, int Priority, BatchCountsBody Counts, IReadOnlyList<BatchFileBody>? Files,
    CostBody Cost, string? BudgetUsd, int? EtaSeconds, string CreatedAt, string UpdatedAt, string? StartedAt, string? EndedAt)
{
    public static BatchBody From(BatchOverview overview, DateTimeOffset now)
    {
        var batch = overview.Batch;
        var id = batch.Id.ToString();
        return new BatchBody(
            id, id, batch.Status.Print(), batch.Percent, batch.ErrorStrategy.Print(), (int)batch.Priority, BatchCountsBody.From(batch.Counts),
            overview.Files?.Select(file => BatchFileBody.From(file, $"/v1/batches/{id}")).ToList(),
            CostBody.From(overview.Cost), overview.Cap?.Print(),
            overview.Progress?.TimeLeft(now) is { } left ? (int)Math.Min(Math.Ceiling(left.TotalSeconds), int.MaxValue) : null,
            batch.CreatedAt.Print(), batch.UpdatedAt.Print(), overview.Progress?.BeganAt?.Print(), batch.EndedAt?.Print());
    }
}

/// <summary>How the files of a batch ended; who is in none is still at work.</summary>
internal sealed record BatchCountsBody(int Total, int Completed, int Partial, int Failed, int Cancelled, int Rejected)
{
    public static BatchCountsBody From(BatchCounts counts) =>
        new(counts.Total, counts.Completed, counts.Partial, counts.Failed, counts.Cancelled, counts.Rejected);
}

/// <summary>The verdict on one file.</summary>
internal sealed record BatchFileBody(string FileName, string Status, string? DocumentId, string? DuplicateOf, ProblemBody? Problem)
{
    public static BatchFileBody From(BatchFile file, string instance) => new(
        file.FileName, file.Status.Print(), file.DocumentId?.ToString(), file.DuplicateOf?.ToString(), file.Problem?.ToBody(instance, traceId: null));
}

/// <summary>One page of the list of batches.</summary>
/// <param name="Items">Newest first, without their files.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
internal sealed record BatchListBody(IReadOnlyList<BatchBody> Items, string? NextCursor);

/// <summary>Says in OpenAPI what the upload reads.</summary>
/// <param name="Files">The files; archives are opened.</param>
/// <param name="ErrorStrategy"><c>continue</c> or <c>fail_all</c>.</param>
/// <param name="Priority">0 (first) to 2; 2 when absent.</param>
/// <param name="BudgetUsd">The most that all may cost together, in US dollars.</param>
/// <param name="Kind">What they are; recognised when absent or <c>auto</c>.</param>
/// <param name="Schema">A schema other than the kind's own.</param>
/// <param name="Tags">The sender's own marks, joined by commas.</param>
internal sealed record BatchUploadForm(IReadOnlyList<byte[]> Files, string? ErrorStrategy, int? Priority, string? BudgetUsd, string? Kind, string? Schema, string? Tags);
