using System.Text.Json;
using Idp.Domain.Documents;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary><c>financial_statements</c>: reports with known statements, real and synthetic, born-digital and scanned.</summary>
internal sealed class StatementSet : IEvaluationSet
{
    private const string ScanSuffix = "_scan";

    public string Name => "financial_statements";

    public DocumentKind Kind => DocumentKind.FinancialStatement;

    public IReadOnlyList<EvaluationGroup> GroupsIn(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList() : [];
        return
        [
            .. new[] { new EvaluationGroup("born_digital", CasesOf(files, string.Empty)), new EvaluationGroup("scanned", CasesOf(files, ScanSuffix)) }
                .Where(static group => group.Cases.Count > 0),
        ];
    }

    public IGroupScore BeginGroup(string name) => new Score();

    private static IReadOnlyList<EvaluationCase> CasesOf(List<string> files, string suffix) =>
    [
        .. files.Where(file => Path.GetFileNameWithoutExtension(file).EndsWith(ScanSuffix, StringComparison.Ordinal) == (suffix.Length > 0))
            .Select(file => new EvaluationCase(file, $"{file[..^(suffix.Length + ".pdf".Length)]}.json"))
            .Where(static item => File.Exists(item.Truth)),
    ];

    private sealed class Score : IGroupScore
    {
        private readonly Dictionary<string, Tally> _byType = new(StringComparer.Ordinal);
        private readonly List<(double Confidence, bool IsRight)> _judged = [];
        private Tally _pages;
        private int _seen;
        private int _unexplained;
        private int _unbalanced;

        public void Add(JsonDocument truth, EvaluatedDocument document)
        {
            var score = StatementScoring.Score(truth, document.Result.Statements);
            _pages += score.Pages;
            _judged.AddRange(score.Judgements.Select(static judgement => (judgement.Confidence, judgement.Right)));
            foreach (var (type, tally) in score.Values)
            {
                _byType[type] = _byType.GetValueOrDefault(type) + tally;
            }

            _seen += document.Result.Statements.Sum(static statement => statement.LinesSeen);
            _unexplained += document.Result.Statements.Sum(static statement => statement.Unexplained.Count);
            _unbalanced += document.Result.Statements.Count(static statement => statement.BrokenIdentities().Count > 0);
        }

        public IEnumerable<(string Name, double? Value)> Figures()
        {
            var values = _byType.Values.Aggregate(default(Tally), static (sum, tally) => sum + tally);
            yield return ("pages_f1", _pages.F1);
            yield return ("line_items_f1", values.F1);
            yield return ("line_items_precision", values.Predicted == 0 ? null : (double)values.Right / values.Predicted);
            yield return ("line_items_recall", values.Expected == 0 ? null : (double)values.Right / values.Expected);
            yield return ("lines_unexplained", _seen == 0 ? null : (double)_unexplained / _seen);
            yield return ("statements_out_of_balance", _unbalanced);
            yield return ("confidence_auroc", ConfidenceScoring.Ranking(_judged));
            yield return ("confidence_ece", ConfidenceScoring.CalibrationError(_judged));
        }

        public IEnumerable<(string Name, double Value)> FieldFigures() => _byType.Select(static type => (type.Key, type.Value.F1));
    }
}
