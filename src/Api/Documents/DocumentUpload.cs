using System.Security.Cryptography;
using System.Text.Json;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Documents;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Idempotency;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Api.Documents;

/// <summary>Takes one upload in; with an <c>Idempotency-Key</c>, once however often it is sent.</summary>
internal static class DocumentUpload
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    public static async Task<IResult> HandleAsync(HttpContext context, IMediator mediator, IIdempotencyStore keys, CancellationToken ct)
    {
        var opened = MultipartUpload.Open(context.Request);
        if (!opened.IsSuccess)
        {
            return new ProblemResult(opened.Error);
        }

        if (context.Request.Headers[KeyHeader] is not { Count: > 0 } sent)
        {
            var uploaded = await UploadAsync(opened.Value, mediator, ct);
            return uploaded.ToHttp(document => Accepted(context, BodyOf(document)));
        }

        var key = sent.ToString();
        return key.Length is > 0 and <= LongestKey && key.All(static character => character is >= ' ' and <= '~')
            ? await UploadOnceAsync(context, opened.Value, key, mediator, keys, ct)
            : new ProblemResult(RequestProblems.BadIdempotencyKey(LongestKey));
    }

    private static async Task<IResult> UploadOnceAsync(
        HttpContext context, MultipartUpload form, string key, IMediator mediator, IIdempotencyStore keys, CancellationToken ct)
    {
        var claim = await keys.ClaimAsync(key, ct);
        return claim.State switch
        {
            KeyState.Running => new ProblemResult(RequestProblems.IdempotentRequestRunning()),
            KeyState.Answered => await ReplayAsync(context, form, claim, ct),
            KeyState.Claimed => await UploadClaimedAsync(context, form, key, mediator, keys, ct),
        };
    }

    /// <summary>Keeps the answer of what was taken in; a refusal had no effect, and the key stays free for a better try.</summary>
    private static async Task<IResult> UploadClaimedAsync(
        HttpContext context, MultipartUpload form, string key, IMediator mediator, IIdempotencyStore keys, CancellationToken ct)
    {
        var kept = false;
        try
        {
            var uploaded = await UploadAsync(form, mediator, ct);
            if (!uploaded.IsSuccess)
            {
                return new ProblemResult(uploaded.Error);
            }

            // The document is there: its answer is kept even when the caller has gone.
            var body = BodyOf(uploaded.Value);
            await keys.CompleteAsync(key, PayloadOf(form, uploaded.Value.Hash.Value), JsonSerializer.Serialize(body, ApiJson.Relaxed.DocumentBody), CancellationToken.None);
            kept = true;
            return Accepted(context, body);
        }
        finally
        {
            if (!kept)
            {
                await keys.ReleaseAsync(key, CancellationToken.None);
            }
        }
    }

    private static async Task<IResult> ReplayAsync(HttpContext context, MultipartUpload form, KeyClaim claim, CancellationToken ct)
    {
        var atFile = await form.ReadToFileAsync(ct);
        if (!atFile.IsSuccess)
        {
            return new ProblemResult(atFile.Error);
        }

        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(form.File, ct));
        var rest = await form.ReadRestAsync(ct);
        if (!rest.IsSuccess)
        {
            return new ProblemResult(rest.Error);
        }

        return claim.Payload == PayloadOf(form, hash) && JsonSerializer.Deserialize(claim.Answer ?? "null", ApiJson.Relaxed.DocumentBody) is { } body
            ? Accepted(context, body)
            : new ProblemResult(RequestProblems.IdempotencyKeyReused());
    }

    private static async Task<Result<Document>> UploadAsync(MultipartUpload form, IMediator mediator, CancellationToken ct)
    {
        var atFile = await form.ReadToFileAsync(ct);
        if (!atFile.IsSuccess)
        {
            return atFile.Error;
        }

        var request = UploadFields.Apply(new UploadDocument(form.File, form.FileName, DocumentKind.Auto, null, null, null, []), form.Fields);

        // Fields may also come after the file; they are known when the file is stored.
        return request.IsSuccess ? await mediator.Send(request.Value with { Completion = FinishAsync }, ct) : request.Error;

        async Task<Result<UploadDocument>> FinishAsync(UploadDocument soFar, CancellationToken token)
        {
            var rest = await form.ReadRestAsync(token);
            return rest.IsSuccess ? UploadFields.Apply(soFar, form.Fields) : rest.Error;
        }
    }

    /// <summary>What was sent: the file's bytes and name and every field, in whichever order.</summary>
    private static Fingerprint PayloadOf(MultipartUpload form, string contentHash) => Fingerprint.Of(
    [
        ("content", contentHash),
        ("name", form.FileName),
        .. form.Fields.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => ("field " + field.Key, field.Value)),
    ]);

    private static DocumentBody BodyOf(Document document) => DocumentBody.From(new DocumentOverview(document, new([], [])));

    private static IResult Accepted(HttpContext context, DocumentBody body)
    {
        context.Response.Headers.Location = $"/v1/documents/{body.Id}";
        return Answers.Json(body, ApiJson.Relaxed.DocumentBody, StatusCodes.Status202Accepted);
    }
}
