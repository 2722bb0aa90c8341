using System.Text.Json;
using Idp.Application.Documents;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Api.CommandLine.Evaluation;

/// <summary>One file with its ground truth.</summary>
/// <param name="File">The file to process.</param>
/// <param name="Truth">The JSON that says what is in it.</param>
internal sealed record EvaluationCase(string File, string Truth);

/// <summary>Files that are measured together.</summary>
/// <param name="Name">E.g. <c>scanned</c>.</param>
/// <param name="Cases">The files.</param>
internal sealed record EvaluationGroup(string Name, IReadOnlyList<EvaluationCase> Cases);

/// <summary>What the service made of one file.</summary>
/// <param name="Overview">The document.</param>
/// <param name="Result">What was read; nothing when it failed.</param>
/// <param name="Map">Which page belongs to which account.</param>
/// <param name="Pages">The pages that were read.</param>
internal sealed record EvaluatedDocument(DocumentOverview Overview, ExtractionResult Result, PageMap Map, IReadOnlyList<Page> Pages);

/// <summary>One kind of test data: how its files lie, and how what is read is compared with the truth.</summary>
internal interface IEvaluationSet
{
    /// <summary>The name of its folder.</summary>
    string Name { get; }

    /// <summary>What the files are.</summary>
    DocumentKind Kind { get; }

    /// <summary>The files below the set's folder; only groups with files.</summary>
    IReadOnlyList<EvaluationGroup> GroupsIn(string folder);

    /// <summary>Begins to count for one group.</summary>
    IGroupScore BeginGroup(string name);
}

/// <summary>Counts for one group.</summary>
internal interface IGroupScore
{
    /// <summary>Compares one document with its ground truth.</summary>
    void Add(JsonDocument truth, EvaluatedDocument document);

    /// <summary>What the counts come to, in the order to print; a figure that cannot be had is null.</summary>
    IEnumerable<(string Name, double? Value)> Figures();

    /// <summary>F1 by field; empty where there are none.</summary>
    IEnumerable<(string Name, double Value)> FieldFigures();
}
