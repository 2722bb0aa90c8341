using System.Globalization;
using System.Text;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Application.Research;
using Idp.Application.Research.Ports;
using Idp.Domain.Research;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace Idp.Api.Research;

/// <summary>The companies of a job as a file for spreadsheets, written while it is sent, best first.</summary>
internal sealed class CompanyCsv(JobId job, long number, string? tier, bool hasByteOrderMark, IMediator mediator) : IResult
{
    private const int PageSize = 200;

    private static readonly string[] Columns =
        ["row", "company", "country", "tier", "score", "classification", "status", "reasons", "quotes", "sources", "cost_usd", "search_credits", "problem", "remarks"];

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(string.Create(CultureInfo.InvariantCulture, $"research-{number}.csv"));
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "private, no-cache";
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(hasByteOrderMark), leaveOpen: true) { NewLine = "\r\n" };
        await WriteAsync(text, Columns, ct);
        for (CompanyCursor? cursor = null; ;)
        {
            var listed = await mediator.Send(new ListCompanies(job, tier, cursor, PageSize), ct);
            foreach (var company in listed.Value?.Items ?? [])
            {
                await WriteAsync(text, CellsOf(company), ct);
            }

            cursor = listed.Value?.NextCursor;
            if (cursor is null)
            {
                return;
            }
        }
    }

    private static string[] CellsOf(CompanyOverview overview)
    {
        var company = overview.Company;
        var findings = company.Findings;
        return
        [
            company.Row.ToString(CultureInfo.InvariantCulture), company.Name, company.Country ?? string.Empty, findings?.Tier ?? string.Empty,
            findings?.Score.ToString(CultureInfo.InvariantCulture) ?? string.Empty, findings?.Classification ?? string.Empty, company.Status.Print(),
            Lines(findings?.Reasons.Select(static reason => (reason.IsSupported ? string.Empty : "[unsupported] ") + reason.Text)),
            Lines(findings?.Reasons.Select(static reason => reason.Quote)),
            Lines(findings?.Sources.Select(static source => source.Url)),
            overview.Cost.Amount.ToString(), company.SearchCredits.ToString(CultureInfo.InvariantCulture), company.Problem?.Code ?? string.Empty, Lines(findings?.Remarks),
        ];
    }

    private static string Lines(IEnumerable<string>? lines) => string.Join('\n', lines ?? []);

    private static Task WriteAsync(StreamWriter text, IEnumerable<string> cells, CancellationToken ct) =>
        text.WriteLineAsync(string.Join(',', cells.Select(CsvCell.Of)).AsMemory(), ct);
}
