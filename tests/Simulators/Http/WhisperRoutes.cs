using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Simulators.Billing;
using Idp.Simulators.Options;
using Idp.Simulators.Recognition;
using Idp.Simulators.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Idp.Simulators.Http;

/// <summary>The endpoints of the recognition provider, in the manner of LLMWhisperer v2. A submission is on the bill before the first byte of its answer.</summary>
/// <remarks>Source: docs.unstract.com and the public client, as noted in the project's specification.</remarks>
internal sealed class WhisperRoutes(ProviderState state, WhisperDesk desk)
{
    private const string Submission = "whisper";
    private const string KeyHeader = "unstract-key";

    private readonly ConcurrentDictionary<string, FaultDice> _dice = new(StringComparer.Ordinal);

    /// <summary>Strikes the next requests to an endpoint, one each.</summary>
    public void Script(string endpoint, IEnumerable<Fault> faults) => DiceOf(endpoint).Script(faults);

    /// <summary>Maps all of them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/whisper", context => ServeAsync(context, Submission, SubmitAsync));
        routes.MapGet("/api/v2/whisper-status", context => ServeAsync(context, "whisper-status", StatusAsync));
        routes.MapGet("/api/v2/whisper-retrieve", context => ServeAsync(context, "whisper-retrieve", RetrieveAsync));
        routes.MapGet("/api/v2/highlights", context => ServeAsync(context, "highlights", HighlightsAsync));
        routes.MapGet("/api/v2/get-usage-info", context => ServeAsync(context, "get-usage-info", UsageAsync));
    }

    private FaultDice DiceOf(string endpoint) => endpoint == Submission ? state.Dice : _dice.GetOrAdd(endpoint, static _ => new FaultDice());

    private async Task ServeAsync(HttpContext context, string endpoint, Func<HttpContext, FaultDraw, Task<WhisperReply>> answer)
    {
        var record = state.Log.Begin(state.Clock.GetUtcNow(), endpoint);
        var draw = DiceOf(endpoint).Draw($"{endpoint}{context.Request.QueryString}", state.Options.Faults);
        try
        {
            var reply = Refusal(context, endpoint, draw) ?? await answer(context, draw);
            record = record with { Status = reply.Body is null ? null : reply.Status, Outcome = OutcomeOf(reply), Faults = draw.Faults, EndedAt = state.Clock.GetUtcNow() };
            state.Log.Update(record);
            await WriteAsync(context, reply);
            state.Log.Update(record with { IsDelivered = reply.Body is not null });
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or BadHttpRequestException)
        {
            state.Log.Update(record with { Outcome = Outcome.Failed, EndedAt = state.Clock.GetUtcNow() });
            context.Abort();
        }
    }

    private static Outcome OutcomeOf(WhisperReply reply) =>
        reply.Body is null || reply.Status >= 500 ? Outcome.Failed : reply.Status >= 400 ? Outcome.Rejected : Outcome.Completed;

    private WhisperReply? Refusal(HttpContext context, string endpoint, FaultDraw draw)
    {
        var (options, key) = (state.Options, context.Request.Headers[KeyHeader].ToString());
        if (key.Length == 0 || (options.ApiKeys.Count > 0 && !options.ApiKeys.Contains(key, StringComparer.Ordinal)))
        {
            return Error(401, "Access denied due to missing or invalid subscription key.", draw);
        }

        if (state.Rates.Admit(0) is { } full)
        {
            return Error(429, "Rate limit is exceeded.", draw, full.Wait);
        }

        return draw switch
        {
            _ when draw.Has(Fault.RateLimited) => Error(429, "Rate limit is exceeded.", draw, TimeSpan.FromSeconds(1)),
            _ when draw.Has(Fault.ServerError) => Error(500, "Internal server error.", draw),
            _ when draw.Has(Fault.BadGateway) => Error(502, "Bad gateway.", draw),
            _ when draw.Has(Fault.Unavailable) => Error(503, "Service unavailable.", draw),
            _ when draw.Has(Fault.Forbidden) => Error(403, "Forbidden.", draw),
            _ when draw.Has(Fault.DropBeforeWork) => WhisperReply.Dropped,
            _ when endpoint == Submission && draw.Has(Fault.PaymentRequired) => Error(402, "The quota of this plan is used up.", draw),
            _ => null,
        };
    }

    private WhisperReply Error(int status, string message, FaultDraw draw, TimeSpan? retryAfter = null) =>
        WhisperReply.Error(status, message, state.Options.Recognition.ErrorShape, draw, state.Options.RateLimit.RetryAfter ? retryAfter : null);

    private async Task<WhisperReply> SubmitAsync(HttpContext context, FaultDraw draw)
    {
        var generation = state.Bill.Receive();
        var isBilled = false;
        try
        {
            var (request, options) = (WhisperRequest.Of(context.Request.Query), state.Options);
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            var content = bytes.ToArray();
            if (request.Fault is { } fault || content.Length == 0)
            {
                return Error(400, request.Fault ?? "No file was sent.", draw);
            }

            if (options.SizeLimit.RequestBytes > 0 && content.Length > options.SizeLimit.RequestBytes)
            {
                return Error(413, "The file is too large.", draw);
            }

            var pages = request.PagesOf(await desk.CountPagesAsync(content, context.RequestAborted));
            if (pages.Count == 0)
            {
                return Error(400, "None of the pages exists.", draw);
            }

            if (options.Recognition.PlanPages > 0 && state.BillNow().RecognizedPages + pages.Count > options.Recognition.PlanPages)
            {
                return Error(402, "The quota of this plan is used up.", draw);
            }

            if (desk.Accept(content, request, pages, draw) is not { } job)
            {
                return Error(429, "Too many documents at the same time.", draw, TimeSpan.FromSeconds(1));
            }

            var hash = Hash.Of([FileText.HashOf(content), request.ToString(), string.Join(',', pages)]);
            state.Bill.Complete(
                generation,
                new BilledCall(
                    generation, state.Clock.GetUtcNow(), Submission, "recognition", request.Mode, null, pages, 0, 0, pages.Count * options.Prices.RecognizedPage, hash,
                    [.. pages.Select(page => Hash.Of([FileText.HashOf(content), $"{page}"]))])
                { RecognizedPages = pages.Count },
                draw.Has(Fault.DropAfterBilling), context.RequestAborted.IsCancellationRequested);
            isBilled = true;
            return draw.Has(Fault.DropAfterBilling)
                ? WhisperReply.Dropped
                : WhisperReply.Json(202, new JsonObject { ["message"] = "Whisper Job Accepted", ["status"] = "processing", ["whisper_hash"] = job.Hash }, draw);
        }
        finally
        {
            if (!isBilled)
            {
                state.Bill.Reject(generation);
            }
        }
    }

    private Task<WhisperReply> StatusAsync(HttpContext context, FaultDraw draw) => Task.FromResult(
        desk.Look(HashOf(context), job => WhisperReply.Json(
            200,
            new JsonObject
            {
                ["status"] = job.Stage.ToString().ToLowerInvariant(),
                ["message"] = job.Stage is WhisperStage.Error ? "The document could not be read." : string.Empty,
                ["detail"] = new JsonArray([.. job.Pages.Select(page => (JsonNode)new JsonObject
                {
                    ["page_no"] = page, ["message"] = job.Stage.ToString(), ["execution_time_in_seconds"] = 0,
                })]),
            },
            draw))
        ?? Error(400, "Whisper job not found for hash", draw));

    private async Task<WhisperReply> RetrieveAsync(HttpContext context, FaultDraw draw)
    {
        var reply = Retrieve(context, draw);
        if (draw.Has(Fault.Slow))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(state.Options.Latency.SlowMilliseconds), state.Clock, context.RequestAborted);
        }

        return reply;
    }

    private WhisperReply Retrieve(HttpContext context, FaultDraw draw)
    {
        var isTextOnly = context.Request.Query["text_only"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);
        return desk.Look(HashOf(context), job =>
        {
            if (job.Stage is not (WhisperStage.Processed or WhisperStage.Retrieved))
            {
                return Error(400, $"Whisper not ready : {job.Stage.ToString().ToLowerInvariant()}", draw);
            }

            var isFirst = job.Stage is WhisperStage.Processed;
            state.Bill.Retrieve(isFirst);
            job.Stage = WhisperStage.Retrieved;
            return !isFirst ? Error(400, "Whisper already delivered", draw)
                : draw.Has(Fault.DropAfterBilling) ? WhisperReply.Dropped
                : isTextOnly ? new WhisperReply(200, Encoding.UTF8.GetBytes((string)job.Delivery()["result_text"]!))
                : WhisperReply.Json(200, job.Delivery(), draw);
        })
        ?? Error(404, "Whisper job unknown", draw);
    }

    private Task<WhisperReply> HighlightsAsync(HttpContext context, FaultDraw draw) => Task.FromResult(
        desk.Look(HashOf(context), job => job.Stage is WhisperStage.Processed or WhisperStage.Retrieved ? job.Highlights(context.Request.Query["lines"].ToString()) : null) is { } told
            ? WhisperReply.Json(200, told, draw)
            : Error(400, "Line metadata not found", draw));

    private Task<WhisperReply> UsageAsync(HttpContext context, FaultDraw draw)
    {
        var (bill, plan) = (state.BillNow(), state.Options.Recognition.PlanPages);
        return Task.FromResult(WhisperReply.Json(
            200,
            new JsonObject
            {
                ["current_page_count"] = bill.RecognizedPages,
                ["today_page_count"] = bill.RecognizedPages,
                ["daily_quota"] = plan > 0 ? plan : -1,
                ["monthly_quota"] = -1,
                ["overage_page_count"] = 0,
                ["subscription_plan"] = "simulated",
            },
            draw));
    }

    private static string HashOf(HttpContext context) => context.Request.Query["whisper_hash"].ToString();

    private static async Task WriteAsync(HttpContext context, WhisperReply reply)
    {
        if (reply.Body is null)
        {
            context.Abort();
            return;
        }

        if (reply.RetryAfter is { } wait)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = Math.Max(0.1, wait.TotalSeconds).ToString("0.###", CultureInfo.InvariantCulture);
        }

        await JsonReply.WriteAsync(context, reply.Status, reply.Body);
    }
}
