using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Application.Documents;

/// <summary>Which stages a document goes through, in order. Data: a stage finds its handler by name.</summary>
internal static class DocumentPipeline
{
    public static ValueList<string> StageNamesInOrder { get; } =
        [StageNames.OcrExtraction, StageNames.AccountSplitting, StageNames.PageAnalysis, StageNames.LlmExtraction];

    public static ValueList<StageProgress> Fresh() => StageNamesInOrder.Select(StageProgress.Pending).ToValueList();
}
