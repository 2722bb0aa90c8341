using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>How a value is read and normalised.</summary>
public enum FieldType
{
    /// <summary>Free text, white space collapsed.</summary>
    Text,

    /// <summary>A person's or a firm's name.</summary>
    Name,

    /// <summary>A postal address; its lines are joined by <c>", "</c>.</summary>
    Address,

    /// <summary>A calendar day: <c>2021-01-26</c>.</summary>
    Date,

    /// <summary>Two days: <c>2011-06-01/2011-06-30</c>.</summary>
    Period,

    /// <summary>An amount as a plain decimal: <c>122438.29</c>; negatives with a minus sign.</summary>
    Money,

    /// <summary>A rate in per cent as a plain decimal, digits as printed: <c>6.000</c>.</summary>
    Percent,

    /// <summary>A telephone number: <c>(802) 555-0140</c>.</summary>
    Phone,

    /// <summary>An e-mail address, in lower case.</summary>
    Email,

    /// <summary>An account number without formatting.</summary>
    AccountNumber,

    /// <summary>The last four digits of a social security number.</summary>
    SsnLast4,

    /// <summary>Any other identifier: letters and digits as printed.</summary>
    Identifier,

    /// <summary>A key and a value, of forms.</summary>
    Pair,

    /// <summary>A product or kind out of a small set, in upper case, so that two spellings of one product compare equal.</summary>
    Category,
}

/// <summary>One field to read.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Type">How it is read and normalised.</param>
/// <param name="Multiple">True when it may hold several values.</param>
/// <param name="Required">True when a document without it is incomplete.</param>
/// <param name="Labels">Printed labels that announce it, in any letter case.</param>
/// <param name="Description">What it means, for a person or a model.</param>
public sealed record FieldDefinition(
    string Name, FieldType Type, bool Multiple, bool Required, ValueList<string> Labels, string? Description);

/// <summary>One column of a table to read.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Type">How its cells are normalised.</param>
/// <param name="Headers">Printed headers that announce it, in any letter case.</param>
public sealed record ColumnDefinition(string Name, FieldType Type, ValueList<string> Headers);

/// <summary>One table to read.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Columns">Its columns; those that are not printed stay out of the result.</param>
public sealed record TableDefinition(string Name, ValueList<ColumnDefinition> Columns);

/// <summary>What to read out of a kind of document; drives the offline extractor and the model prompt alike.</summary>
/// <param name="Name">The schema's name, e.g. <c>loan</c>.</param>
/// <param name="Kind">The kind of document that it is for.</param>
/// <param name="SplitsAccounts">True when one document may hold several accounts.</param>
/// <param name="Fields">The fields.</param>
/// <param name="Tables">The tables.</param>
public sealed record ExtractionSchema(
    string Name, DocumentKind Kind, bool SplitsAccounts, ValueList<FieldDefinition> Fields, ValueList<TableDefinition> Tables);
