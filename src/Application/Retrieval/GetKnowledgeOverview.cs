using FluentValidation;
using Idp.Application.Retrieval.Ports;
using Idp.Domain.Kernel;
using MediatR;

namespace Idp.Application.Retrieval;

/// <summary>Tells how many documents are searchable, and how many are still to be made so.</summary>
public sealed record GetKnowledgeOverview : IRequest<Result<KnowledgeOverview>>;

/// <summary>How many documents are searchable.</summary>
/// <param name="Counts">How the documents stand.</param>
/// <param name="CatchesUp">True when those that are behind get work by themselves.</param>
public sealed record KnowledgeOverview(KnowledgeCounts Counts, bool CatchesUp);

internal sealed class GetKnowledgeOverviewValidator : AbstractValidator<GetKnowledgeOverview>;

internal sealed class GetKnowledgeOverviewHandler(IKnowledgeBacklog backlog, RetrievalOptions options, TimeProvider clock, ITextEmbedding? embedding = null)
    : IRequestHandler<GetKnowledgeOverview, Result<KnowledgeOverview>>
{
    public async Task<Result<KnowledgeOverview>> Handle(GetKnowledgeOverview request, CancellationToken cancellationToken) => new KnowledgeOverview(
        await backlog.CountAsync(KnowledgeCatchUp.NeedOf(options, embedding, clock), cancellationToken), options.Enabled && options.CatchUp);
}
