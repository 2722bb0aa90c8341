using System.Text;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;

namespace Idp.Integration.Research;

/// <summary>What every reader of lists promises.</summary>
public abstract class CompanyListReaderContract
{
    protected abstract ICompanyListReader Reader { get; }

    [Fact]
    public async Task A_list_with_a_header_gives_names_and_countries() =>
        (await ReadAsync("country,company\nNorway,Acme\nChad,Boulder\n")).Value.ShouldNotBeNull().Companies.ShouldBe([new(1, "Acme", "Norway"), new(2, "Boulder", "Chad")]);

    [Fact]
    public async Task Nothing_at_all_is_no_list() => (await ReadAsync("")).Error.ShouldNotBeNull().Code.ShouldBe("research.no-companies");

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused() =>
        (await Reader.ReadAsync(new MemoryStream([0x50, 0x4B, 3, 4, 0, 0, 0, 1, 2, 0, 0]), TestContext.Current.CancellationToken)).Error.ShouldNotBeNull().Code.ShouldBe("research.not-text");

    protected Task<Result<CompanyList>> ReadAsync(string text, Encoding? encoding = null)
    {
        var used = encoding ?? new UTF8Encoding(false);
        return Reader.ReadAsync(new MemoryStream([.. used.GetPreamble(), .. used.GetBytes(text)]), TestContext.Current.CancellationToken);
    }
}
