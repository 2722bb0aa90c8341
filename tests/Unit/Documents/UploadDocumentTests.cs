using System.Text;
using Idp.Application.Documents;
using Idp.Application.Documents.Contracts;
using Idp.Application.Kernel;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Idp.Unit.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Idp.Unit.Documents;

public sealed class UploadDocumentTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.5\n" + new string('x', 3000));

    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryDocuments _documents;
    private readonly InMemoryBlobs _blobs = new();
    private readonly IDocumentAccounts _accounts = Substitute.For<IDocumentAccounts>();
    private readonly InMemoryCalls _ledger = new();

    public UploadDocumentTests() => _documents = new InMemoryDocuments(_clock);

    [Fact]
    public async Task An_upload_is_stored_whole_with_its_hash_and_its_first_work_item()
    {
        var document = (await UploadAsync(Pdf)).Value.ShouldNotBeNull();

        document.Status.ShouldBe(DocumentStatus.Queued);
        document.Hash.Value.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Pdf)));
        document.ByteCount.ShouldBe(Pdf.Length);
        _blobs.Contents[$"documents/{document.Id}/original"].ShouldBe(Pdf);
        _documents.Work.ShouldHaveSingleItem().Step.ShouldBe(StageNames.OcrExtraction);
        _documents.Events.ShouldHaveSingleItem().Name.ShouldBe("document_queued");
    }

    [Theory]
    [InlineData(DocumentKind.Loan, Priority.High)]
    [InlineData(DocumentKind.Auto, Priority.Normal)]
    public async Task Loans_go_first_unless_the_sender_says_otherwise(DocumentKind kind, Priority expected)
    {
        (await UploadAsync(Pdf, kind)).Value.ShouldNotBeNull().Priority.ShouldBe(expected);
        (await UploadAsync(Pdf, kind, Priority.Low)).Value.ShouldNotBeNull().Priority.ShouldBe(Priority.Low);
    }

    [Fact]
    public async Task The_same_bytes_of_the_same_kind_are_marked_as_a_duplicate()
    {
        var first = (await UploadAsync(Pdf)).Value.ShouldNotBeNull();

        (await UploadAsync(Pdf)).Value.ShouldNotBeNull().DuplicateOf.ShouldBe(first.Id);
        (await UploadAsync(Pdf, DocumentKind.Receipt)).Value.ShouldNotBeNull().DuplicateOf.ShouldBeNull();
    }

    [Theory]
    [InlineData("", "document.empty")]
    [InlineData("plain text under the name of a PDF", "document.unsupported-type")]
    public async Task What_cannot_be_read_is_refused_and_leaves_nothing_behind(string content, string code)
    {
        (await UploadAsync(Encoding.ASCII.GetBytes(content))).Error.ShouldNotBeNull().Code.ShouldBe(code);

        _blobs.Contents.ShouldBeEmpty();
        _documents.Work.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_over_the_limit_is_refused_and_leaves_nothing_behind()
    {
        var result = await UploadAsync(Pdf, limits: new LimitOptions { MaxUploadBytes = Pdf.Length - 1 });

        result.Error.ShouldNotBeNull().Kind.ShouldBe(ErrorKind.TooLarge);
        _blobs.Contents.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_schema_is_refused() =>
        (await UploadAsync(Pdf, schema: "nobody-knows-this")).Error.ShouldNotBeNull().Code.ShouldBe("schema.unknown");

    [Fact]
    public async Task The_budget_of_an_upload_is_the_cap_of_its_document()
    {
        var document = (await UploadAsync(Pdf, budgetUsd: 0.25m)).Value.ShouldNotBeNull();
        var free = (await UploadAsync(Pdf)).Value.ShouldNotBeNull();

        (await _ledger.FindBudgetAsync(BudgetScope.Of(document.Id.ToString()), TestContext.Current.CancellationToken)).Cap.ShouldBe(Money.FromDollars(0.25m));
        (await _ledger.OwnCapsAsync([BudgetScope.Of(free.Id.ToString())], TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private Task<Result<Document>> UploadAsync(
        byte[] content, DocumentKind kind = DocumentKind.Auto, Priority? priority = null, string? schema = null, LimitOptions? limits = null, decimal? budgetUsd = null)
    {
        var intake = new DocumentIntake(_documents, _blobs, _accounts, _ledger, limits ?? new LimitOptions(), _clock, NullLogger<DocumentIntake>.Instance);
        var handler = new UploadDocumentHandler(intake, [new UploadDocumentValidator()]);
        return handler.Handle(
            new UploadDocument(new MemoryStream(content), "packet.pdf", kind, priority, budgetUsd, schema, []), TestContext.Current.CancellationToken);
    }
}
