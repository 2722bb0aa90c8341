using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;
using static Idp.Unit.Extraction.Fields.PrintedForm;

namespace Idp.Unit.Extraction.Fields;

public sealed class SourceMergerTests
{
    private static readonly ExtractionSchema Loan = Schema(
        Field("balance", FieldType.Money), Field("phone", FieldType.Phone), Several("account_holders", FieldType.Name), Several("id_number", FieldType.Identifier),
        Several("pairs", FieldType.Pair), Field("bank_name", FieldType.Name));

    private static readonly Gen<ExtractedField> OneReading =
        from name in Gen.Elements("balance", "phone", "account_holders", "id_number", "pairs", "bank_name")
        from value in name switch
        {
            "balance" => Gen.Elements("5.00", "5.0", "17.25", "1800.00"),
            "phone" => Gen.Elements("(802) 555-0140", "(802) 555-0146"),
            "id_number" => Gen.Elements("K75704707", "K757047O7", "K75704708"),
            "pairs" => Gen.Elements("Akron", "AKRON", "Linden"),
            _ => Gen.Elements("Hugo McAllister", "Hugo Mcallister", "Hugo McAlIister", "Zelda Villanueva", "Villanueva, Zelda"),
        }
        from confidence in Gen.Choose(1, 99)
        from status in Gen.Elements(FieldStatus.Supported, FieldStatus.Supported, FieldStatus.Derived, FieldStatus.Unsupported)
        from page in Gen.Choose(1, 3)
        from row in Gen.Choose(1, 40)
        let reading = Reading(name, Loan.Fields.Single(field => field.Name == name).Type, value, confidence / 100.0, page, row / 50.0) with
        {
            Status = status,
            Key = name == "pairs" ? "Town" : null,
        }
        select status is FieldStatus.Unsupported ? reading with { Evidence = [], Confidence = new Confidence(Math.Min(0.35, confidence / 100.0)) } : reading;

    private static readonly Arbitrary<List<ExtractedField>> Readings = OneReading.ListOf().Select(list => list.ToList()).ToArbitrary();

    [Fact]
    public void Without_a_model_the_rules_fields_stay_as_they_are() =>
        Prop.ForAll(Readings, rules => FieldMerger.MergeSources(Loan, rules, []).SequenceEqual(rules)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_readings_does_not_matter() => Prop.ForAll(Readings, Readings, ArbMap.Default.ArbFor<int>(), (rules, model, seed) =>
        model.Count is 0 || FieldMerger.MergeSources(Loan, Shuffled(rules, seed), Shuffled(model, seed)).Equals(FieldMerger.MergeSources(Loan, rules, model)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_reading_given_twice_counts_once() => Prop.ForAll(Readings, Readings, (rules, model) =>
        model.Count is 0 || FieldMerger.MergeSources(Loan, [.. rules, .. rules], [.. model, .. model]).Equals(FieldMerger.MergeSources(Loan, rules, model))).QuickCheckThrowOnFailure();

    [Fact]
    public void No_value_comes_out_that_did_not_go_in() => Prop.ForAll(Readings, Readings, (rules, model) =>
    {
        var given = rules.Concat(model).Select(field => (field.Name, field.Value)).ToHashSet();
        return FieldMerger.MergeSources(Loan, rules, model).All(field =>
            given.Contains((field.Name, field.Value)) && field.Alternatives.All(other => other.Value != field.Value && given.Contains((field.Name, other.Value))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_field_that_went_in_comes_out_and_a_single_one_once() => Prop.ForAll(Readings, Readings, (rules, model) =>
    {
        var merged = FieldMerger.MergeSources(Loan, FieldMerger.Merge(Loan, rules), model);
        return merged.Select(field => field.Name).ToHashSet().SetEquals(rules.Concat(model).Select(field => field.Name))
            && merged.Where(field => field.Name is "balance" or "phone" or "bank_name").GroupBy(field => field.Name).All(group => group.Count() is 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_stands_nowhere_is_never_trusted_above_the_cap() => Prop.ForAll(Readings, Readings, (rules, model) =>
        FieldMerger.MergeSources(Loan, rules, model).Where(field => field.Status is FieldStatus.Unsupported && model.Count > 0)
            .All(field => field.Confidence <= ConfidenceModel.UnsupportedCap)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_places_are_those_that_went_in() => Prop.ForAll(Readings, Readings, (rules, model) =>
    {
        var given = rules.Concat(model).SelectMany(field => field.Evidence).ToHashSet();
        return FieldMerger.MergeSources(Loan, rules, model).All(field => field.Evidence.All(given.Contains));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_value_from_both_is_trusted_more_even_at_one_place()
    {
        var field = Merge([Phone("(802) 555-0140", 0.8)], [Phone("(802) 555-0140", 0.7)]).ShouldHaveSingleItem();
        field.Confidence.Value.ShouldBeGreaterThan(0.85);
        field.Evidence.ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_value_lowers_the_likelier_one_and_stays_as_alternative()
    {
        var field = Merge([Phone("(802) 555-0140", 0.6)], [Phone("(802) 555-0146", 0.9)]).ShouldHaveSingleItem();
        (field.Value, field.Status).ShouldBe(("(802) 555-0146", FieldStatus.Supported));
        field.Confidence.Value.ShouldBeLessThan(0.9);
        field.Alternatives.ShouldBe([new Alternative("(802) 555-0140", new Confidence(0.6), 1)]);
    }

    [Fact]
    public void Values_about_equally_likely_conflict() =>
        Merge([Phone("(802) 555-0140", 0.9)], [Phone("(802) 555-0146", 0.88)]).ShouldHaveSingleItem().Status.ShouldBe(FieldStatus.Conflicting);

    [Fact]
    public void A_value_on_no_page_never_beats_one_on_a_page_and_hardly_lowers_it()
    {
        var field = Merge([Phone("(802) 555-0140", 0.3)], [Unsupported(Phone("(802) 555-0146", 0.35))]).ShouldHaveSingleItem();
        (field.Value, field.Status).ShouldBe(("(802) 555-0140", FieldStatus.Supported));
        field.Confidence.Value.ShouldBeInRange(0.27, 0.3);
        field.Alternatives.ShouldHaveSingleItem().Value.ShouldBe("(802) 555-0146");
    }

    [Fact]
    public void The_model_settles_a_conflict_of_the_rules()
    {
        var torn = Phone("(802) 555-0140", 0.63) with { Status = FieldStatus.Conflicting, Alternatives = [new Alternative("(802) 555-0146", new Confidence(0.88), 4)] };
        var field = Merge([torn], [Phone("(802) 555-0140", 0.92)]).ShouldHaveSingleItem();
        (field.Status, field.Alternatives.Count).ShouldBe((FieldStatus.Supported, 1));
        field.Confidence.Value.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void A_field_of_one_source_keeps_its_confidence() =>
        Merge([Phone("(802) 555-0140", 0.8)], [Reading("balance", FieldType.Money, "5.00", 0.7)]).Select(field => (field.Name, field.Confidence.Value))
            .ShouldBe([("balance", 0.7), ("phone", 0.8)]);

    [Fact]
    public void The_same_person_in_another_order_of_words_is_one() => Merge(
        [Reading("account_holders", FieldType.Name, "Zelda Villanueva", 0.9)], [Reading("account_holders", FieldType.Name, "Villanueva, Zelda", 0.9)])
        .ShouldHaveSingleItem().Value.ShouldBe("Zelda Villanueva");

    [Fact]
    public void A_person_that_only_the_model_names_is_added() => Merge(
        [Reading("account_holders", FieldType.Name, "Zelda Villanueva", 0.9)], [Reading("account_holders", FieldType.Name, "Hugo McAllister", 0.9, 1, 0.3)])
        .Select(field => (field.Value, field.Confidence.Value)).ShouldBe([("Zelda Villanueva", 0.9), ("Hugo McAllister", 0.9)]);

    [Fact]
    public void Two_readings_of_one_place_of_which_one_leaves_words_out_are_one() => Merge(
        [Reading("account_holders", FieldType.Name, "Hugo D. McAllister", 0.9)], [Reading("account_holders", FieldType.Name, "Hugo D. McAllister Jr", 0.9)])
        .ShouldHaveSingleItem().Value.ShouldBe("Hugo D. McAllister");

    [Fact]
    public void Where_the_print_was_badly_recognised_the_model_spells_the_value()
    {
        var scan = Recognized(1, PageSource.Ocr, 0.6, (0.1, 0.1, "Farnswortb"));
        var rules = Reading("bank_name", FieldType.Name, "Farnswortb Savings", 0.6);
        var model = Reading("bank_name", FieldType.Name, "Farnsworth Savings", 0.8);
        FieldMerger.MergeSources(Loan, [rules], [model], [scan]).ShouldHaveSingleItem().Value.ShouldBe("Farnsworth Savings");
        FieldMerger.MergeSources(Loan, [rules], [model], [scan with { Source = PageSource.TextLayer }]).ShouldHaveSingleItem().Value.ShouldBe("Farnswortb Savings");
    }

    [Fact]
    public void Without_pages_only_the_form_tells_a_slip()
    {
        Merge([Reading("bank_name", FieldType.Name, "Ridge1ine Bank", 0.6)], [Reading("bank_name", FieldType.Name, "Ridgeline Bank", 0.8)])
            .ShouldHaveSingleItem().Value.ShouldBe("Ridgeline Bank");
        Merge([Reading("bank_name", FieldType.Name, "Ridgeline Bank", 0.6)], [Reading("bank_name", FieldType.Name, "Ridge1ine Bank", 0.8)])
            .ShouldHaveSingleItem().Value.ShouldBe("Ridgeline Bank");
    }

    [Fact]
    public void The_spelling_that_is_taken_over_is_no_alternative_to_itself()
    {
        var rules = Reading("bank_name", FieldType.Name, "Ridge1ine Bank", 0.6) with { Alternatives = [new Alternative("Ridgeline Bank", new Confidence(0.2), 3)] };
        Merge([rules], [Reading("bank_name", FieldType.Name, "Ridgeline Bank", 0.8)]).ShouldHaveSingleItem().Alternatives.ShouldBeEmpty();
    }

    [Fact]
    public void Pairs_are_one_when_key_and_value_are_alike()
    {
        var rules = Reading("pairs", FieldType.Pair, "Akron", 0.6) with { Key = "Town" };
        var model = Reading("pairs", FieldType.Pair, "AKRON", 0.8) with { Key = "TOWN:" };
        Merge([rules], [model]).ShouldHaveSingleItem().Key.ShouldBe("Town");
        Merge([rules], [model with { Key = "State" }]).Count.ShouldBe(2);
    }

    private static ExtractedField Phone(string value, double confidence) => Reading("phone", FieldType.Phone, value, confidence);

    private static ExtractedField Unsupported(ExtractedField field) => field with { Status = FieldStatus.Unsupported, Evidence = [] };

    private static ValueList<ExtractedField> Merge(ExtractedField[] rules, ExtractedField[] model) => FieldMerger.MergeSources(Loan, rules, model);

    private static ExtractedField[] Shuffled(List<ExtractedField> readings, int seed)
    {
        var shuffled = readings.ToArray();
        new System.Random(seed).Shuffle(shuffled);
        return shuffled;
    }
}
