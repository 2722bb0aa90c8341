namespace Idp.Bench.Reporting;

/// <summary>A table in Markdown.</summary>
/// <param name="columns">The heads of the columns.</param>
internal sealed class Table(params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    /// <inheritdoc />
    public override string ToString() =>
        string.Join('\n', new[] { columns, [.. columns.Select(static _ => "---")] }.Concat(_rows).Select(static row => $"| {string.Join(" | ", row)} |")) + "\n";
}
