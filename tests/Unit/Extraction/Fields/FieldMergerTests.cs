using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Fields;

public sealed class FieldMergerTests
{
    private static readonly ExtractionSchema Loan = Schema(
        Field("balance", FieldType.Money), Field("phone", FieldType.Phone), Several("account_holders", FieldType.Name), Several("id_number", FieldType.Identifier));

    private static readonly Arbitrary<List<ExtractedField>> Readings = (
        from name in Gen.Elements("balance", "phone", "account_holders", "id_number")
        from value in name switch
        {
            "balance" => Gen.Elements("5.00", "5.0", "17.25", "1800.00"),
            "phone" => Gen.Elements("(802) 555-0140", "(802) 555-0146"),
            "id_number" => Gen.Elements("K75704707", "K757047O7", "K75704708"),
            _ => Gen.Elements("Hugo McAllister", "Hugo Mcallister", "Hugo McAlIister", "Zelda Villanueva"),
        }
        from confidence in Gen.Choose(1, 99)
        from page in Gen.Choose(1, 3)
        from row in Gen.Choose(1, 40)
        select Reading(name, Loan.Fields.Single(field => field.Name == name).Type, value, confidence / 100.0, page, row / 50.0)).ListOf()
            .Select(list => list.ToList()).ToArbitrary();

    [Fact]
    public void The_order_of_the_readings_does_not_matter() => Prop.ForAll(Readings, ArbMap.Default.ArbFor<int>(), (readings, seed) =>
    {
        var shuffled = readings.ToArray();
        new System.Random(seed).Shuffle(shuffled);
        return FieldMerger.Merge(Loan, shuffled).Equals(FieldMerger.Merge(Loan, readings));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merging_what_was_merged_changes_nothing() => Prop.ForAll(Readings, readings =>
    {
        var once = FieldMerger.Merge(Loan, readings);
        return FieldMerger.Merge(Loan, once).Equals(once);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reading_given_twice_counts_once() => Prop.ForAll(Readings, readings =>
        FieldMerger.Merge(Loan, readings.Concat(readings)).Equals(FieldMerger.Merge(Loan, readings))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_value_comes_out_that_did_not_go_in() => Prop.ForAll(Readings, readings =>
    {
        var given = readings.Select(field => (field.Name, field.Value)).ToHashSet();
        return FieldMerger.Merge(Loan, readings).All(field =>
            given.Contains((field.Name, field.Value)) && field.Alternatives.All(other => given.Contains((field.Name, other.Value))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_field_that_went_in_comes_out() => Prop.ForAll(Readings, readings =>
        FieldMerger.Merge(Loan, readings).Select(field => field.Name)
            .ToHashSet().SetEquals(readings.Select(field => field.Name))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_most_confident_value_wins_and_the_other_stays_as_alternative()
    {
        var field = Merge(Reading("phone", FieldType.Phone, "(802) 555-0140", 0.9), Reading("phone", FieldType.Phone, "(802) 555-0146", 0.3, 4)).ShouldHaveSingleItem();
        field.Value.ShouldBe("(802) 555-0140");
        field.Alternatives.ShouldBe([new Alternative("(802) 555-0146", new Confidence(0.3), 4)]);
        field.Confidence.Value.ShouldBeLessThan(0.9);
        field.Status.ShouldBe(FieldStatus.Supported);
    }

    [Fact]
    public void Values_of_about_equal_confidence_conflict() => Merge(
        Reading("phone", FieldType.Phone, "(802) 555-0140", 0.9), Reading("phone", FieldType.Phone, "(802) 555-0146", 0.88, 4))
        .ShouldHaveSingleItem().Status.ShouldBe(FieldStatus.Conflicting);

    [Fact]
    public void Agreement_raises_confidence_and_keeps_both_places()
    {
        var field = Merge(Reading("balance", FieldType.Money, "5.00", 0.8), Reading("balance", FieldType.Money, "5.0", 0.7, 2)).ShouldHaveSingleItem();
        field.Confidence.Value.ShouldBeGreaterThan(0.8);
        field.Evidence.Select(evidence => evidence.Page).ShouldBe([1, 2]);
        field.Alternatives.ShouldBeEmpty();
    }

    [Fact]
    public void Values_of_a_field_with_several_are_united_in_printed_order() => Merge(
        Reading("account_holders", FieldType.Name, "Zelda Villanueva", 0.9, 1, 0.2), Reading("account_holders", FieldType.Name, "Hugo McAllister", 0.8, 1, 0.1))
        .Select(field => field.Value).ShouldBe(["Hugo McAllister", "Zelda Villanueva"]);

    [Fact]
    public void Two_persons_who_differ_by_an_initial_are_two() => Merge(
        Reading("account_holders", FieldType.Name, "Odette S. Thibodeaux", 0.9), Reading("account_holders", FieldType.Name, "Odette R. Thibodeaux", 0.9, 1, 0.2))
        .Count.ShouldBe(2);

    [Fact]
    public void Identifiers_that_differ_by_a_look_alike_are_one_and_by_a_digit_two()
    {
        Merge(Reading("id_number", FieldType.Identifier, "S96971750", 0.9), Reading("id_number", FieldType.Identifier, "596971750", 0.6, 2)).ShouldHaveSingleItem().Value.ShouldBe("S96971750");
        Merge(Reading("id_number", FieldType.Identifier, "K75704707", 0.9), Reading("id_number", FieldType.Identifier, "K75704708", 0.9, 2)).Count.ShouldBe(2);
    }

    private static ValueList<ExtractedField> Merge(params ExtractedField[] readings) => FieldMerger.Merge(Loan, readings);
}
