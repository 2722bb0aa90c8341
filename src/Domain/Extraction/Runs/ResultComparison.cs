using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>Compares the results of two runs of one document.</summary>
public static class ResultComparison
{
    /// <summary>What became of <paramref name="from"/> in <paramref name="to"/>. Accounts are the same by number, then by place; fields by name and value, then by order.</summary>
    /// <remarks>Statements are compared as tables of the first account.</remarks>
    public static ResultDifference Between(ExtractionResult from, ExtractionResult to)
    {
        (from, to) = (from.WithStatementsAsTables(), to.WithStatementsAsTables());
        var left = from.Accounts.ToList();
        var compared = new List<AccountDifference>();
        var partners = to.Accounts.Select(account => (Account: account, Partner: Take(other => other.AccountNumber == account.AccountNumber))).ToList();
        foreach (var (account, partner) in partners)
        {
            // An account that was given another number is still the one with these pages.
            compared.Add(Between(partner ?? Take(other => other.Pages.Equals(account.Pages)), account));
        }

        return new ResultDifference([.. compared, .. left.Select(static account => Between(account, null))]);

        AccountExtraction? Take(Func<AccountExtraction, bool> condition)
        {
            var found = left.Find(account => condition(account));
            if (found is not null)
            {
                left.Remove(found);
            }

            return found;
        }
    }

    private static AccountDifference Between(AccountExtraction? from, AccountExtraction? to)
    {
        var before = (from?.Fields ?? []).ToLookup(static field => field.Name, StringComparer.Ordinal);
        var after = (to?.Fields ?? []).ToLookup(static field => field.Name, StringComparer.Ordinal);
        var (differences, unchanged) = (new List<FieldDifference>(), 0);
        foreach (var name in before.Concat(after).Select(static group => group.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (removed, added, same) = Unequal([.. before[name]], [.. after[name]]);
            unchanged += same;
            differences.AddRange(Pair(removed, added));
        }

        var tables = (from?.Tables ?? []).Concat(to?.Tables ?? []).Select(static table => table.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => Between(name, Rows(from, name), Rows(to, name)));
        return new AccountDifference((to ?? from)?.AccountNumber, from?.Index, to?.Index, differences.ToValueList(), unchanged, tables.ToValueList());
    }

    /// <summary>Takes away what both have.</summary>
    private static (List<ExtractedField> Removed, List<ExtractedField> Added, int Same) Unequal(List<ExtractedField> before, List<ExtractedField> after)
    {
        var removed = new List<ExtractedField>();
        foreach (var field in before)
        {
            var at = after.FindIndex(other => FieldValue.Of(other) == FieldValue.Of(field));
            if (at < 0)
            {
                removed.Add(field);
            }
            else
            {
                after.RemoveAt(at);
            }
        }

        return (removed, after, before.Count - removed.Count);
    }

    /// <summary>Of what is left of one name, the ones of one key or else in one order are the same field with another value.</summary>
    private static IEnumerable<FieldDifference> Pair(List<ExtractedField> removed, List<ExtractedField> added)
    {
        foreach (var before in removed)
        {
            var at = added.FindIndex(after => after.Key == before.Key);
            if (at < 0)
            {
                yield return new FieldDifference(FieldChange.Removed, before, null);
            }
            else
            {
                yield return new FieldDifference(FieldChange.Changed, before, added[at]);
                added.RemoveAt(at);
            }
        }

        foreach (var after in added)
        {
            yield return new FieldDifference(FieldChange.Added, null, after);
        }
    }

    private static TableDifference Between(string name, List<string> before, List<string> after)
    {
        var counts = before.CountBy(static row => row, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var kept = 0;
        foreach (var row in after)
        {
            if (counts.GetValueOrDefault(row) > 0)
            {
                counts[row]--;
                kept++;
            }
        }

        return new TableDifference(name, before.Count, after.Count, after.Count - kept, before.Count - kept);
    }

    /// <summary>Each row as one text; the parts are told apart by a character that no cell holds.</summary>
    private static List<string> Rows(AccountExtraction? account, string table) =>
    [
        .. (account?.Tables ?? []).Where(candidate => candidate.Name == table).SelectMany(static candidate => candidate.Rows)
            .Select(static row => string.Join('\0', row.Cells.Select(static cell => $"{cell.Column}\0{cell.Value}").Prepend($"{row.Page}"))),
    ];
}
