namespace Idp.Api.CommandLine.Evaluation;

/// <summary>How often a field was read right, read wrong or in excess, and missed.</summary>
internal sealed class FieldTally
{
    /// <summary>Values that are right.</summary>
    public int Right { get; set; }

    /// <summary>Values that were read and are not in the ground truth.</summary>
    public int Wrong { get; set; }

    /// <summary>Values of the ground truth that were not read.</summary>
    public int Missed { get; set; }

    /// <summary>Harmonic mean of precision and recall; 1 when there was nothing to read and nothing was read.</summary>
    public double F1 => Right + Wrong + Missed == 0 ? 1 : 2.0 * Right / ((2 * Right) + Wrong + Missed);

    /// <summary>Adds another tally.</summary>
    public void Add(FieldTally other) => (Right, Wrong, Missed) = (Right + other.Right, Wrong + other.Wrong, Missed + other.Missed);
}

/// <summary>What came of comparing packets with their ground truth; tallies of several packets can be added.</summary>
internal sealed class PacketTally
{
    /// <summary>Pages whose account is told by the ground truth.</summary>
    public int Pages { get; set; }

    /// <summary>Those of <see cref="Pages"/> that were given to that account.</summary>
    public int PagesRight { get; set; }

    /// <summary>Accounts in the ground truth.</summary>
    public int Accounts { get; set; }

    /// <summary>Those of <see cref="Accounts"/> that were found with just their number and their pages.</summary>
    public int AccountsExact { get; set; }

    /// <summary>By field, named as in the result.</summary>
    public SortedDictionary<string, FieldTally> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Right values that are marked as supported and whose place the ground truth knows.</summary>
    public int Evidence { get; set; }

    /// <summary>Those of <see cref="Evidence"/> whose first place is on the right page and overlaps the printed value by half.</summary>
    public int EvidenceRight { get; set; }

    /// <summary>Every judged value: its confidence, and whether it is right.</summary>
    public List<(double Confidence, bool IsRight)> Judged { get; } = [];

    /// <summary>All fields together.</summary>
    public FieldTally AllFields
    {
        get
        {
            var all = new FieldTally();
            foreach (var tally in Fields.Values)
            {
                all.Add(tally);
            }

            return all;
        }
    }

    /// <summary>The tally of a field, made when it is first asked for.</summary>
    public FieldTally Field(string name)
    {
        if (!Fields.TryGetValue(name, out var tally))
        {
            Fields[name] = tally = new FieldTally();
        }

        return tally;
    }

    /// <summary>Adds the tally of another packet.</summary>
    public void Add(PacketTally other)
    {
        (Pages, PagesRight) = (Pages + other.Pages, PagesRight + other.PagesRight);
        (Accounts, AccountsExact) = (Accounts + other.Accounts, AccountsExact + other.AccountsExact);
        (Evidence, EvidenceRight) = (Evidence + other.Evidence, EvidenceRight + other.EvidenceRight);
        Judged.AddRange(other.Judged);
        foreach (var (name, tally) in other.Fields)
        {
            Field(name).Add(tally);
        }
    }

    /// <summary>The chance that a right value is more trusted than a wrong one (AUROC); null when all values are right or all are wrong.</summary>
    public double? ConfidenceRanking()
    {
        var right = Judged.Where(value => value.IsRight).Select(value => value.Confidence).ToList();
        var wrong = Judged.Where(value => !value.IsRight).Select(value => value.Confidence).ToList();
        return right.Count == 0 || wrong.Count == 0
            ? null
            : wrong.Average(low => right.Average(high => high > low ? 1 : high < low ? 0 : 0.5));
    }
}
