using System.Text.Json;
using Idp.Domain.Documents;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary><c>packets_synthetic</c>: loan packets with several accounts, born-digital and scanned.</summary>
internal sealed class PacketSet : IEvaluationSet
{
    private const string BornDigital = "born_digital";
    private const string Scanned = "scanned";

    public string Name => "packets_synthetic";

    public DocumentKind Kind => DocumentKind.Loan;

    public IReadOnlyList<EvaluationGroup> GroupsIn(string folder) =>
        [.. new[] { new EvaluationGroup(BornDigital, EvaluationFiles.Pair(folder, BornDigital)), new EvaluationGroup(Scanned, EvaluationFiles.Pair(folder, Scanned, "_scan")) }
            .Where(static group => group.Cases.Count > 0)];

    public IGroupScore BeginGroup(string name) => new Score(judgesEvidence: name == BornDigital);

    private sealed class Score(bool judgesEvidence) : IGroupScore
    {
        private readonly PacketTally _tally = new();
        private Tally _boundaries;

        public void Add(JsonDocument truth, EvaluatedDocument document)
        {
            // The boxes of the truth are those of the born-digital pages; a scan is skewed and turned.
            var sizes = judgesEvidence ? document.Pages.ToDictionary(static page => page.Number, static page => page.Size) : null;
            _tally.Add(PacketScoring.Score(truth, document.Map, document.Result.Accounts, sizes));
            _boundaries += BoundaryScoring.Score(truth, document.Map);
        }

        public IEnumerable<(string Name, double? Value)> Figures()
        {
            var fields = _tally.AllFields;
            yield return ("page_assignment", Share(_tally.PagesRight, _tally.Pages));
            yield return ("accounts_exact", Share(_tally.AccountsExact, _tally.Accounts));
            yield return ("boundary_f1", _boundaries.F1);
            yield return ("field_precision", Share(fields.Right, fields.Right + fields.Wrong));
            yield return ("field_recall", Share(fields.Right, fields.Right + fields.Missed));
            yield return ("field_f1", fields.F1);
            yield return ("evidence", Share(_tally.EvidenceRight, _tally.Evidence));
            yield return ("confidence_auroc", ConfidenceScoring.Ranking(_tally.Judged));
            yield return ("confidence_ece", ConfidenceScoring.CalibrationError(_tally.Judged));
        }

        public IEnumerable<(string Name, double Value)> FieldFigures() => _tally.Fields.Select(static field => (field.Key, field.Value.F1));

        private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
    }
}
