using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Turns pairs into results and computes how sure they are.</summary>
internal static class PairScoring
{
    public static ExtractedField ToField(FieldDefinition field, PairCandidate pair, HashSet<string> labels)
    {
        var lines = pair.Value.GroupBy(cell => cell.Line).Select(line => line.ToList()).ToList();
        var printed = string.Join('\n', lines.Select(line => string.Join(' ', line.Select(cell => cell.Text))));
        return new ExtractedField(
            field.Name, FieldType.Pair, string.Join(' ', printed.Split('\n')), printed, ConfidenceOf(pair, labels), FieldStatus.Supported,
            [new Evidence(pair.Page, printed, lines.Select(line => Box.Union(line.Select(cell => cell.Box))).ToValueList())], [],
            Captions.KeyText(pair.Key));
    }

    /// <summary>A product: how the two were linked, how common the caption is, how well the doubtful words were read.</summary>
    private static Confidence ConfidenceOf(PairCandidate pair, HashSet<string> labels)
    {
        var link = pair.Link switch
        {
            PairLink.RightOfColon => 0.68,
            PairLink.RightOfCaption => 0.52,
            PairLink.BelowColon => 0.45,
            PairLink.BelowCaption => 0.42,
            _ => 0.38,
        };
        var words = pair.Key.Concat(pair.Value).SelectMany(cell => cell.Run.Words).ToList();
        var average = words.Average(word => word.Confidence.Value);
        var worst = words.Min(word => word.Confidence.Value);
        var common = pair.Key.Count == 1 && Captions.IsCommon(pair.Key[0], labels) ? 1.35 : 1;
        var lines = pair.Value.Select(cell => cell.Line).Distinct().Count() > 2 ? 0.85 : 1;
        return new Confidence(Math.Min(0.97, link * common * lines * (0.2 + (0.5 * average) + (0.3 * worst))));
    }
}
