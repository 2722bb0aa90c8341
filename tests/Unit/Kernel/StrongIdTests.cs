using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Kernel;

public sealed class StrongIdTests
{
    [Fact]
    public void What_was_printed_is_read_back() => Prop.ForAll<Guid>(value =>
        value == Guid.Empty || StrongId.Parse<DocumentId>(new DocumentId(value).ToString()).Value == value).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_any_text_never_throws() => Prop.ForAll<string>(text =>
        !DocumentId.TryParse(text, null, out var id) || string.Equals(id.ToString(), text, StringComparison.OrdinalIgnoreCase)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("doc_")]
    [InlineData("run_01977f2ad0c57b0e8e4f2a6c1d3b5a79")]
    [InlineData("doc_00000000000000000000000000000000")]
    [InlineData("doc_01977f2a-d0c5-7b0e-8e4f-2a6c1d3b5a79")]
    [InlineData(" doc_01977f2ad0c57b0e8e4f2a6c1d3b5a79")]
    public void What_is_no_id_of_the_kind_is_refused(string? text)
    {
        DocumentId.TryParse(text, null, out _).ShouldBeFalse();

        Should.Throw<FormatException>(() => StrongId.Parse<DocumentId>(text ?? ""));
    }

    [Fact]
    public void Ids_sort_by_time_as_text()
    {
        var clock = new ManualTimeProvider();
        var earlier = StrongId.New<DocumentId>(clock).ToString();

        clock.Advance(TimeSpan.FromMilliseconds(1));

        string.CompareOrdinal(earlier, StrongId.New<DocumentId>(clock).ToString()).ShouldBeLessThan(0);
    }

    [Fact]
    public void Each_kind_of_id_prints_its_prefix()
    {
        var clock = new ManualTimeProvider();

        StrongId.New<DocumentId>(clock).ToString().ShouldStartWith("doc_");
        StrongId.New<RunId>(clock).ToString().ShouldStartWith("run_");
        StrongId.New<WorkItemId>(clock).ToString().ShouldStartWith("wrk_");
    }
}
