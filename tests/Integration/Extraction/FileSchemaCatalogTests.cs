using System.Text;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Blobs;
using Idp.Domain.Extraction;
using Idp.Infrastructure.Extraction.Schemas;
using Idp.Infrastructure.Kernel;
using Idp.Infrastructure.Kernel.Blobs;
using Idp.Infrastructure.Kernel.Blobs.FileSystem;
using Idp.Infrastructure.Kernel.Processes;

namespace Idp.Integration.Extraction;

public sealed class FileSchemaCatalogTests : SchemaCatalogContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileSystemBlobStore _blobs;
    private readonly FileSchemaCatalog _catalog;

    public FileSchemaCatalogTests()
    {
        Directory.CreateDirectory(_folder.File("built-in"));
        WriteBuiltIn("receipt", """{"name":"receipt","kind":"receipt","fields":[{"name":"total","type":"money"}]}""");
        _blobs = new FileSystemBlobStore(new StorageOptions { Root = _folder.File("blobs") }, ProcessIdentity.Current(), TimeProvider.System);
        _catalog = new FileSchemaCatalog(new SchemaOptions { Folder = _folder.File("built-in") }, _blobs);
    }

    protected override ISchemaCatalog Catalog => _catalog;

    [Fact]
    public async Task Lists_that_a_file_leaves_out_are_empty()
    {
        WriteBuiltIn("thin", """{"kind":"form","tables":[{"name":"lines","columns":[{"name":"item","type":"text"}]},{"name":"bare"}]}""");

        var schema = (await Catalog.FindAsync("thin", Ct)).ShouldNotBeNull();

        schema.Name.ShouldBe("thin");
        schema.Fields.ShouldBeEmpty();
        schema.Tables[0].Columns.ShouldBe([new ColumnDefinition("item", FieldType.Text, [])]);
        schema.Tables[1].Columns.ShouldBeEmpty();
        (await Catalog.FindAsync("receipt", Ct)).ShouldNotBeNull().Fields.ShouldBe(
            [new FieldDefinition("total", FieldType.Money, false, false, [], null)]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"name":"other"}""")]
    [InlineData("""{"kind":"nonsense"}""")]
    [InlineData("""{"fields":[{"type":"money"}]}""")]
    [InlineData("""{"fields":[null]}""")]
    [InlineData("""{"fields":{}}""")]
    public async Task A_broken_built_in_file_is_told_at_start(string text)
    {
        WriteBuiltIn("broken", text);

        var exception = await Should.ThrowAsync<SetupException>(() => _catalog.PrepareAsync(Ct));

        exception.Message.ShouldContain(_folder.File("built-in/broken.json"));
    }

    [Fact]
    public async Task A_missing_folder_is_told_at_start()
    {
        using var catalog = new FileSchemaCatalog(new SchemaOptions { Folder = _folder.File("nowhere") }, _blobs);

        var exception = await Should.ThrowAsync<SetupException>(() => catalog.PrepareAsync(Ct));

        exception.Message.ShouldContain("SCHEMAS__FOLDER");
    }

    [Fact]
    public async Task A_users_file_that_someone_broke_is_named()
    {
        await _blobs.WriteAsync(BlobKey.Of("schemas/own.json"), new MemoryStream(Encoding.UTF8.GetBytes("{")), Ct);

        var exception = await Should.ThrowAsync<InvalidDataException>(() => Catalog.FindAsync("own", Ct));

        exception.Message.ShouldContain("schemas/own.json");
    }

    [Fact]
    public async Task Other_files_beside_users_schemas_are_no_schemas()
    {
        await _blobs.WriteAsync(BlobKey.Of("schemas/notes.txt"), new MemoryStream([1]), Ct);
        await _blobs.WriteAsync(BlobKey.Of("schemas/deep/down.json"), new MemoryStream([1]), Ct);

        (await Catalog.NamesAsync(Ct)).ShouldBe(["receipt"]);
    }

    public void Dispose()
    {
        _catalog.Dispose();
        _folder.Dispose();
    }

    private void WriteBuiltIn(string name, string text) => File.WriteAllText(_folder.File($"built-in/{name}.json"), text);
}
