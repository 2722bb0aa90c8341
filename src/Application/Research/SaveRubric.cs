using System.Text.RegularExpressions;
using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Stores a user's own rubric, or one in place of a built-in one. Jobs that run keep theirs.</summary>
/// <param name="Rubric">The rubric.</param>
public sealed record SaveRubric(Rubric Rubric) : IRequest<Result<Rubric>>;

internal sealed class SaveRubricValidator : AbstractValidator<SaveRubric>
{
    public SaveRubricValidator(IValidator<Rubric> rules) => RuleFor(request => request.Rubric).SetValidator(rules);
}

/// <summary>What makes a rubric usable; also for those that come with the program.</summary>
internal sealed partial class RubricValidator : AbstractValidator<Rubric>
{
    /// <summary>With the longest name in it, a question is not longer than providers take.</summary>
    private const int LongestTemplate = Rubric.LongestQuery - CompanyListBuilder.LongestName;

    public RubricValidator()
    {
        RuleFor(rubric => rubric.Name).Matches(Name());
        RuleFor(rubric => rubric.Title).NotEmpty().MaximumLength(200);
        RuleFor(rubric => rubric.Description).MaximumLength(4_000);
        RuleFor(rubric => rubric.Query).MaximumLength(LongestTemplate).Must(static query => query.Split(Rubric.NameMark).Length == 2)
            .WithMessage($"The query must have {Rubric.NameMark} once, where the name goes.");
        RuleFor(rubric => rubric.Search.Depth).IsInEnum();
        RuleFor(rubric => rubric.Search.MaximumResults).InclusiveBetween(1, 20);
        RuleFor(rubric => rubric.Search.LeastRelevance).InclusiveBetween(0, 1);
        RuleFor(rubric => rubric.Signals).Must(static signals => signals.Count is > 0 and <= 100).WithMessage("From 1 to 100 signals.");
        RuleFor(rubric => rubric.Signals).Must(static signals => signals.DistinctBy(static signal => signal.Name).Count() == signals.Count)
            .WithMessage("Names of signals must differ.");
        RuleForEach(rubric => rubric.Signals).ChildRules(static signal =>
        {
            signal.RuleFor(static entry => entry.Name).NotEmpty().MaximumLength(100);
            signal.RuleFor(static entry => entry.Text).NotEmpty().MaximumLength(1_000);
            signal.RuleFor(static entry => entry.Weight).InclusiveBetween(-100, 100).NotEqual(0);
            signal.RuleFor(static entry => entry.Classification).MaximumLength(100);
            signal.RuleFor(static entry => entry.Phrases).Must(static phrases => phrases.Count <= 200 && phrases.All(static phrase => phrase.Trim().Length is > 0 and <= 200))
                .WithMessage("At most 200 phrases of 1 to 200 characters.");
        });
        RuleFor(rubric => rubric.Tiers).Must(AreTiers)
            .WithMessage("From 1 to 10 tiers with different names, each from a lower score than the one before, the last from 0.");
        RuleForEach(rubric => rubric.Tiers).ChildRules(static tier => tier.RuleFor(static entry => entry.Name).Matches(Name()));
    }

    private static bool AreTiers(ValueList<Tier> tiers) =>
        tiers.Count is > 0 and <= 10 && tiers[^1].From == 0 && tiers[0].From <= 100
        && tiers.Zip(tiers.Skip(1)).All(static pair => pair.First.From > pair.Second.From)
        && tiers.Select(static tier => tier.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == tiers.Count;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}

internal sealed class SaveRubricHandler(IRubricCatalog rubrics) : IRequestHandler<SaveRubric, Result<Rubric>>
{
    public async Task<Result<Rubric>> Handle(SaveRubric request, CancellationToken cancellationToken)
    {
        await rubrics.SaveAsync(request.Rubric, cancellationToken);
        return request.Rubric;
    }
}
