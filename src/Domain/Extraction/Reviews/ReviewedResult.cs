using Idp.Domain.Kernel;

namespace Idp.Domain.Extraction;

/// <summary>One field of a result as it is shown: what a person said before what a machine read.</summary>
/// <param name="Id">The same in every run for the same field.</param>
/// <param name="Field">As it is shown.</param>
/// <param name="Machine">What the run read; null when it read nothing there and only a person's word stands.</param>
/// <param name="Review">The review that counts; null when nobody reviewed it.</param>
public sealed record ReviewedField(FieldId Id, ExtractedField Field, ExtractedField? Machine, FieldReview? Review);

/// <summary>One account of a result with reviews.</summary>
/// <param name="Account">As the run read it.</param>
/// <param name="Fields">Its fields as they are shown: the run's in their order, then those that only a person gave.</param>
public sealed record ReviewedAccount(AccountExtraction Account, ValueList<ReviewedField> Fields)
{
    /// <summary>The account with its fields as they are shown.</summary>
    public AccountExtraction Shown() => Account with { Fields = Fields.Select(static field => field.Field).ToValueList() };
}

/// <summary>A run's result with the reviews of its document laid over it.</summary>
/// <param name="Accounts">In the order of the run.</param>
public sealed record ReviewedResult(ValueList<ReviewedAccount> Accounts)
{
    /// <summary>The financial statements, as the run read them.</summary>
    public ValueList<FinancialStatement> Statements { get; init; } = [];

    /// <summary>Statements that the run left out on purpose.</summary>
    public ValueList<StatementLeftOut> StatementsLeftOut { get; init; } = [];

    /// <summary>The result as it is shown.</summary>
    public ExtractionResult Shown() => new(Accounts.Select(static account => account.Shown()).ToValueList()) { Statements = Statements, StatementsLeftOut = StatementsLeftOut };

    /// <summary>A field with its account; null when the result has none of that id.</summary>
    public (ReviewedAccount Account, ReviewedField Field)? Find(FieldId id)
    {
        foreach (var account in Accounts)
        {
            if (account.Fields.FirstOrDefault(field => field.Id == id) is { } found)
            {
                return (account, found);
            }
        }

        return null;
    }
}
