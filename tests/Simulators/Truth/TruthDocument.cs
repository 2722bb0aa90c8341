using System.Text.Json.Nodes;

namespace Idp.Simulators.Truth;

/// <summary>What is true of one document.</summary>
/// <param name="Document">Its name, for people; documents are recognised by the text of their pages.</param>
/// <param name="Pages">Its pages. Pages left out are made up from the places of fields and rows.</param>
/// <param name="Accounts">Its accounts; a document without accounts has one with no number.</param>
/// <param name="Statements">Its financial statements.</param>
public sealed record TruthDocument(
    string Document, IReadOnlyList<TruthPage> Pages, IReadOnlyList<TruthAccount> Accounts, IReadOnlyList<TruthStatement>? Statements = null);

/// <summary>One page.</summary>
/// <param name="Number">From 1, as in the true document; messages may number it otherwise.</param>
/// <param name="Text">Its text, if known: the page is recognised by its words, or else by the printed forms of its fields.</param>
/// <param name="Account">The account that it belongs to; null: none.</param>
public sealed record TruthPage(int Number, string? Text = null, string? Account = null);

/// <summary>One account.</summary>
/// <param name="Number">Its number; null where the document has no accounts.</param>
/// <param name="Fields">Its fields, once for each place where a value is printed.</param>
/// <param name="Tables">Its tables.</param>
public sealed record TruthAccount(string? Number, IReadOnlyList<TruthField> Fields, IReadOnlyList<TruthTable>? Tables = null);

/// <summary>One value at one place.</summary>
/// <param name="Name">The field, as in the answer.</param>
/// <param name="Value">The value, as in the answer: a text, or an object such as a key and its value.</param>
/// <param name="Printed">How the page prints it; lines that stand below each other are separated by a line break.</param>
/// <param name="Page">Where.</param>
public sealed record TruthField(string Name, JsonNode Value, string Printed, int Page);

/// <summary>One table.</summary>
/// <param name="Name">As in the answer.</param>
/// <param name="Rows">Its rows, on all pages.</param>
public sealed record TruthTable(string Name, IReadOnlyList<TruthRow> Rows);

/// <summary>One row.</summary>
/// <param name="Page">Where.</param>
/// <param name="Cells">The values by column, as in the answer.</param>
/// <param name="Printed">The line as printed; without it the cells stand for it.</param>
public sealed record TruthRow(int Page, IReadOnlyDictionary<string, string?> Cells, string? Printed = null);

/// <summary>One financial statement.</summary>
/// <param name="Type">As in the answer.</param>
/// <param name="Currency">As in the answer.</param>
/// <param name="Unit">What one unit of the values is worth.</param>
/// <param name="Lines">Its lines, on all pages.</param>
public sealed record TruthStatement(string Type, string? Currency, long Unit, IReadOnlyList<TruthStatementLine> Lines);

/// <summary>One line of a statement.</summary>
/// <param name="Page">Where.</param>
/// <param name="Label">As printed.</param>
/// <param name="Values">The values by period, as in the answer.</param>
public sealed record TruthStatementLine(int Page, string Label, IReadOnlyDictionary<string, string> Values);
