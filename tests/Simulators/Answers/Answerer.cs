using System.Text.Json.Nodes;
using Idp.Simulators.Truth;
using Idp.Simulators.Web;

namespace Idp.Simulators.Answers;

/// <summary>Answers a question: from the truth where it is known, else by simple rules.</summary>
internal static class Answerer
{
    /// <summary>The answer as the task's JSON object; an empty object for a task that is not known.</summary>
    public static JsonObject Answer(ModelQuestion question, TruthLibrary truth, SimulatedWeb web) => question.Task switch
    {
        ModelTasks.Extraction => truth.IsEmpty ? LabelledValues.Answer(question) : TrueExtraction.Answer(question, truth),
        ModelTasks.PageAssignment => PageAssignments.Answer(question, truth),
        ModelTasks.Summary => PlainAnswers.Summary(question),
        ModelTasks.CleanedPage => PlainAnswers.CleanedPages(question),
        ModelTasks.Statement => truth.IsEmpty ? PlainAnswers.Statements() : TrueStatements.Answer(question, truth),
        ModelTasks.CompanyAnalysis => CompanyAnalyses.Answer(question, web) ?? PlainAnswers.CompanyAnalysis(question),
        ModelTasks.Answer => PlainAnswers.Answer(question),
        _ => [],
    };
}
