using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Application.Research.Ports;

/// <summary>Reads lists of companies as people and spreadsheets write them.</summary>
/// <remarks>Adapters: CSV of any common delimiter and encoding. Memory is bounded by the largest list.</remarks>
public interface ICompanyListReader
{
    /// <summary>Reads a list; rows that cannot be used are reported in it.</summary>
    /// <returns>The list, or one of <see cref="ResearchErrors"/> when nothing of it can be used.</returns>
    Task<Result<CompanyList>> ReadAsync(Stream content, CancellationToken ct);
}
