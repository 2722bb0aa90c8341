using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>A statement as a model reports it; nothing in it is proved.</summary>
/// <param name="Type">Which one; null where the model names none that is known.</param>
/// <param name="Currency">The currency as the model gives it; null when it gives none.</param>
/// <param name="Unit">What one unit of values is worth; null when it does not say.</param>
/// <param name="Lines">Its lines, in the model's order.</param>
public sealed record ModelStatement(StatementType? Type, string? Currency, long? Unit, ValueList<ModelStatementLine> Lines);

/// <summary>One line as a model reports it.</summary>
/// <param name="Label">The label.</param>
/// <param name="Page">The page of the document; null when the model names none that was sent.</param>
/// <param name="Values">The values by whatever the model calls their periods.</param>
public sealed record ModelStatementLine(string Label, int? Page, ValueList<KeyValuePair<string, string>> Values);
