using System.Text.Json;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Application.Extraction;

/// <summary>What was read of some pages of an account, by rules or by a model.</summary>
/// <param name="Fields">Values with their evidence.</param>
/// <param name="Rows">Rows of tables as a model gave them; none from rules.</param>
/// <param name="Tables">Tables as rules read them; none from a model.</param>
internal sealed record AccountReading(ValueList<ExtractedField> Fields, ValueList<ModelRow> Rows, ValueList<ExtractedTable> Tables)
{
    /// <summary>Nothing was read.</summary>
    public static AccountReading Nothing { get; } = new([], [], []);

    /// <summary>Both readings, one after the other.</summary>
    public AccountReading With(AccountReading other) => new([.. Fields, .. other.Fields], [.. Rows, .. other.Rows], [.. Tables, .. other.Tables]);
}

/// <summary>Asks for the fields and tables of some pages of one account.</summary>
/// <param name="Account">The account, its schema and pages.</param>
/// <param name="Wanted">The pages or bands to read now.</param>
internal sealed record ExtractionTask(AccountToRead Account, ValueList<PageSection> Wanted) : ModelTask<AccountReading>
{
    public override string Name => ExtractionPrompt.TaskName;

    public override string Instructions => Account.Instructions;

    public override string Preface => Account.Number is { } number ? $"Account number: {number}" : string.Empty;

    public override string ReplySchema => Account.ReplySchema;

    public override ValueList<ModelSection> Sections => Wanted.ToValueList<ModelSection>();

    public override int ForecastOutputTokens => Wanted.Select(section => section.Page).Distinct().Sum(Account.ForecastOf);

    public override Error? Check(JsonElement reply) => ExtractionReply.Read(reply).Error;

    public override Result<AccountReading> Read(JsonElement reply, Func<int, int?> pageOf) =>
        ExtractionReply.Read(reply).Match<Result<AccountReading>>(read => Account.Align(read.WithPages(pageOf), Wanted), error => error);

    public override AccountReading AnswerByRules() => new(
        FieldExtractor.Extract(Account.Schema, Account.Pages, Account.Number), [], TableExtractor.Extract(Account.Schema.Tables, Account.Pages));
}
