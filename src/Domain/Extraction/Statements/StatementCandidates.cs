namespace Idp.Domain.Extraction;

/// <summary>What may be a statement, while the pages are gone through.</summary>
/// <param name="type">Which one.</param>
/// <param name="first">What it begins with.</param>
/// <param name="isAmongNotes">True when notes or schedules began before it.</param>
internal sealed class StatementCandidate(StatementType type, StatementSection first, bool isAmongNotes)
{
    private readonly List<StatementSection> _sections = [first];

    /// <summary>Which one.</summary>
    public StatementType Type { get; } = type;

    /// <summary>Its sections, in order.</summary>
    public IReadOnlyList<StatementSection> Sections => _sections;

    /// <summary>True for the parent company alone.</summary>
    public bool IsParent => first.IsParent;

    /// <summary>Its title as printed; empty when it has none.</summary>
    public string Title => first.Title?.Text ?? string.Empty;

    /// <summary>The page that it ends on so far.</summary>
    public int LastPage => _sections[^1].Page;

    /// <summary>True when it has the lines with which its kind ends.</summary>
    public bool IsComplete => StatementVocabulary.IsComplete(Type, string.Concat(_sections.Select(section => section.Folded)));

    /// <summary>How much speaks for it against others of its type.</summary>
    public double Score
    {
        get
        {
            var folded = string.Concat(_sections.Select(section => section.Folded));
            var items = Math.Min(10, StatementVocabulary.Count(Type, folded));
            var lines = Math.Min(30, _sections.Sum(section => section.Labelled));
            return (first.Title is null ? 0 : 3) + (first.Title is { IsConsolidated: true } ? 1 : 0) - (first.Title is { Kind: TitleKind.Comprehensive } ? 2.5 : 0)
                + (items * 0.3) + (lines * 0.05) + (IsComplete ? 1.5 : 0) - (isAmongNotes ? 1.5 : 0);
        }
    }

    /// <summary>Goes on with another section.</summary>
    public void Add(StatementSection section) => _sections.Add(section);
}

/// <summary>The candidates of a document in the order of their pages.</summary>
internal sealed class StatementCandidates
{
    private readonly List<StatementCandidate> _all = [];
    private bool _isAmongNotes;
    private StatementCandidate? _open;

    /// <summary>All of them.</summary>
    public IReadOnlyList<StatementCandidate> All => _all;

    /// <summary>The one that may go on; null when another heading came after the last one.</summary>
    public StatementCandidate? Open => _open;

    /// <summary>Begins a candidate.</summary>
    public void Begin(StatementType type, StatementSection section)
    {
        _open = new StatementCandidate(type, section, _isAmongNotes);
        _all.Add(_open);
    }

    /// <summary>Something else begins here.</summary>
    public void Close(StatementTitle title)
    {
        _open = null;
        _isAmongNotes |= _all.Count > 0 && StatementTitle.BeginsNotes(title.Text);
    }

    /// <summary>A statement does not go on over a page that has nothing of it.</summary>
    public void EndPage(int page)
    {
        if (Open is { } open && open.LastPage < page)
        {
            _open = null;
        }
    }
}
