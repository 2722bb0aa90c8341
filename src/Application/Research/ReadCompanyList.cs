using FluentValidation;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using MediatR;

namespace Idp.Application.Research;

/// <summary>Reads a list of companies, and starts nothing.</summary>
/// <param name="Content">The list's bytes.</param>
public sealed record ReadCompanyList(Stream Content) : IRequest<Result<CompanyList>>;

internal sealed class ReadCompanyListValidator : AbstractValidator<ReadCompanyList>
{
    public ReadCompanyListValidator() => RuleFor(request => request.Content).NotNull();
}

internal sealed class ReadCompanyListHandler(ICompanyListReader reader) : IRequestHandler<ReadCompanyList, Result<CompanyList>>
{
    public Task<Result<CompanyList>> Handle(ReadCompanyList request, CancellationToken cancellationToken) => reader.ReadAsync(request.Content, cancellationToken);
}
