using CsvHelper;
using Idp.Application.Research.Ports;
using Idp.Domain.Kernel;
using Idp.Domain.Research;
using Idp.Infrastructure.Kernel.Text;

namespace Idp.Infrastructure.Research.Csv;

/// <summary>Reads lists as comma-separated values, or values separated otherwise, in any common encoding.</summary>
internal sealed class CsvCompanyListReader : ICompanyListReader
{
    /// <summary>Room for ten thousand rows with many columns; more is no list of companies.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>A missing quotation mark makes the rest of a file one row.</summary>
    private const int LongestRow = 64 * 1024;

    /// <summary>Stands in no text: names in a single column may have commas.</summary>
    private const char NoDelimiter = '\u001F';

    private static readonly string[] NameColumns = ["COMPANY", "COMPANYNAME", "NAME"];

    private static readonly string[] CountryColumns = ["COUNTRY", "COUNTRYCODE"];

    /// <summary>What stands over a single column; anything else there is a company.</summary>
    private static readonly string[] SingleColumns = [.. NameColumns, "COMPANIES", "COMPANYNAMES", "ORGANIZATION", "ORGANISATION", "FIRM", "ACCOUNT", "SECURITY"];

    /// <inheritdoc />
    public async Task<Result<CompanyList>> ReadAsync(Stream content, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        using var bytes = new MemoryStream();
        for (int count; (count = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + count > MostBytes)
            {
                return ResearchErrors.ListTooLarge(MostBytes);
            }

            await bytes.WriteAsync(buffer.AsMemory(0, count), ct);
        }

        var text = TextEncodings.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return text.Contains('\0', StringComparison.Ordinal) ? ResearchErrors.NotText() : Read(text);
    }

    private static Result<CompanyList> Read(string text)
    {
        long? unclosed = null;
        using var rows = CsvReader.FromText(text, new CsvReaderOptions
        {
            // What follows it would be lost in silence.
            OnMalformedRecord = bad => unclosed = bad.Reason == CsvMalformedReason.UnterminatedQuote ? bad.RecordNumber : unclosed,
            Separator = Delimiters.Of(text) ?? NoDelimiter,
            HasHeader = false,
            SkipEmptyLines = false,
        });
        if (!TryReadFirst(rows, out var header))
        {
            return ResearchErrors.NoCompanies();
        }

        var isHeaderless = header.Length == 1 && !SingleColumns.Contains(Fold(header[0]));
        var (name, country) = header.Length == 1 ? (0, -1) : (ColumnOf(header, NameColumns), ColumnOf(header, CountryColumns));
        if (name < 0)
        {
            return ResearchErrors.NoCompanyColumn(header);
        }

        var builder = new CompanyListBuilder();
        var row = 0;
        if (isHeaderless)
        {
            builder.TryAdd(++row, header[0], country: null);
        }

        while (rows.Read())
        {
            row++;
            if (rows.RawRecord.Length > LongestRow)
            {
                return ResearchErrors.BrokenList(row);
            }

            if (!builder.TryAdd(row, CellOf(rows, name), CellOf(rows, country)))
            {
                return ResearchErrors.TooManyCompanies(CompanyListBuilder.MostCompanies);
            }
        }

        return unclosed is null ? builder.Build() : ResearchErrors.BrokenList(row);
    }

    /// <summary>The first line that is not empty.</summary>
    private static bool TryReadFirst(CsvReader rows, out string[] cells)
    {
        while (rows.Read())
        {
            cells = [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetString)];
            if (!Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
            {
                return true;
            }
        }

        cells = [];
        return false;
    }

    private static int ColumnOf(string[] header, string[] names) =>
        names.Select(name => Array.FindIndex(header, column => Fold(column) == name)).FirstOrDefault(static index => index >= 0, -1);

    private static string? CellOf(CsvReader rows, int column) => column >= 0 && column < rows.FieldCount ? rows.GetString(column) : null;

    /// <summary>Headers differ in letter case, spaces and dashes.</summary>
    private static string Fold(string header) =>
        new string([.. header.Where(static character => char.IsLetterOrDigit(character))]).ToUpperInvariant();
}
