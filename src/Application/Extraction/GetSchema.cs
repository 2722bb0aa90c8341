using FluentValidation;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Reads one extraction schema.</summary>
/// <param name="Name">Its name.</param>
public sealed record GetSchema(string Name) : IRequest<Result<ExtractionSchema>>;

internal sealed class GetSchemaValidator : AbstractValidator<GetSchema>
{
    public GetSchemaValidator() => RuleFor(request => request.Name).NotEmpty();
}

internal sealed class GetSchemaHandler(ISchemaCatalog schemas) : IRequestHandler<GetSchema, Result<ExtractionSchema>>
{
    public async Task<Result<ExtractionSchema>> Handle(GetSchema request, CancellationToken cancellationToken) =>
        await schemas.FindAsync(request.Name, cancellationToken) is { } schema ? schema : ExtractionErrors.SchemaNotFound(request.Name);
}
