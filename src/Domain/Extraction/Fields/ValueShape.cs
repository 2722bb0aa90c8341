using System.Globalization;

namespace Idp.Domain.Extraction;

/// <summary>Judges how surely a text has the form of a field's values, and knows what single fields demand.</summary>
internal static class ValueShape
{
    /// <summary>0 (impossible) to 1 (unmistakable).</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The normalised value.</param>
    /// <param name="printed">As printed.</param>
    public static double Of(FieldDefinition field, string value, string printed) => field.Type switch
    {
        FieldType.Money => Money(value, printed),
        FieldType.Percent => printed.Contains('%', StringComparison.Ordinal)
            || printed.Contains("per", StringComparison.OrdinalIgnoreCase) || printed.Contains('/', StringComparison.Ordinal)
            ? 1 : value.Contains('.', StringComparison.Ordinal) ? 0.85 : 0,
        FieldType.Phone => Phone(value),
        FieldType.SsnLast4 => PrintedText.Tidy(printed).Length >= 9 ? 1 : 0.6,
        FieldType.Identifier => Identifier(field.Name, value, printed),
        FieldType.Category => Category(value),
        FieldType.Address => Address(value),
        FieldType.Name => field.Name is "bank_name" || NameShape.IsPerson(value) || NameShape.IsOrganization(value) ? 1 : 0.7,
        FieldType.AccountNumber => value.StartsWith('*') ? 0.5 : 0.9,
        FieldType.Date or FieldType.Period or FieldType.Email => 1,
        FieldType.Text or FieldType.Pair => 0.8,
    };

    private static double Money(string value, string printed)
    {
        var hasDecimals = value.Length > 3 && value[^3] == '.';
        var hasSign = printed.Any(character => character is '$' or '\u20AC' or '\u00A3')
            || printed.Contains("USD", StringComparison.OrdinalIgnoreCase);
        var hasGroups = printed.Contains(',', StringComparison.Ordinal);
        if (hasDecimals)
        {
            return hasSign || hasGroups ? 1 : 0.95;
        }

        if (value.Contains('.', StringComparison.Ordinal))
        {
            return 0;
        }

        return hasSign ? 0.85 : hasGroups ? 0.75 : value.Length is >= 3 and <= 9 && value[0] != '0' && value.All(char.IsAsciiDigit)
            ? 0.3 : 0;
    }

    /// <summary>Toll-free numbers belong to banks, and local ones are easily something else.</summary>
    private static double Phone(string value)
    {
        var isTollFree = value.StartsWith("(8", StringComparison.Ordinal) && value[2] == value[3] && value[2] is not ('1' or '2' or '9');
        return isTollFree ? 0.3 : value[0] == '(' ? 1 : 0.6;
    }

    private static double Identifier(string field, string value, string printed)
    {
        var digits = value.Count(char.IsAsciiDigit);
        var groups = value.Split(' ');
        if (value.Contains('*', StringComparison.Ordinal) || value.Contains("XX", StringComparison.OrdinalIgnoreCase)
            || groups.Any(group => !group.Any(char.IsAsciiDigit)) || DateNormalizer.Normalize(printed) is not null
                || (printed.Any(character => character is '(' or '-' or '.') && PhoneNormalizer.Normalize(printed) is not null))
        {
            return 0;
        }

        return field switch
        {
            "routing_number" => digits == 9 && value.Length == 9 ? HasRoutingChecksum(value) ? 1 : 0.9 : 0,
            "id_number" => value.Length >= 5 && groups.Length <= 3 ? 1 : 0,
            "cif" => groups.Length == 1 && value.Length is >= 3 and <= 15 && digits >= 3 ? 0.95 : 0,
            _ => digits >= 5 ? 0.95 : digits >= 3 ? 0.75 : 0.4,
        };
    }

    private static bool HasRoutingChecksum(string digits)
    {
        ReadOnlySpan<int> weights = [3, 7, 1];
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            sum += weights[at % 3] * int.Parse(digits.AsSpan(at, 1), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return sum % 10 == 0;
    }

    private static double Category(string value)
    {
        if (value.Any(character => character is ':' or '$' or '@' or '%') || value.Count(char.IsAsciiDigit) > 4)
        {
            return 0;
        }

        return ProductWords.Names(value) ? 1 : value.Length >= 5 ? 0.55 : 0;
    }

    private static double Address(string value) => PostalLine.EndsWithRegion(value) && value.Any(char.IsAsciiDigit) ? 1
        : char.IsAsciiDigit(value[0]) && value.Contains(',', StringComparison.Ordinal) ? 0.7 : 0;
}
