using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;

namespace Idp.Unit.Extraction.Reviews;

public sealed class ReviewOverlayProperties
{
    private static readonly string[] Names = ["phone", "email", "balance"];

    [Fact]
    public void Without_reviews_a_result_is_shown_as_it_was_read() => Prop.ForAll(Cases(), each =>
        each.Before.With().Shown() == each.Before && each.Before.With().Fields().All(field => field is { Review: null } && field.Machine == field.Field))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_a_later_run_reads_each_review_is_shown_once_with_the_persons_value() => Prop.ForAll(Cases(), each =>
    {
        var shown = each.After.With([.. each.Trail]).Fields().Where(field => field.Review is not null).ToList();
        return FieldReview.Standing(each.Trail).All(review => shown.Count(field => field.Id == review.Field && FieldValue.Of(field.Field) == review.Value) == 1)
            && shown.Count == FieldReview.Standing(each.Trail).Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_reading_is_lost_and_none_is_shown_twice() => Prop.ForAll(Cases(), each =>
        each.After.With([.. each.Trail]).Accounts.Zip(each.After.Accounts).All(pair =>
            pair.First.Fields.Select(field => field.Machine).OfType<ExtractedField>().SequenceEqual(pair.Second.Fields))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_two_fields_have_one_id() => Prop.ForAll(Cases(), each =>
        each.After.With([.. each.Trail]).Fields().Select(field => field.Id).ToList() is var ids && ids.Distinct().Count() == ids.Count).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_that_lost_to_a_person_is_the_first_alternative() => Prop.ForAll(Cases(), each =>
        each.After.With([.. each.Trail]).Fields().Where(field => field is { Review: not null, Machine: not null } && field.Machine.Value != field.Field.Value)
            .All(field => field.Field.Alternatives[0].Value == field.Machine!.Value && field.Field.Alternatives.All(other => other.Value != field.Field.Value)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_result_again_shows_the_same() => Prop.ForAll(Cases(), each =>
        each.After.With([.. each.Trail]) == each.After.With([.. each.Trail])).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_every_review_back_shows_what_was_read() => Prop.ForAll(Cases(), each =>
        each.After.With([.. each.Trail, .. each.Trail.Select(review => review.Withdrawn())]) == each.After.With()).QuickCheckThrowOnFailure();

    private static Arbitrary<Case> Cases() => (
        from before in Results()
        from after in Results()
        from picks in Gen.Choose(0, 5).ListOf()
        let fields = before.With().Fields().ToList()
        let trail = fields.Count == 0
            ? []
            : picks.Select((pick, at) => before.With().Review(
                fields[pick % fields.Count].Id, pick % 3 == 0 ? null : $"said {at}", isMultiple: fields[pick % fields.Count].Field.Name == "email")).ToList()
        select new Case(before, after, trail)).ToArbitrary();

    private static Gen<ExtractionResult> Results() =>
        from accounts in Gen.Choose(1, 3)
        from shift in Gen.Choose(0, 1)
        from fields in (from account in Gen.Choose(0, 2)
                        from name in Gen.Elements(Names)
                        from value in Gen.Choose(0, 4)
                        from line in Gen.Choose(1, 6)
                        select (account, name, value, line)).ListOf()
        select ReviewSamples.ResultOf([.. Enumerable.Range(0, accounts).Select(index => ReviewSamples.Account(
            index, $"{100 + ((index + shift) % 3)}", 2 + (2 * index),
            [.. fields.Where(field => field.account == index).Select(field => ReviewSamples.Field(field.name, $"v{field.value}", 2 + (2 * index), field.line))]))]);

    private sealed record Case(ExtractionResult Before, ExtractionResult After, List<FieldReview> Trail);
}
