using System.Security.Cryptography;
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
    private const string FilePart = "file";

    public static async Task<IResult> HandleAsync(HttpContext context, IMediator mediator, IIdempotencyStore keys, CancellationToken ct)
    {
        var opened = MultipartUpload.Open(context.Request, FilePart);
        if (!opened.IsSuccess)
        {
            return new ProblemResult(opened.Error);
        }

        var form = opened.Value;
        var once = new IdempotentCreation<DocumentBody>(CreateAsync, token => ReadPayloadAsync(form, token), ApiJson.Relaxed.DocumentBody);
        return (await once.RunAsync(context, keys, ct)).ToHttp(body => Accepted(context, body));

        async Task<Result<Created<DocumentBody>>> CreateAsync(CancellationToken token)
        {
            var uploaded = await UploadAsync(form, mediator, token);
            return uploaded.IsSuccess
                ? new Created<DocumentBody>(DocumentBody.From(new DocumentOverview(uploaded.Value, new([], []))), PayloadOf(form, uploaded.Value.Hash.Value))
                : uploaded.Error;
        }
    }

    private static async Task<Result<Fingerprint>> ReadPayloadAsync(MultipartUpload form, CancellationToken ct)
    {
        if (!await form.TryReadToFileAsync(ct))
        {
            return RequestProblems.FileMissing();
        }

        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(form.File, ct));
        return await form.TryReadToFileAsync(ct) ? RequestProblems.TooManyFiles() : PayloadOf(form, hash);
    }

    private static async Task<Result<Document>> UploadAsync(MultipartUpload form, IMediator mediator, CancellationToken ct)
    {
        if (!await form.TryReadToFileAsync(ct))
        {
            return RequestProblems.FileMissing();
        }

        var request = Apply(new UploadDocument(form.File, form.FileName, DocumentKind.Auto, null, null, null, []), form.Fields);

        // Fields may also come after the file; they are known when the file is stored.
        return request.IsSuccess ? await mediator.Send(request.Value with { Completion = FinishAsync }, ct) : request.Error;

        async Task<Result<UploadDocument>> FinishAsync(UploadDocument soFar, CancellationToken token)
        {
            return await form.TryReadToFileAsync(token) ? RequestProblems.TooManyFiles() : Apply(soFar, form.Fields);
        }
    }

    private static Result<UploadDocument> Apply(UploadDocument request, IReadOnlyDictionary<string, string> fields)
    {
        var terms = IntakeFields.Read(fields);
        return terms.IsSuccess
            ? request with
            {
                Kind = terms.Value.Kind, Priority = terms.Value.Priority, BudgetUsd = terms.Value.BudgetUsd, SchemaName = terms.Value.SchemaName, Tags = terms.Value.Tags,
            }
            : terms.Error;
    }

    /// <summary>What was sent: the file's bytes and name and every field, in whichever order.</summary>
    private static Fingerprint PayloadOf(MultipartUpload form, string contentHash) => Fingerprint.Of(
    [
        ("content", contentHash),
        ("name", form.FileName),
        .. form.Fields.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => ("field " + field.Key, field.Value)),
    ]);

    private static IResult Accepted(HttpContext context, DocumentBody body)
    {
        context.Response.Headers.Location = $"/v1/documents/{body.Id}";
        return Answers.Json(body, ApiJson.Relaxed.DocumentBody, StatusCodes.Status202Accepted);
    }
}
