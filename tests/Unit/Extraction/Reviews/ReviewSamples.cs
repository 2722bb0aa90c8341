using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using Idp.Unit.Kernel;

namespace Idp.Unit.Extraction.Reviews;

/// <summary>Small results and reviews of them.</summary>
internal static class ReviewSamples
{
    public static readonly DocumentId Document = StrongId.Parse<DocumentId>("doc_01a20162dae7764db767658324d377ec");

    private static readonly ManualTimeProvider Clock = new();

    public static ExtractionResult ResultOf(params AccountExtraction[] accounts) => new([.. accounts]);

    public static AccountExtraction Account(int index, string? number, int page, params ExtractedField[] fields) => new(index, number, [page, page + 1], [.. fields], []);

    /// <summary>A field on a line of its own.</summary>
    public static ExtractedField Field(string name, string value, int page, int line, double confidence = 0.6) => new(
        name, FieldType.Text, value, value.ToUpperInvariant(), new Confidence(confidence), FieldStatus.Supported,
        [new Evidence(page, value, [new Box(0.1, line * 0.05, 0.3, 0.02)])], []);

    /// <summary>What a person says of a field as it is shown now.</summary>
    public static FieldReview Review(this ReviewedResult result, FieldId id, string? value, bool isMultiple = false)
    {
        var (account, field) = result.Find(id)!.Value;
        var reading = field.Machine ?? field.Field;
        return new FieldReview(
            StrongId.New<ReviewId>(Clock), id, value is null ? ReviewAction.Approved : ReviewAction.Corrected,
            new ReviewedAccountKey(account.Account.Index, account.Account.AccountNumber), reading, IsFromMachine: true, isMultiple,
            new FieldValue(value ?? field.Field.Value), FieldValue.Of(field.Field), null, "local", Clock.GetUtcNow());
    }

    public static FieldReview Withdrawn(this FieldReview review) => review with { Action = ReviewAction.Withdrawn, Value = FieldValue.Of(review.Reading) };

    public static ReviewedResult With(this ExtractionResult result, params FieldReview[] trail) => ReviewOverlay.Apply(Document, result, trail);

    public static IEnumerable<ReviewedField> Fields(this ReviewedResult result) => result.Accounts.SelectMany(account => account.Fields);
}
