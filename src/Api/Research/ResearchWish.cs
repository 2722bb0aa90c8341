using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Kernel.Caching;
using Idp.Application.Research;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Api.Research;

/// <summary>What was sent to begin a job, in a form or as JSON.</summary>
/// <param name="Start">What to begin.</param>
/// <param name="Payload">The identity of everything that was sent.</param>
internal sealed record ResearchWish(StartResearch Start, Fingerprint Payload)
{
    private const string FilePart = "file";

    /// <summary>Reads a request: a form with a list, or JSON with names.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mediator">Reads the list.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Result<ResearchWish>> ReadAsync(HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        if (request.HasJsonContentType())
        {
            var body = await Answers.ReadAsync(request, ApiJson.Relaxed.ResearchRequestBody, whenEmpty: null, ct);
            return body.IsSuccess ? OfNames(body.Value) : body.Error;
        }

        var form = MultipartUpload.Open(request, FilePart);
        return form.IsSuccess ? await OfFormAsync(form.Value, mediator, ct) : form.Error;
    }

    /// <summary>Begins with names alone.</summary>
    public static Result<ResearchWish> OfNames(ResearchRequestBody body)
    {
        var builder = new CompanyListBuilder();
        var names = body.Companies ?? [];
        for (var index = 0; index < names.Count; index++)
        {
            if (!builder.TryAdd(index + 1, names[index], country: null))
            {
                return ResearchErrors.TooManyCompanies(CompanyListBuilder.MostCompanies);
            }
        }

        var budget = ReadBudget(body.BudgetUsd);
        var list = builder.Build();
        if (!budget.IsSuccess || !list.IsSuccess)
        {
            return budget.Error ?? list.Error!;
        }

        return new ResearchWish(
            new StartResearch(list.Value, FileName: null, Given(body.SubmittedBy), Given(body.Rubric), budget.Value.Usd),
            Fingerprint.Of(
            [
                ("submitted_by", body.SubmittedBy ?? string.Empty), ("rubric", body.Rubric ?? string.Empty), ("budget", budget.Value.ToString()),
                .. names.Select(static name => ("company", name ?? string.Empty)),
            ]));
    }

    private static async Task<Result<ResearchWish>> OfFormAsync(MultipartUpload form, IMediator mediator, CancellationToken ct)
    {
        if (!await form.TryReadToFileAsync(ct))
        {
            return RequestProblems.FileMissing();
        }

        var name = form.FileName;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var list = await mediator.Send(new ReadCompanyList(new HashingStream(form.File, hash)), ct);
        if (!list.IsSuccess)
        {
            return list.Error;
        }

        // Fields may also come after the file.
        if (await form.TryReadToFileAsync(ct))
        {
            return RequestProblems.TooManyFiles();
        }

        var sent = form.Fields.GetValueOrDefault("budget_usd")?.Trim() ?? string.Empty;
        var budget = ReadBudget(sent);
        return budget.IsSuccess
            ? new ResearchWish(
                new StartResearch(
                    list.Value, name, Given(form.Fields.GetValueOrDefault("submitted_by")), Given(form.Fields.GetValueOrDefault("rubric")), budget.Value.Usd),
                Fingerprint.Of(
                [
                    ("file " + name, Convert.ToHexStringLower(hash.GetHashAndReset())),
                    .. form.Fields.OrderBy(static field => field.Key, StringComparer.Ordinal).Select(static field => ("field " + field.Key, field.Value)),
                ]))
            : budget.Error;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Result<Budget> ReadBudget(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => new Budget(null),
        JsonValueKind.String => ReadBudget(value.GetString()!.Trim()),
        JsonValueKind.Number => ReadBudget(value.GetRawText()),
        _ => NoAmount(),
    };

    private static Result<Budget> ReadBudget(string text) =>
        text.Length == 0 ? new Budget(null)
        : decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? new Budget(amount)
        : NoAmount();

    private static Error NoAmount() => RequestProblems.Invalid(new FieldError("budget_usd", "Must be an amount in US dollars such as 0.50."));

    /// <summary>A cap, or none.</summary>
    private readonly record struct Budget(decimal? Usd);

    /// <summary>Hashes what passes.</summary>
    private sealed class HashingStream(Stream content, IncrementalHash hash) : Application.Kernel.Streams.ForwardStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await content.ReadAsync(buffer, cancellationToken);
            hash.AppendData(buffer.Span[..count]);
            return count;
        }
    }
}
