using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Lists the names of the rubrics.</summary>
public sealed record ListRubrics : IRequest<Result<ValueList<string>>>;

internal sealed class ListRubricsValidator : AbstractValidator<ListRubrics>;

internal sealed class ListRubricsHandler(IRubricCatalog rubrics) : IRequestHandler<ListRubrics, Result<ValueList<string>>>
{
    public async Task<Result<ValueList<string>>> Handle(ListRubrics request, CancellationToken cancellationToken) => await rubrics.NamesAsync(cancellationToken);
}
