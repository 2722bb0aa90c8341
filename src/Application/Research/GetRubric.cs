using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Reads one rubric.</summary>
/// <param name="Name">Its name.</param>
public sealed record GetRubric(string Name) : IRequest<Result<Rubric>>;

internal sealed class GetRubricValidator : AbstractValidator<GetRubric>
{
    public GetRubricValidator() => RuleFor(request => request.Name).NotEmpty();
}

internal sealed class GetRubricHandler(IRubricCatalog rubrics) : IRequestHandler<GetRubric, Result<Rubric>>
{
    public async Task<Result<Rubric>> Handle(GetRubric request, CancellationToken cancellationToken) =>
        await rubrics.FindAsync(request.Name, cancellationToken) is { } rubric ? rubric : ResearchErrors.RubricNotFound(request.Name);
}
