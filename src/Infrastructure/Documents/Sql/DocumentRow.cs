using System.Globalization;
using System.Text.Json;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;
using Idp.Infrastructure.Kernel.Sql;

namespace Idp.Infrastructure.Documents.Sql;

/// <summary>A document as the table holds it: types that both databases have, in the order of <see cref="Select"/>.</summary>
internal sealed record DocumentRow(
    string Id,
    string RunId,
    string FileName,
    string ContentHash,
    long ByteCount,
    string FileType,
    string RequestedKind,
    string Kind,
    string? SchemaName,
    string Tags,
    long Priority,
    string? BudgetUsd,
    string Status,
    string Stages,
    long PagesProcessed,
    long? TotalPages,
    string Problems,
    string? DuplicateOf,
    long ForceFresh,
    string CreatedAt,
    string UpdatedAt,
    long Version,
    string? BatchId)
{
    /// <summary>Reads whole documents; a WHERE clause follows.</summary>
    public const string Select = """
        SELECT id AS Id, run_id AS RunId, file_name AS FileName, content_hash AS ContentHash, byte_count AS ByteCount,
            file_type AS FileType, requested_kind AS RequestedKind, kind AS Kind, schema_name AS SchemaName, tags AS Tags,
            priority AS Priority, budget_usd AS BudgetUsd, status AS Status, stages AS Stages, pages_processed AS PagesProcessed,
            total_pages AS TotalPages, problems AS Problems, duplicate_of AS DuplicateOf, force_fresh AS ForceFresh,
            created_at AS CreatedAt, updated_at AS UpdatedAt, version AS Version, batch_id AS BatchId
        FROM documents
        """;

    /// <summary>Adds a document.</summary>
    public const string Insert = """
        INSERT INTO documents (
            id, run_id, file_name, file_name_folded, content_hash, byte_count, file_type, requested_kind, kind, schema_name, tags,
            priority, budget_usd, status, stages, pages_processed, total_pages, problems, duplicate_of, force_fresh,
            created_at, updated_at, version, batch_id)
        VALUES (
            @Id, @RunId, @FileName, @FileNameFolded, @ContentHash, @ByteCount, @FileType, @RequestedKind, @Kind, @SchemaName, @Tags,
            @Priority, @BudgetUsd, @Status, @Stages, @PagesProcessed, @TotalPages, @Problems, @DuplicateOf, @ForceFresh,
            @CreatedAt, @UpdatedAt, @Version, @BatchId)
        """;

    /// <summary>Replaces a document of the version that was read by one of the next version.</summary>
    public const string Update = """
        UPDATE documents SET
            run_id = @RunId, file_name = @FileName, file_name_folded = @FileNameFolded, content_hash = @ContentHash,
            byte_count = @ByteCount, file_type = @FileType, requested_kind = @RequestedKind, kind = @Kind, schema_name = @SchemaName,
            tags = @Tags, priority = @Priority, budget_usd = @BudgetUsd, status = @Status, stages = @Stages,
            pages_processed = @PagesProcessed, total_pages = @TotalPages, problems = @Problems, duplicate_of = @DuplicateOf,
            force_fresh = @ForceFresh, created_at = @CreatedAt, updated_at = @UpdatedAt, version = @Version + 1, batch_id = @BatchId
        WHERE id = @Id AND version = @Version
        """;

    /// <summary>The file name in the letter case that searches compare.</summary>
    public string FileNameFolded => Fold(FileName);

    /// <summary>Makes two texts that differ in letter case alone the same.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();

    /// <summary>The row of a document.</summary>
    public static DocumentRow Of(Document document) => new(
        document.Id.ToString(),
        document.RunId.ToString(),
        document.FileName,
        document.Hash.Value,
        document.ByteCount,
        EnumText<FileType>.Of(document.FileType),
        EnumText<DocumentKind>.Of(document.RequestedKind),
        EnumText<DocumentKind>.Of(document.Kind),
        document.SchemaName,
        JsonSerializer.Serialize(document.Tags, DocumentColumnsJson.Default.ValueListString),
        (long)document.Priority,
        document.BudgetUsd?.ToString(CultureInfo.InvariantCulture),
        EnumText<DocumentStatus>.Of(document.Status),
        JsonSerializer.Serialize(document.Stages, DocumentColumnsJson.Default.ValueListStageProgress),
        document.PagesProcessed,
        document.TotalPages,
        JsonSerializer.Serialize(document.Problems, DocumentColumnsJson.Default.ValueListProblem),
        document.DuplicateOf?.ToString(),
        document.ForceFresh ? 1 : 0,
        TimeText.Of(document.CreatedAt),
        TimeText.Of(document.UpdatedAt),
        document.Version,
        document.BatchId?.ToString());

    /// <summary>The document of this row.</summary>
    public Document ToDocument() => new(
        StrongId.Parse<DocumentId>(Id),
        StrongId.Parse<RunId>(RunId),
        FileName,
        new ContentHash(ContentHash),
        ByteCount,
        EnumText<FileType>.Parse(FileType),
        EnumText<DocumentKind>.Parse(RequestedKind),
        EnumText<DocumentKind>.Parse(Kind),
        SchemaName,
        JsonSerializer.Deserialize(Tags, DocumentColumnsJson.Default.ValueListString)!,
        (Priority)Priority,
        BudgetUsd is null ? null : decimal.Parse(BudgetUsd, NumberStyles.Number, CultureInfo.InvariantCulture),
        EnumText<DocumentStatus>.Parse(Status),
        JsonSerializer.Deserialize(Stages, DocumentColumnsJson.Default.ValueListStageProgress)!,
        (int)PagesProcessed,
        (int?)TotalPages,
        JsonSerializer.Deserialize(Problems, DocumentColumnsJson.Default.ValueListProblem)!,
        DuplicateOf is null ? null : StrongId.Parse<DocumentId>(DuplicateOf),
        ForceFresh != 0,
        TimeText.Parse(CreatedAt),
        TimeText.Parse(UpdatedAt),
        Version)
    {
        BatchId = BatchId is null ? null : StrongId.Parse<BatchId>(BatchId),
    };
}
