using FluentValidation;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Lists the names of the extraction schemas.</summary>
public sealed record ListSchemas : IRequest<Result<ValueList<string>>>;

internal sealed class ListSchemasValidator : AbstractValidator<ListSchemas>;

internal sealed class ListSchemasHandler(ISchemaCatalog schemas) : IRequestHandler<ListSchemas, Result<ValueList<string>>>
{
    public async Task<Result<ValueList<string>>> Handle(ListSchemas request, CancellationToken cancellationToken) =>
        await schemas.NamesAsync(cancellationToken);
}
