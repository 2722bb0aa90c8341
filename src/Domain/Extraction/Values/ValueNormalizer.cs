namespace Idp.Domain.Extraction;

/// <summary>Turns a printed value into its normal form, the same for every way of printing it.</summary>
public static class ValueNormalizer
{
    /// <summary>Longer than any value on one page; longer text is refused before it is looked at, free text and pairs excepted.</summary>
    public const int LongestValue = 300;

    /// <summary>The normal form of <paramref name="printed"/>, or null when it is no value of that type. Never throws.</summary>
    /// <param name="type">What the text should be.</param>
    /// <param name="printed">The text as printed or as recognised; spacing and common recognition slips are forgiven.</param>
    public static string? Normalize(FieldType type, string printed)
    {
        var text = PrintedText.Tidy(printed);
        if (text.Length == 0)
        {
            return null;
        }

        if (type is FieldType.Text or FieldType.Pair)
        {
            return text;
        }

        return text.Length > LongestValue ? null : type switch
        {
            FieldType.Text or FieldType.Pair => text,
            FieldType.Category => CategoryNormalizer.Normalize(text),
            FieldType.Name => NameNormalizer.Normalize(text),
            FieldType.Address => AddressNormalizer.Normalize(printed),
            FieldType.Date => DateNormalizer.Normalize(text),
            FieldType.Period => PeriodNormalizer.Normalize(text),
            FieldType.Money => MoneyNormalizer.Normalize(text),
            FieldType.Percent => PercentNormalizer.Normalize(text),
            FieldType.Phone => PhoneNormalizer.Normalize(text),
            FieldType.Email => EmailNormalizer.Normalize(text),
            FieldType.AccountNumber => AccountNumberNormalizer.Normalize(text),
            FieldType.SsnLast4 => SsnNormalizer.Normalize(text),
            FieldType.Identifier => IdentifierNormalizer.Normalize(text),
        };
    }

    /// <summary>
    /// The normal form for one field: that of its type and, for totals that name their direction (<c>total_debits</c>), without the sign,
    /// which the name already tells.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="printed">The text as printed.</param>
    public static string? Normalize(FieldDefinition field, string printed)
    {
        var value = Normalize(field.Type, printed);
        return field.Type is FieldType.Money && IsMagnitude(field.Name) ? value?.TrimStart('-') : value;
    }

    private static bool IsMagnitude(string name) =>
        name.EndsWith("_debits", StringComparison.Ordinal) || name.EndsWith("_credits", StringComparison.Ordinal);
}
