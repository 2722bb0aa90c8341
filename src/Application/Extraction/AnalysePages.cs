using Idp.Application.Documents.Contracts;
using Idp.Application.Extraction.Ports;
using Idp.Application.Kernel.Caching;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>The third stage: settles the page map. What a person set stands; otherwise it is what the splitter found.</summary>
internal sealed class AnalysePages(IExtractionRepository extraction, IResultCache cache) : IDocumentStage
{
    public string Name => StageNames.PageAnalysis;

    public async Task<Result<StageOutcome>> RunAsync(StageContext context, CancellationToken ct)
    {
        var document = context.Document;
        var stored = await extraction.FindPageMapAsync(document.Id, ct);
        if (stored is not { Edited: true })
        {
            if (await cache.FindAsync(ExtractionStorage.Accounts(document.Id), fingerprint: null, ExtractionJson.Default.PageMap, ct) is not { } found)
            {
                return ExtractionErrors.AccountsLost(document.Id);
            }

            stored = await extraction.SavePageMapAsync(document.Id, found, edited: false, expectedVersion: null, ct);
        }

        var fingerprint = Fingerprint.Of(("version", $"{stored!.Version}"), ("document", document.Id.ToString()));
        await cache.StoreAsync(ExtractionStorage.PageMapping(document.Id), fingerprint, stored.Map, ExtractionJson.Default.PageMap, ct);
        return new StageOutcome([]);
    }
}
