using System.Text;
using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>A company as a list names it.</summary>
/// <param name="Row">Its row, from 1; the header is not counted.</param>
/// <param name="Name">Its name, cleaned.</param>
/// <param name="Country">Its country; null when the list does not say.</param>
public sealed record ListedCompany(int Row, string Name, string? Country);

/// <summary>What a list of companies holds.</summary>
/// <param name="Companies">Companies in their order, each once.</param>
/// <param name="Reports">Rows that are not among them.</param>
public sealed record CompanyList(ValueList<ListedCompany> Companies, ValueList<RowReport> Reports);

/// <summary>Takes a list in row by row: cleans names, and reports what cannot be used.</summary>
public sealed class CompanyListBuilder
{
    /// <summary>Companies that one job takes.</summary>
    public const int MostCompanies = 10_000;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>Further reports would only repeat themselves.</summary>
    private const int MostReports = 1_000;

    private const int LongestCountry = 100;

    private readonly List<ListedCompany> _companies = [];
    private readonly List<RowReport> _reports = [];
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

    /// <summary>Takes the next row in.</summary>
    /// <returns>False when there are more companies than a job takes.</returns>
    public bool TryAdd(int row, string? name, string? country)
    {
        var clean = Clean(name ?? string.Empty);
        if (clean.Length == 0)
        {
            Report(row, ResearchErrors.BlankRow());
        }
        else if (clean.Length > LongestName)
        {
            Report(row, ResearchErrors.NameTooLong(LongestName));
        }
        else if (!_rows.TryAdd(Fold(clean), row))
        {
            Report(row, ResearchErrors.DuplicateRow(_rows[Fold(clean)]));
        }
        else if (_companies.Count == MostCompanies)
        {
            return false;
        }
        else
        {
            var place = Clean(country ?? string.Empty);
            _companies.Add(new ListedCompany(row, clean, place.Length is > 0 and <= LongestCountry ? place : null));
        }

        return true;
    }

    /// <summary>What was taken in; <c>research.no-companies</c> when nothing was.</summary>
    public Result<CompanyList> Build() => _companies.Count == 0 ? ResearchErrors.NoCompanies() : new CompanyList(_companies.ToValueList(), _reports.ToValueList());

    /// <summary>A name without control and unseen characters, white space as single spaces.</summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(Math.Min(name.Length, LongestName + 2));
        foreach (var rune in name.EnumerateRunes())
        {
            // One character more than a name may have tells that it is too long.
            if (clean.Length > LongestName)
            {
                break;
            }

            if (Rune.IsWhiteSpace(rune) || (Rune.IsControl(rune) && rune.Value is '\t' or '\n' or '\r'))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (!Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not System.Globalization.UnicodeCategory.Format && rune != Rune.ReplacementChar)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>Two names with the same folded form are one company.</summary>
    private static string Fold(string name) => name.ToUpperInvariant().TrimEnd('.', ',');

    private void Report(int row, Error problem)
    {
        if (_reports.Count < MostReports)
        {
            _reports.Add(new RowReport(row, problem));
        }
    }
}
