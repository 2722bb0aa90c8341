using System.Globalization;
using System.Text.Json;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Batches.Sql;

/// <summary>A batch as the table holds it: types that both databases have, in the order of <see cref="Select"/>.</summary>
internal sealed record BatchRow(
    string Id, string ErrorStrategy, long Priority, string? BudgetUsd, string Status, string Counts, long Progress, long IsCancelRequested,
    string CreatedAt, string UpdatedAt, string? EndedAt, long Version)
{
    /// <summary>Reads whole batches; a WHERE clause follows.</summary>
    public const string Select = """
        SELECT id AS Id, error_strategy AS ErrorStrategy, priority AS Priority, budget_usd AS BudgetUsd, status AS Status, counts AS Counts,
            progress AS Progress, is_cancel_requested AS IsCancelRequested, created_at AS CreatedAt, updated_at AS UpdatedAt,
            ended_at AS EndedAt, version AS Version
        FROM batches
        """;

    /// <summary>Adds a batch.</summary>
    public const string Insert = """
        INSERT INTO batches (
            id, error_strategy, priority, budget_usd, status, counts, progress, is_cancel_requested, created_at, updated_at, ended_at, version)
        VALUES (
            @Id, @ErrorStrategy, @Priority, @BudgetUsd, @Status, @Counts, @Progress, @IsCancelRequested, @CreatedAt, @UpdatedAt, @EndedAt, @Version)
        """;

    /// <summary>Replaces a batch of the version that was read by one of the next version; how it was sent never changes.</summary>
    public const string Update = """
        UPDATE batches SET
            status = @Status, counts = @Counts, progress = @Progress, is_cancel_requested = @IsCancelRequested,
            updated_at = @UpdatedAt, ended_at = @EndedAt, version = @Version + 1
        WHERE id = @Id AND version = @Version
        """;

    /// <summary>The row of a batch.</summary>
    public static BatchRow Of(Batch batch) => new(
        batch.Id.ToString(),
        EnumText<ErrorStrategy>.Of(batch.ErrorStrategy),
        (long)batch.Priority,
        batch.BudgetUsd?.ToString(CultureInfo.InvariantCulture),
        EnumText<BatchStatus>.Of(batch.Status),
        JsonSerializer.Serialize(batch.Counts, BatchColumnsJson.Default.BatchCounts),
        batch.Percent,
        batch.IsCancelRequested ? 1 : 0,
        TimeText.Of(batch.CreatedAt),
        TimeText.Of(batch.UpdatedAt),
        batch.EndedAt is { } ended ? TimeText.Of(ended) : null,
        batch.Version);

    /// <summary>The batch of this row.</summary>
    public Batch ToBatch() => new(
        StrongId.Parse<BatchId>(Id),
        EnumText<ErrorStrategy>.Parse(ErrorStrategy),
        (Priority)Priority,
        BudgetUsd is null ? null : decimal.Parse(BudgetUsd, NumberStyles.Number, CultureInfo.InvariantCulture),
        EnumText<BatchStatus>.Parse(Status),
        JsonSerializer.Deserialize(Counts, BatchColumnsJson.Default.BatchCounts)!,
        (int)Progress,
        IsCancelRequested != 0,
        TimeText.Parse(CreatedAt),
        TimeText.Parse(UpdatedAt),
        EndedAt is null ? null : TimeText.Parse(EndedAt),
        Version);
}

/// <summary>The verdict on one file as the table holds it.</summary>
internal sealed record BatchFileRow(string BatchId, long Position, string FileName, string Status, string? DocumentId, string? DuplicateOf, string? Problem)
{
    /// <summary>Adds a verdict.</summary>
    public const string Insert = """
        INSERT INTO batch_files (batch_id, position, file_name, status, document_id, duplicate_of, problem)
        VALUES (@BatchId, @Position, @FileName, @Status, @DocumentId, @DuplicateOf, @Problem)
        """;

    /// <summary>Reads the verdicts of a batch in their order.</summary>
    public const string SelectOfBatch = """
        SELECT batch_id AS BatchId, position AS Position, file_name AS FileName, status AS Status, document_id AS DocumentId,
            duplicate_of AS DuplicateOf, problem AS Problem
        FROM batch_files WHERE batch_id = @Id ORDER BY position
        """;

    /// <summary>The row of a verdict.</summary>
    public static BatchFileRow Of(BatchId batch, int position, BatchFile file) => new(
        batch.ToString(), position, file.FileName, EnumText<BatchFileStatus>.Of(file.Status), file.DocumentId?.ToString(), file.DuplicateOf?.ToString(),
        file.Problem is null ? null : JsonSerializer.Serialize(file.Problem, BatchColumnsJson.Default.Error));

    /// <summary>The verdict of this row.</summary>
    public BatchFile ToFile() => new(
        FileName, EnumText<BatchFileStatus>.Parse(Status), DocumentId is null ? null : StrongId.Parse<DocumentId>(DocumentId),
        DuplicateOf is null ? null : StrongId.Parse<DocumentId>(DuplicateOf),
        Problem is null ? null : JsonSerializer.Deserialize(Problem, BatchColumnsJson.Default.Error));
}
