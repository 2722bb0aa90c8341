using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A value as a model said it, not checked yet.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Value">The value, in whatever form.</param>
/// <param name="Key">The key, of key–value pairs; null otherwise.</param>
/// <param name="Page">The page on which it is said to stand; null when the model did not say.</param>
/// <param name="Quote">How it is said to be printed; null when the model did not say.</param>
public sealed record ModelReading(string Name, string Value, string? Key, int? Page, string? Quote);

/// <summary>A row of a table as a model said it, not checked yet.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Page">The page on which it is said to stand; null when the model did not say.</param>
/// <param name="Cells">Its cells; <see cref="TableCell.Value"/> is the text as the model said it.</param>
public sealed record ModelRow(string Table, int? Page, ValueList<TableCell> Cells);
