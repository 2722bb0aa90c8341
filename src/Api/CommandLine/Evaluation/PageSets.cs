using System.Text.Json;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary><c>sroie</c>: scanned receipts.</summary>
internal sealed class ReceiptSet : IEvaluationSet
{
    public string Name => "sroie";

    public DocumentKind Kind => DocumentKind.Receipt;

    public IReadOnlyList<EvaluationGroup> GroupsIn(string folder) => Images.In(folder);

    public IGroupScore BeginGroup(string name) => new Score();

    private sealed class Score : IGroupScore
    {
        private readonly Dictionary<string, Tally> _fields = ReceiptScoring.FieldNames.ToDictionary(static name => name, static _ => default(Tally), StringComparer.Ordinal);
        private readonly List<(double Confidence, bool IsRight)> _judged = [];

        public void Add(JsonDocument truth, EvaluatedDocument document)
        {
            var score = ReceiptScoring.Score(truth, Images.FieldsOf(document));
            foreach (var (name, tally) in score.Fields)
            {
                _fields[name] += tally;
            }

            _judged.AddRange(score.Judgements.Select(static judgement => (judgement.Confidence, judgement.Right)));
        }

        public IEnumerable<(string Name, double? Value)> Figures()
        {
            yield return ("mean_f1", _fields.Values.Average(static tally => tally.F1));
            yield return ("confidence_auroc", ConfidenceScoring.Ranking(_judged));
            yield return ("confidence_ece", ConfidenceScoring.CalibrationError(_judged));
        }

        public IEnumerable<(string Name, double Value)> FieldFigures() => _fields.Select(static field => (field.Key, field.Value.F1));
    }
}

/// <summary><c>funsd</c>: noisy scanned forms.</summary>
internal sealed class FormSet : IEvaluationSet
{
    public string Name => "funsd";

    public DocumentKind Kind => DocumentKind.Form;

    public IReadOnlyList<EvaluationGroup> GroupsIn(string folder) => Images.In(folder);

    public IGroupScore BeginGroup(string name) => new Score();

    private sealed class Score : IGroupScore
    {
        private readonly List<(double Confidence, bool IsRight)> _judged = [];
        private Tally _pairs;

        public void Add(JsonDocument truth, EvaluatedDocument document)
        {
            var score = FormScoring.Score(truth, Images.FieldsOf(document));
            _pairs += score.Pairs;
            _judged.AddRange(score.Judgements.Select(static judgement => (judgement.Confidence, judgement.Right)));
        }

        public IEnumerable<(string Name, double? Value)> Figures()
        {
            yield return ("pair_precision", _pairs.Predicted == 0 ? null : (double)_pairs.Right / _pairs.Predicted);
            yield return ("pair_recall", _pairs.Expected == 0 ? null : (double)_pairs.Right / _pairs.Expected);
            yield return ("pair_f1", _pairs.F1);
            yield return ("confidence_auroc", ConfidenceScoring.Ranking(_judged));
            yield return ("confidence_ece", ConfidenceScoring.CalibrationError(_judged));
        }

        public IEnumerable<(string Name, double Value)> FieldFigures() => [];
    }
}

/// <summary><c>ocr_pages</c>: scanned pages with a transcription, of all or of some zones.</summary>
internal sealed class TranscriptionSet : IEvaluationSet
{
    public string Name => "ocr_pages";

    public DocumentKind Kind => DocumentKind.Generic;

    public IReadOnlyList<EvaluationGroup> GroupsIn(string folder) => Images.In(folder);

    public IGroupScore BeginGroup(string name) => new Score();

    private sealed class Score : IGroupScore
    {
        private WordErrors _bag;
        private WordErrors _aligned;

        public void Add(JsonDocument truth, EvaluatedDocument document)
        {
            var transcribed = OcrScoring.WordsOf(truth.RootElement.GetProperty("text_lines").GetString() ?? string.Empty);
            var zones = TranscribedZones.Of(truth);
            IReadOnlyList<string> recognized = [.. document.Pages.SelectMany(static page => page.Words).Where(zones.Hold).Select(static word => word.Text)];
            _bag += OcrScoring.BagOfWords(recognized, transcribed);
            _aligned += OcrScoring.Aligned(recognized, transcribed);
        }

        public IEnumerable<(string Name, double? Value)> Figures()
        {
            yield return ("word_error_rate_any_order", _bag.Rate);
            yield return ("word_error_rate_in_order", _aligned.Rate);
        }

        public IEnumerable<(string Name, double Value)> FieldFigures() => [];
    }
}

/// <summary>What sets of single images share.</summary>
file static class Images
{
    public static IReadOnlyList<EvaluationGroup> In(string folder) =>
        EvaluationFiles.Pair(folder, "images") is { Count: > 0 } cases ? [new EvaluationGroup("images", cases)] : [];

    public static ValueList<ExtractedField> FieldsOf(EvaluatedDocument document) =>
        document.Result.Accounts.SelectMany(static account => account.Fields).ToValueList();
}
