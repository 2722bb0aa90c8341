using System.Globalization;
using System.Text.Json;
using Idp.Api.Kernel.Access;
using Idp.Api.Kernel.Http;
using Idp.Api.Kernel.Json;
using Idp.Api.Kernel.Problems;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using MediatR;

namespace Idp.Api.Kernel.Costs;

/// <summary>The routes of usage and budgets.</summary>
internal static class CostEndpoints
{
    public static void MapCosts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/usage", GetUsageAsync).WithTags("costs").Describes<UsageBody>(
            "getUsage", "What was spent: amount, calls, tokens and calls saved; `group_by` takes a list of `day`, `model`, `batch`, `document`.");
        var budgets = routes.MapGroup("/v1/budgets").WithTags("costs");
        budgets.MapGet("{scope}", GetBudgetAsync).Describes<BudgetBody>(
            "getBudget", "How a budget stands. The scope is `day`, `day:YYYY-MM-DD`, `document`, or the id of a document, batch or job; `day` shows today.");
        budgets.MapPut("{scope}", PutBudgetAsync)
            .Describes<BudgetBody>("putBudget", "Sets a spending cap; `limit_usd` is a decimal string, a number, or null for no limit.")
            .Accepts<BudgetChangeBody>("application/json")
            .Needs(Role.Admin);
    }

    private static async Task<IResult> GetUsageAsync(string? group_by, IMediator mediator, CancellationToken ct)
    {
        var names = (group_by ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        var groupings = names.Select(PrintedValues.Read<UsageGrouping>).OfType<UsageGrouping>().ToValueList();
        return groupings.Count == names.Count
            ? (await mediator.Send(new GetUsage(groupings), ct)).ToHttp(report => Answers.Json(UsageBody.From(groupings, report), ApiJson.Relaxed.UsageBody))
            : new ProblemResult(RequestProblems.Invalid(new FieldError("group_by", $"Must be a list of {PrintedValues.List<UsageGrouping>()}.")));
    }

    private static async Task<IResult> GetBudgetAsync(string scope, IMediator mediator, CancellationToken ct) =>
        BudgetScope.TryParse(scope, out var known) ? await AnswerAsync(known, mediator, ct) : new ProblemResult(BudgetErrors.UnknownScope());

    private static async Task<IResult> PutBudgetAsync(string scope, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        if (!BudgetScope.TryParse(scope, out var known))
        {
            return new ProblemResult(BudgetErrors.UnknownScope());
        }

        var body = await Answers.ReadAsync(request, ApiJson.Relaxed.BudgetChangeBody, whenEmpty: null, ct);
        if (!body.IsSuccess)
        {
            return new ProblemResult(body.Error);
        }

        var (name, given) = body.Value.Limit();
        if (!TryReadLimit(given, out var limit))
        {
            return new ProblemResult(RequestProblems.Invalid(new FieldError(name, "Must be an amount in US dollars such as \"5.00\", or null for no limit.")));
        }

        var set = await mediator.Send(new SetBudget(known, limit), ct);
        return set.IsSuccess
            ? await AnswerAsync(known, mediator, ct)
            : new ProblemResult(set.Error with { Fields = set.Error.Fields.Select(fault => fault with { Field = name }).ToValueList() });
    }

    private static async Task<IResult> AnswerAsync(BudgetScope scope, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new GetBudget(scope), ct)).ToHttp(static budget => Answers.Json(BudgetBody.From(budget), ApiJson.Relaxed.BudgetBody));

    private static bool TryReadLimit(JsonElement given, out decimal? limit)
    {
        limit = null;
        switch (given.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.Number when given.TryGetDecimal(out var number):
                limit = number;
                return true;
            case JsonValueKind.String when decimal.TryParse(
                given.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount):
                limit = amount;
                return true;
            default:
                return false;
        }
    }
}
