using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Reviews;

public sealed class ReviewOverlayTests
{
    private static readonly FieldId Phone = FieldId.Of(ReviewSamples.Document, 0, "phone", 0);

    private static readonly ExtractionResult First = ReviewSamples.ResultOf(
        ReviewSamples.Account(0, "7009885", 2, ReviewSamples.Field("phone", "555-0146", 2, 3), ReviewSamples.Field("email", "a@b.example", 2, 4), ReviewSamples.Field("email", "c@d.example", 2, 5)));

    [Fact]
    public void A_corrected_field_shows_the_persons_value_and_keeps_what_the_page_prints()
    {
        var shown = First.With(First.With().Review(Phone, "555-0140")).Find(Phone)!.Value.Field;

        shown.Field.Value.ShouldBe("555-0140");
        shown.Field.Printed.ShouldBe("555-0146");
        shown.Field.Confidence.ShouldBe(Confidence.Full);
        shown.Field.Alternatives.ShouldBe([new Alternative("555-0146", new Confidence(0.6), 2)]);
        shown.Machine!.Value.ShouldBe("555-0146");
        shown.Review!.Action.ShouldBe(ReviewAction.Corrected);
    }

    [Fact]
    public void An_approved_field_is_certain_and_no_longer_conflicting()
    {
        var conflicting = ReviewSamples.ResultOf(ReviewSamples.Account(0, "1", 2, ReviewSamples.Field("phone", "555", 2, 3) with { Status = FieldStatus.Conflicting }));

        var shown = conflicting.With(conflicting.With().Review(Phone, null)).Find(Phone)!.Value.Field.Field;

        shown.Status.ShouldBe(FieldStatus.Supported);
        shown.Alternatives.ShouldBeEmpty();
    }

    [Fact]
    public void When_a_later_run_reads_another_value_the_persons_stays_and_the_machines_is_an_alternative()
    {
        var review = First.With().Review(Phone, "555-0140");
        var later = ReviewSamples.ResultOf(ReviewSamples.Account(0, "7009885", 2, ReviewSamples.Field("phone", "777-1111", 3, 9, 0.9)));

        var shown = later.With(review).Find(Phone)!.Value.Field;

        shown.Field.Value.ShouldBe("555-0140");
        shown.Field.Alternatives[0].ShouldBe(new Alternative("777-1111", new Confidence(0.9), 3));
    }

    [Fact]
    public void A_field_that_a_later_run_does_not_find_is_shown_all_the_same()
    {
        var review = First.With().Review(Phone, "555-0140");

        var shown = ReviewSamples.ResultOf(ReviewSamples.Account(0, "7009885", 2)).With(review).Fields().Single();

        (shown.Id, shown.Field.Value, shown.Machine).ShouldBe((Phone, "555-0140", null));
    }

    [Fact]
    public void Of_several_values_the_one_that_was_meant_is_found_again_when_their_order_changes()
    {
        var review = First.With().Review(FieldId.Of(ReviewSamples.Document, 0, "email", 1), "right@d.example", isMultiple: true);
        var later = ReviewSamples.ResultOf(ReviewSamples.Account(0, "7009885", 2, ReviewSamples.Field("email", "c@d.example", 2, 5), ReviewSamples.Field("email", "a@b.example", 2, 4)));

        later.With(review).Fields().Select(field => field.Field.Value).ShouldBe(["right@d.example", "a@b.example"]);
    }

    [Fact]
    public void Of_several_values_one_read_differently_at_the_same_place_is_the_same_and_one_elsewhere_is_another()
    {
        var review = First.With().Review(FieldId.Of(ReviewSamples.Document, 0, "email", 1), "right@d.example", isMultiple: true);
        var later = ReviewSamples.ResultOf(ReviewSamples.Account(0, "7009885", 2, ReviewSamples.Field("email", "new@e.example", 3, 5), ReviewSamples.Field("email", "c@d.exarnple", 2, 5)));

        later.With(review).Fields().Select(field => field.Field.Value).ShouldBe(["new@e.example", "right@d.example"]);
    }

    [Fact]
    public void A_review_follows_its_account_to_another_place_and_does_not_meet_its_neighbour()
    {
        var two = ReviewSamples.ResultOf(
            ReviewSamples.Account(0, "111", 2, ReviewSamples.Field("phone", "1", 2, 3)), ReviewSamples.Account(1, "222", 5, ReviewSamples.Field("phone", "2", 5, 3)));
        var review = two.With().Review(FieldId.Of(ReviewSamples.Document, 1, "phone", 0), "222-fixed");
        var moved = ReviewSamples.ResultOf(
            ReviewSamples.Account(0, "222", 5, ReviewSamples.Field("phone", "2", 5, 3)), ReviewSamples.Account(1, "111", 2, ReviewSamples.Field("phone", "1", 2, 3)));

        var shown = moved.With(review);

        shown.Accounts[0].Fields.Single().Field.Value.ShouldBe("222-fixed");
        shown.Accounts[1].Fields.Single().Field.Value.ShouldBe("1");
        shown.Fields().Select(field => field.Id).ShouldBeUnique();
    }

    [Fact]
    public void An_account_that_was_given_another_number_keeps_its_reviews_by_its_pages()
    {
        var two = ReviewSamples.ResultOf(ReviewSamples.Account(0, "111", 2, ReviewSamples.Field("phone", "1", 2, 3)), ReviewSamples.Account(1, "222", 5, ReviewSamples.Field("phone", "2", 5, 3)));
        var review = two.With().Review(FieldId.Of(ReviewSamples.Document, 1, "phone", 0), "fixed");
        var renamed = ReviewSamples.ResultOf(ReviewSamples.Account(0, "222-A", 5, ReviewSamples.Field("phone", "2", 5, 3)), ReviewSamples.Account(1, "111", 2, ReviewSamples.Field("phone", "1", 2, 3)));

        renamed.With(review).Accounts[0].Fields.Single().Field.Value.ShouldBe("fixed");
    }

    [Fact]
    public void A_review_that_is_taken_back_leaves_no_trace_in_the_result()
    {
        var review = First.With().Review(Phone, "555-0140");

        First.With(review, review.Withdrawn()).ShouldBe(First.With());
    }
}
