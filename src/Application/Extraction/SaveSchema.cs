using System.Text.RegularExpressions;
using FluentValidation;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Stores a user's own schema, or one in place of a built-in one.</summary>
/// <param name="Schema">The schema.</param>
public sealed record SaveSchema(ExtractionSchema Schema) : IRequest<Result<ExtractionSchema>>;

internal sealed partial class SaveSchemaValidator : AbstractValidator<SaveSchema>
{
    public SaveSchemaValidator()
    {
        RuleFor(request => request.Schema.Name).Matches(Name());
        RuleFor(request => request.Schema.Fields).Must(fields => fields.Count <= 500).WithMessage("At most 500 fields.");
        RuleFor(request => request.Schema.Fields).Must(fields => fields.DistinctBy(field => field.Name).Count() == fields.Count)
            .WithMessage("Field names must differ.");
        RuleFor(request => request.Schema).Must(schema => schema.Fields.Count + schema.Tables.Count > 0)
            .WithMessage("A schema has at least one field or table.");
        RuleForEach(request => request.Schema.Fields).ChildRules(field =>
        {
            field.RuleFor(definition => definition.Name).Matches(Name());
            field.RuleFor(definition => definition.Labels).Must(labels => labels.Count <= 200 && labels.All(label => label.Length is > 0 and <= 200))
                .WithMessage("At most 200 labels of 1 to 200 characters.");
        });
        RuleForEach(request => request.Schema.Tables).ChildRules(table => table.RuleFor(definition => definition.Name).Matches(Name()));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}

internal sealed class SaveSchemaHandler(ISchemaCatalog schemas) : IRequestHandler<SaveSchema, Result<ExtractionSchema>>
{
    public async Task<Result<ExtractionSchema>> Handle(SaveSchema request, CancellationToken cancellationToken)
    {
        await schemas.SaveAsync(request.Schema, cancellationToken);
        return request.Schema;
    }
}
