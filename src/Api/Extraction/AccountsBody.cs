using Idp.Api.Kernel.Json;
using Idp.Application.Extraction.Ports;

namespace Idp.Api.Extraction;

/// <summary>Which page belongs to which account; the ETag is the version.</summary>
/// <param name="Accounts">In the order of their first page.</param>
/// <param name="UnassignedPages">Pages of no account.</param>
/// <param name="Edited">True when a person set the map.</param>
/// <param name="Version">Counts the changes; the ETag without its quotes.</param>
internal sealed record AccountsBody(IReadOnlyList<AccountBody> Accounts, IReadOnlyList<int> UnassignedPages, bool Edited, long Version)
{
    public static AccountsBody From(StoredPageMap stored) => new(
        [.. stored.Map.Accounts.Select(static account => new AccountBody(
            account.Index, account.AccountNumber, account.Pages, account.SharedPages, account.Confidence.Print(), account.Reasons))],
        stored.Map.UnassignedPages,
        stored.Edited,
        stored.Version);
}

/// <summary>The map as a person wants it; what <see cref="AccountsBody"/> has besides is ignored, so that an answer can be edited and sent back.</summary>
internal sealed record AccountsEditBody(IReadOnlyList<AccountEditBody>? Accounts);

/// <summary>One account as a person wants it.</summary>
internal sealed record AccountEditBody(string? AccountNumber, IReadOnlyList<int>? Pages);
