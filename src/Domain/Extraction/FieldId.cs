using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Identifies one value of one document's result; the same place gets the same id in every run and on every node.</summary>
/// <param name="Value">Derived from where the value stands in the result; not ordered by time.</param>
public readonly record struct FieldId(Guid Value) : IStrongId<FieldId>
{
    /// <inheritdoc />
    public static string Prefix => "fld";

    /// <inheritdoc />
    public static FieldId From(Guid value) => new(value);

    /// <summary>The id of a value.</summary>
    /// <param name="document">The document.</param>
    /// <param name="account">The account's place in the document, from 0.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="ordinal">Its place among the account's values of that name, from 0.</param>
    public static FieldId Of(DocumentId document, int account, string name, int ordinal)
    {
        // The name goes last: it is the only part that could hold the separator.
        var place = string.Create(CultureInfo.InvariantCulture, $"{document}|{account}|{ordinal}|{name}");
        return new FieldId(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, 16), bigEndian: true));
    }

    /// <inheritdoc />
    public override string ToString() => StrongId.Format(this);
}
