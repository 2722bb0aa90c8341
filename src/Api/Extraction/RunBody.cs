using Idp.Api.Kernel.Costs;
using Idp.Api.Kernel.Json;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;

namespace Idp.Api.Extraction;

/// <summary>The runs of a document, newest first.</summary>
internal sealed record RunListBody(IReadOnlyList<RunBody> Items);

/// <summary>One run of a document.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Current">True for the present run.</param>
/// <param name="Status">The document's status for the present run, <c>ended</c> for earlier ones.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="EndedAt">When its result was stored; null while there is none.</param>
/// <param name="Kind">What the document was taken for; null where that was not recorded.</param>
/// <param name="Schema">The schema; null where that was not recorded.</param>
/// <param name="Provider">Whose model read it, <c>offline</c> for rules alone; null where that was not recorded.</param>
/// <param name="Model">The model; null where that was not recorded.</param>
/// <param name="Accounts">How many accounts it has.</param>
/// <param name="Fields">How many fields it read.</param>
/// <param name="Tables">How many tables it read.</param>
/// <param name="Rows">How many rows those have.</param>
/// <param name="Cost">What its calls cost; null where that cannot be told from other runs.</param>
internal sealed record RunBody(
    string RunId, bool Current, string Status, string StartedAt, string? EndedAt, string? Kind, string? Schema, string? Provider, string? Model, int Accounts, int Fields,
    int Tables, int Rows, CostBody? Cost)
{
    public static RunBody From(RunSummary run)
    {
        var accounts = run.Result.Accounts;
        return new RunBody(
            run.RunId.ToString(), run.Status is not null, run.Status?.Print() ?? "ended", run.StartedAt.Print(), run.EndedAt?.Print(), run.Origin?.Kind.Print(),
            run.Origin?.Schema, run.Origin?.Provider, run.Origin?.Model, accounts.Count, accounts.Sum(static account => account.Fields.Count),
            accounts.Sum(static account => account.Tables.Count), accounts.Sum(static account => account.Tables.Sum(static table => table.Rows.Count)),
            run.Cost is { } cost ? CostBody.From(cost) : null);
    }
}

/// <summary>How the results of two runs differ, as the machine read them.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="From">The one run.</param>
/// <param name="To">The other run.</param>
/// <param name="Identical">True when both say the same; confidence and places may differ.</param>
/// <param name="Summary">Counts over all accounts.</param>
/// <param name="Accounts">Accounts of the second run in its order, then those that only the first has.</param>
internal sealed record RunDifferenceBody(
    string DocumentId, string From, string To, bool Identical, DifferenceSummaryBody Summary, IReadOnlyList<AccountDifferenceBody> Accounts)
{
    public static RunDifferenceBody Of(DocumentId document, RunId from, RunId to, ResultDifference difference) => new(
        document.ToString(), from.ToString(), to.ToString(), difference.IsNone, DifferenceSummaryBody.From(difference),
        [.. difference.Accounts.Select(AccountDifferenceBody.From)]);
}

/// <summary>Counts of differences.</summary>
internal sealed record DifferenceSummaryBody(int Added, int Removed, int Changed, int Unchanged, int RowsAdded, int RowsRemoved)
{
    public static DifferenceSummaryBody From(ResultDifference difference) => new(
        difference.CountOf(FieldChange.Added), difference.CountOf(FieldChange.Removed), difference.CountOf(FieldChange.Changed),
        difference.Accounts.Sum(static account => account.Unchanged), difference.Accounts.Sum(static account => account.Tables.Sum(static table => table.RowsAdded)),
        difference.Accounts.Sum(static account => account.Tables.Sum(static table => table.RowsRemoved)));
}

/// <summary>How an account differs.</summary>
/// <param name="AccountNumber">Its number; null when the document has none.</param>
/// <param name="FromIndex">Its place in the first run; null when only the second has it.</param>
/// <param name="ToIndex">Its place in the second run; null when only the first has it.</param>
/// <param name="Fields">The fields that are not the same.</param>
/// <param name="Unchanged">How many are.</param>
/// <param name="Tables">Every table of either run.</param>
internal sealed record AccountDifferenceBody(
    string? AccountNumber, int? FromIndex, int? ToIndex, IReadOnlyList<FieldDifferenceBody> Fields, int Unchanged, IReadOnlyList<TableDifferenceBody> Tables)
{
    public static AccountDifferenceBody From(AccountDifference account) => new(
        account.AccountNumber, account.FromIndex, account.ToIndex, [.. account.Fields.Select(FieldDifferenceBody.Of)], account.Unchanged,
        [.. account.Tables.Select(static table => new TableDifferenceBody(table.Name, table.RowsFrom, table.RowsTo, table.RowsAdded, table.RowsRemoved))]);
}

/// <summary>One field that is not the same.</summary>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Name">The field's name.</param>
/// <param name="Key">For a pair of a form, its key.</param>
/// <param name="From">As the first run read it; null when added.</param>
/// <param name="To">As the second run read it; null when removed.</param>
internal sealed record FieldDifferenceBody(string Change, string Name, string? Key, ReadingBody? From, ReadingBody? To)
{
    public static FieldDifferenceBody Of(FieldDifference difference) => new(
        difference.Change.Print(), difference.Any.Name, difference.Any.Key, ReadingBody.Of(difference.From), ReadingBody.Of(difference.To));
}

/// <summary>One reading of a field.</summary>
internal sealed record ReadingBody(string Value, string Printed, double Confidence, string Status, int? Page)
{
    public static ReadingBody? Of(ExtractedField? field) => field is null
        ? null
        : new ReadingBody(field.Value, field.Printed, field.Confidence.Print(), field.Status.Print(), field.Evidence.Count > 0 ? field.Evidence[0].Page : null);
}

/// <summary>How a table differs; a row whose cells changed counts as one removed and one added.</summary>
internal sealed record TableDifferenceBody(string Name, int RowsFrom, int RowsTo, int RowsAdded, int RowsRemoved);
