using FluentValidation;
using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Extraction;

/// <summary>Compares what two runs read, field by field; reviews are left out.</summary>
/// <param name="Id">The document.</param>
/// <param name="From">The one run.</param>
/// <param name="To">The other run.</param>
public sealed record CompareRuns(DocumentId Id, RunId From, RunId To) : IRequest<Result<ResultDifference>>;

internal sealed class CompareRunsValidator : AbstractValidator<CompareRuns>
{
    public CompareRunsValidator() => RuleFor(request => request.Id).NotEmpty();
}

internal sealed class CompareRunsHandler(IDocumentRuns documents, IExtractionRepository extraction) : IRequestHandler<CompareRuns, Result<ResultDifference>>
{
    public async Task<Result<ResultDifference>> Handle(CompareRuns request, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(request.Id, cancellationToken) is null)
        {
            return ExtractionErrors.DocumentNotFound(request.Id);
        }

        var stored = await extraction.ListResultsAsync(request.Id, cancellationToken);
        if (stored.FirstOrDefault(run => run.RunId == request.From) is not { } from)
        {
            return ExtractionErrors.RunNotFound(request.From);
        }

        return stored.FirstOrDefault(run => run.RunId == request.To) is { } to
            ? ResultComparison.Between(from.Result, to.Result)
            : ExtractionErrors.RunNotFound(request.To);
    }
}
