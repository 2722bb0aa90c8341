namespace Idp.Api.CommandLine.Evaluation;

/// <summary>Which sets to measure, checked before anything starts.</summary>
/// <param name="Sets">The sets with their folders.</param>
/// <param name="Faults">What is wrong with the command line, one sentence each.</param>
internal sealed record EvaluationPlan(IReadOnlyList<(IEvaluationSet Set, string Folder)> Sets, IReadOnlyList<string> Faults)
{
    private static readonly IEvaluationSet[] Known = [new PacketSet(), new ReceiptSet(), new FormSet(), new TranscriptionSet(), new StatementSet()];

    /// <summary>The folder with sets of passages and questions; null when they are not measured.</summary>
    public string? RetrievalFolder { get; private init; }

    /// <summary>The names of the sets that can be measured.</summary>
    public static string Names => string.Join(", ", Known.Select(static set => set.Name));

    /// <summary>Measures passages and questions alone.</summary>
    public static EvaluationPlan OfRetrieval(string folder, string? json)
    {
        var passages = Path.Combine(folder, RetrievalEvaluation.SetName);
        var faults = new List<string>();
        if (json is not null && ProcessPlan.OutputFault(json) is { } outputFault)
        {
            faults.Add(outputFault);
        }

        if (RetrievalSet.FoldersIn(passages).Count == 0)
        {
            faults.Add($"'{folder}' holds no set '{RetrievalEvaluation.SetName}' with passages and judgements. Give the folder above the sets.");
        }

        return new EvaluationPlan([], faults) { RetrievalFolder = passages };
    }

    public static EvaluationPlan Read(string folder, string? name, string? json)
    {
        var faults = new List<string>();
        if (json is not null && ProcessPlan.OutputFault(json) is { } outputFault)
        {
            faults.Add(outputFault);
        }

        var wanted = Known.Where(set => name is null || set.Name == name).ToList();
        if (wanted.Count == 0)
        {
            faults.Add($"The set '{name}' cannot be measured by this version. Use one of {Names}.");
        }

        if (!Directory.Exists(folder))
        {
            faults.Add($"There is no folder '{folder}'. Give the folder that holds the sets ({Names}).");
        }

        if (faults.Count > 0)
        {
            return new EvaluationPlan([], faults);
        }

        var found = wanted
            .Select(set => (Set: set, Folder: Path.Combine(folder, set.Name)))
            .Where(static pair => Directory.Exists(pair.Folder) && pair.Set.GroupsIn(pair.Folder).Count > 0)
            .ToList();
        return found.Count > 0
            ? new EvaluationPlan(found, [])
            : new EvaluationPlan([], [$"'{folder}' holds no {(name is null ? "set" : $"set '{name}'")} with files and ground truth. Give the folder above the sets ({Names})."]);
    }
}
