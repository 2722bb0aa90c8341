using System.Text;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Research.Ports;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Processes;
using Idp.Infrastructure.Research.Rubrics;
using Idp.Unit.Research;

namespace Idp.Integration.Research;

public sealed class FileRubricCatalogTests : RubricCatalogContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileSystemBlobStore _blobs;
    private readonly FileRubricCatalog _catalog;

    public FileRubricCatalogTests()
    {
        Directory.CreateDirectory(_folder.File("built-in"));
        File.WriteAllBytes(_folder.File("built-in/built-in.json"), RubricFile.Write(Rubrics.Small with { Name = "built-in" }));
        _blobs = new FileSystemBlobStore(new StorageOptions { Root = _folder.File("blobs") }, ProcessIdentity.Current(), TimeProvider.System);
        _catalog = new FileRubricCatalog(new RubricOptions { Folder = _folder.File("built-in") }, _blobs);
    }

    protected override IRubricCatalog Catalog => _catalog;

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"name":"other"}""")]
    [InlineData("""{"title":"t","query":"{company}","signals":[]}""")]
    [InlineData("""{"title":"t","query":"{company}","signals":[null],"tiers":[]}""")]
    public async Task A_broken_built_in_file_is_told_at_start(string text)
    {
        await File.WriteAllTextAsync(_folder.File("built-in/broken.json"), text, Ct);

        (await Should.ThrowAsync<SetupException>(() => _catalog.PrepareAsync(Ct))).Message.ShouldContain("broken.json");
    }

    [Fact]
    public async Task A_stored_rubric_that_was_broken_since_is_told_with_its_place()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("{"));
        await _blobs.WriteAsync(BlobKey.Of("rubrics/mine.json"), content, Ct);

        (await Should.ThrowAsync<InvalidDataException>(() => _catalog.FindAsync("mine", Ct))).Message.ShouldContain("rubrics/mine.json");
    }

    public void Dispose()
    {
        _catalog.Dispose();
        _folder.Dispose();
    }
}
