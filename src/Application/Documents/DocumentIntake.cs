using Idp.Application.Documents.Contracts;
using Idp.Application.Documents.Ports;
using Idp.Application.Kernel;
using Idp.Application.Kernel.Blobs;
using Idp.Application.Kernel.Costs;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Costs;
using Idp.Domain.Kernel.Work;
using Microsoft.Extensions.Logging;

namespace Idp.Application.Documents;

internal sealed class DocumentIntake(
    IDocumentRepository documents, IBlobStore blobs, IDocumentAccounts accounts, ICostLedger ledger, LimitOptions limits, TimeProvider clock,
    ILogger<DocumentIntake> logger)
    : IDocumentIntake
{
    public async Task<Result<ReceivedFile>> ReceiveAsync(Stream content, string fileName, CancellationToken ct)
    {
        var id = StrongId.New<DocumentId>(clock);
        await using var upload = new UploadStream(content, limits.MaxUploadBytes);
        var stored = false;
        try
        {
            if (await upload.DetectTypeAsync(fileName, ct) is not { } type)
            {
                return upload.IsEmpty ? DocumentErrors.Empty()
                    : await upload.IsProtectedOfficeFileAsync(ct) ? DocumentErrors.Encrypted()
                    : DocumentErrors.UnsupportedType();
            }

            var byteCount = await blobs.WriteAsync(DocumentStorage.Original(id), upload, ct);
            stored = true;
            return new ReceivedFile(id, fileName, type, upload.Hash(), byteCount);
        }
        catch (UploadTooLargeException)
        {
            return DocumentErrors.TooLarge(limits.MaxUploadBytes);
        }
        finally
        {
            if (!stored)
            {
                await blobs.DeleteAsync(DocumentStorage.Original(id), CancellationToken.None);
            }
        }
    }

    public async Task DiscardAsync(IEnumerable<ReceivedFile> files)
    {
        foreach (var file in files)
        {
            // With what was made of them: files without pages have been laid out when somebody looked at one.
            foreach (var folder in DocumentStorage.FoldersOf(file.Id))
            {
                await blobs.DeleteBelowAsync(folder, CancellationToken.None);
            }
        }
    }

    public async Task<ValueList<Document>> DraftAsync(ValueList<ReceivedFile> files, IntakeTerms terms, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var drafts = new List<Document>();
        var twins = new Dictionary<ContentHash, DocumentId>();
        foreach (var file in files)
        {
            var twin = twins.TryGetValue(file.Hash, out var known) ? known : await documents.FindTwinAsync(file.Hash, terms.Kind, terms.SchemaName, ct);
            twins.TryAdd(file.Hash, twin ?? file.Id);

            // A tick apart: work that came together goes in the order of the upload.
            drafts.Add(Draft(file, terms, twin, now.AddTicks(drafts.Count)));
        }

        return drafts.ToValueList();
    }

    public async Task QueueAsync(ValueList<Document> drafts, CancellationToken ct)
    {
        foreach (var draft in drafts)
        {
            if (Money.CapOf(draft.BudgetUsd) is { } cap)
            {
                // Before the document is there for a worker to take: nothing is ever paid for it without its cap. After a crash in between, a cap is left of
                // a document that never was.
                await ledger.EnsureCapAsync(BudgetScope.Of(draft.Id.ToString()), cap, ct);
            }
        }

        await documents.AddAsync(drafts.Select(Arrival).ToValueList(), ct);
        foreach (var draft in drafts)
        {
            logger.DocumentReceived(draft.Id, draft.FileType, draft.ByteCount);
            DocumentTelemetry.CountReceived(draft);
        }
    }

    public Task<bool> KnowsSchemaAsync(string name, CancellationToken ct) => accounts.KnowsSchemaAsync(name, ct);

    private DocumentArrival Arrival(Document document) => new(document, [DocumentEvents.Queued(document)])
    {
        FirstWork = new WorkItem(
            StrongId.New<WorkItemId>(clock), document.Id.ToString(), document.CurrentStage, document.Priority, document.CreatedAt, document.CreatedAt, 0)
        {
            Lane = document.BatchId?.ToString(),
        },
    };

    private Document Draft(ReceivedFile file, IntakeTerms terms, DocumentId? twin, DateTimeOffset now)
    {
        var priority = terms.Priority ?? (terms.Kind == DocumentKind.Loan ? Priority.High : Priority.Normal);
        return new Document(
            file.Id, StrongId.New<RunId>(clock), file.FileName, file.Hash, file.ByteCount, file.FileType, terms.Kind, terms.Kind, terms.SchemaName, terms.Tags,
            priority, terms.BudgetUsd, DocumentStatus.Queued, DocumentPipeline.Fresh(), 0, null, [], twin, false, now, now, 0)
        {
            BatchId = terms.BatchId,
        };
    }
}
