using System.Globalization;
using Idp.Domain.Kernel;

namespace Idp.Domain.Research;

/// <summary>Every expected failure that concerns research.</summary>
public static class ResearchErrors
{
    /// <summary>The code of a job that its budget ended; the contract spells it in its own way.</summary>
    public const string BudgetExhaustedCode = "budget_exhausted";

    /// <summary>No such job.</summary>
    public static Error NotFound(JobId id) => new(ErrorKind.NotFound, "research.not-found", $"There is no research job {id}.");

    /// <summary>No job of that number.</summary>
    public static Error NumberNotFound(long number) => new(
        ErrorKind.NotFound, "research.not-found", string.Create(CultureInfo.InvariantCulture, $"There is no research job {number}."));

    /// <summary>The job has ended already.</summary>
    public static Error AlreadyEnded(JobId id, JobStatus status) => new(ErrorKind.Conflict, "research.already-ended", $"Job {id} has ended already: {status}.");

    /// <summary>No such rubric.</summary>
    public static Error RubricNotFound(string name) => new(ErrorKind.NotFound, "rubric.not-found", $"There is no rubric '{name}'. GET /v1/rubrics lists them.");

    /// <summary>A request names a rubric that does not exist.</summary>
    public static Error UnknownRubric(string name) => new(ErrorKind.Invalid, "rubric.unknown", $"There is no rubric '{name}'. GET /v1/rubrics lists them.");

    /// <summary>A list without a column of names.</summary>
    public static Error NoCompanyColumn(IEnumerable<string> headers) => new(
        ErrorKind.Invalid, "research.no-company-column",
        $"The first line has no column 'company', 'company_name' or 'name'; it has: {string.Join(", ", headers.Take(20).Select(static header => $"'{Shown(header)}'"))}.");

    /// <summary>A list of which no row can be used.</summary>
    public static Error NoCompanies() => new(ErrorKind.Invalid, "research.no-companies", "There is no company in what was sent.");

    /// <summary>More companies than a job takes.</summary>
    public static Error TooManyCompanies(int limit) => new(
        ErrorKind.TooLarge, "research.too-many-companies", $"A job takes at most {limit} companies; send the rest in another.");

    /// <summary>A list larger than is read.</summary>
    public static Error ListTooLarge(long limit) => new(ErrorKind.TooLarge, "research.list-too-large", $"A list of companies may have at most {limit} bytes.");

    /// <summary>A file that is no text.</summary>
    public static Error NotText() => new(ErrorKind.Unsupported, "research.not-text", "The file is no text. Send a CSV file; save a workbook as CSV first.");

    /// <summary>A list that cannot be divided into rows and columns.</summary>
    public static Error BrokenList(long row) => new(
        ErrorKind.Invalid, "research.broken-list", $"The list cannot be read from row {row} on: a quotation mark may be missing, or a cell is far too long.");

    /// <summary>A row without a name.</summary>
    public static Error BlankRow() => new(ErrorKind.Invalid, "research.blank-row", "The row has no company name.");

    /// <summary>A name that came before.</summary>
    public static Error DuplicateRow(int first) => new(ErrorKind.Invalid, "research.duplicate-row", $"The company is already in row {first}.");

    /// <summary>A name that is too long to be one.</summary>
    public static Error NameTooLong(int limit) => new(ErrorKind.Invalid, "research.name-too-long", $"The name is longer than {limit} characters.");

    /// <summary>The step crashed; the log says why.</summary>
    public static Error StepCrashed(string step) => new(ErrorKind.Rejected, "research.step-crashed", $"Step {step} met an error of the program. It is in the log.");

    private static string Shown(string header) => header.Length <= 60 ? header : header[..60] + "…";
}
