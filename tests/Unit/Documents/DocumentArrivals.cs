using Idp.Application.Documents.Ports;
using Idp.Application.Kernel.Events;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;
using Idp.Domain.Kernel.Work;

namespace Idp.Unit.Documents;

/// <summary>Adds one document, which is what most tests need.</summary>
internal static class DocumentArrivals
{
    public static Task AddAsync(
        this IDocumentRepository documents, Document document, WorkItem firstWork, ValueList<NewEvent> events, CancellationToken ct) =>
        documents.AddAsync([new DocumentArrival(document, events) { FirstWork = firstWork }], ct);
}
