using System.Globalization;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Extraction;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace Idp.Api.Extraction;

/// <summary>The routes of accounts and results.</summary>
internal static class AccountEndpoints
{
    /// <summary>No stored map has this version, so it matches none.</summary>
    private const long NoVersion = -1;

    public static void MapExtraction(this IEndpointRouteBuilder routes)
    {
        var document = routes.MapGroup("/v1/documents/{id:document}").WithTags("extraction");
        document.MapGet("result", GetResultAsync).Describes<ResultBody>("getResult", "Accounts, fields and tables with evidence; while running, what is there so far.");
        document.MapGet("accounts", GetAccountsAsync).Describes<AccountsBody>("getAccounts", "Which page belongs to which account, with an ETag.");
        document.MapPut("accounts", PutAccountsAsync)
            .Describes<AccountsBody>("putAccounts", "Replaces the page map; needs If-Match, and runs again only what changed.")
            .Accepts<AccountsEditBody>("application/json");
    }

    private static async Task<IResult> GetResultAsync(DocumentId id, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetResult(id), ct)).ToHttp(static result => Answers.Json(ResultBody.From(result), ApiJson.Relaxed.ResultBody));

    private static async Task<IResult> GetAccountsAsync(DocumentId id, HttpResponse response, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetAccounts(id), ct)).ToHttp(stored => Tagged(response, stored));

    private static async Task<IResult> PutAccountsAsync(DocumentId id, HttpContext context, IMediator mediator, CancellationToken ct)
    {
        var version = ReadIfMatch(context.Request.Headers.IfMatch.ToString());
        if (!version.IsSuccess)
        {
            return new ProblemResult(version.Error);
        }

        var body = await Answers.ReadAsync(context.Request, ApiJson.Relaxed.AccountsEditBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        if (body.Value.Accounts is not { } accounts || accounts.Any(account => account?.Pages is null))
        {
            return new ProblemResult(RequestProblems.Invalid(new FieldError("accounts", "A list of accounts is expected, each with its 'pages'.")));
        }

        var edited = accounts.Select(account => new EditedAccount(
            string.IsNullOrWhiteSpace(account.AccountNumber) ? null : account.AccountNumber.Trim(), account.Pages!.ToValueList())).ToValueList();
        var saved = await mediator.Send(new EditAccounts(id, edited, version.Value.Number), ct);
        return saved.ToHttp(stored => Tagged(context.Response, stored));
    }

    /// <summary>Reads <c>If-Match: "3"</c>; <c>*</c> takes whatever version there is. A tag that was never ours matches no version.</summary>
    private static Result<ExpectedVersion> ReadIfMatch(string header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return RequestProblems.VersionMissing();
        }

        if (!EntityTagHeaderValue.TryParse(header, out var tag))
        {
            return new ExpectedVersion(NoVersion);
        }

        if (tag.Equals(EntityTagHeaderValue.Any))
        {
            return new ExpectedVersion(null);
        }

        return new ExpectedVersion(
            long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoVersion);
    }

    private static IResult Tagged(HttpResponse response, StoredPageMap stored)
    {
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{stored.Version}\"");
        return Answers.Json(AccountsBody.From(stored), ApiJson.Relaxed.AccountsBody);
    }

    /// <summary>The version that a change is based on; null for any.</summary>
    private sealed record ExpectedVersion(long? Number);
}
