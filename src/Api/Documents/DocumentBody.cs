using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Domain.Documents;

namespace Idp.Api.Documents;

/// <summary>One document, as the contract prints it.</summary>
internal sealed record DocumentBody(
    string Id,
    string RunId,
    string FileName,
    string ContentSha256,
    long ByteCount,
    string FileType,
    string Kind,
    string Status,
    string? WaitingFor,
    string Stage,
    int Progress,
    int Priority,
    int PagesProcessed,
    int? TotalPages,
    string? BatchId,
    string? DuplicateOf,
    string? Schema,
    IReadOnlyList<string> Tags,
    IReadOnlyDictionary<string, StageBody> Stages,
    IReadOnlyList<AccountBody> Accounts,
    IReadOnlyList<int> UnassignedPages,
    CostBody Cost,
    string? BudgetUsd,
    IReadOnlyList<ProblemBody> Problems,
    string CreatedAt,
    string UpdatedAt)
{
    public static DocumentBody From(DocumentOverview overview)
    {
        var document = overview.Document;
        return new DocumentBody(
            document.Id.ToString(),
            document.RunId.ToString(),
            document.FileName,
            document.Hash.Value,
            document.ByteCount,
            document.FileType.Print(),
            document.Kind.Print(),
            document.Status.Print(),
            WaitingFor: null,
            document.CurrentStage,
            document.Percent,
            (int)document.Priority,
            document.PagesProcessed,
            document.TotalPages,
            document.BatchId?.ToString(),
            document.DuplicateOf?.ToString(),
            document.SchemaName,
            document.Tags,
            document.Stages.ToDictionary(static stage => stage.Name, StageBody.From, StringComparer.Ordinal),
            [.. overview.Accounts.Accounts.Select(static account => new AccountBody(
                account.Index, account.AccountNumber, account.Pages, account.SharedPages, account.Confidence.Print(), account.Reasons))],
            overview.Accounts.UnassignedPages,
            CostBody.From(overview.Cost),
            overview.Cap?.Print(),
            [.. document.Problems.Select(problem => problem.ToBody($"/v1/documents/{document.Id}"))],
            document.CreatedAt.Print(),
            document.UpdatedAt.Print());
    }
}

/// <summary>How far one stage is.</summary>
internal sealed record StageBody(string Status, int Progress, string? StartedAt, string? EndedAt)
{
    public static StageBody From(StageProgress stage) =>
        new(stage.Status.Print(), stage.Percent, stage.StartedAt?.Print(), stage.EndedAt?.Print());
}

/// <summary>One page of the list of documents.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
internal sealed record DocumentListBody(IReadOnlyList<DocumentBody> Items, string? NextCursor);

/// <summary>How to process a document.</summary>
/// <param name="Force">True runs it again from the start, without cached results.</param>
internal sealed record ProcessBody(bool Force = false);
