using Idp.Application.Research;
using Idp.Domain.Research;
using Idp.Infrastructure.Research.Rubrics;
using Idp.Unit.Architecture;

namespace Idp.Unit.Research;

public sealed class RubricTests
{
    private readonly RubricValidator _rules = new();

    [Fact]
    public async Task Every_built_in_rubric_keeps_the_rules()
    {
        var paths = Directory.GetFiles(Path.Combine(Repository.Root, "rubrics"), "*.json");

        paths.ShouldNotBeEmpty();
        foreach (var path in paths)
        {
            var rubric = RubricFile.Read(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), Path.GetFileNameWithoutExtension(path));
            (await _rules.ValidateAsync(rubric, TestContext.Current.CancellationToken)).Errors.ShouldBeEmpty(path);
        }
    }

    [Fact]
    public void The_question_has_the_name_without_marks_of_its_own_and_is_never_too_long()
    {
        Rubrics.Small.QueryFor("The \"Acme\" Co").ShouldBe("\"The  Acme  Co\" ovens baking");
        Rubrics.Small.QueryFor(new string('x', 600)).Length.ShouldBe(Rubric.LongestQuery);
    }

    [Fact]
    public void Tiers_must_fall_to_zero() => IsRefused(Rubrics.Small with { Tiers = [new("HOT", 30), new("COLD", 60)] });

    [Fact]
    public void A_query_needs_the_place_of_the_name() => IsRefused(Rubrics.Small with { Query = "ovens" });

    [Fact]
    public void A_signal_needs_a_weight() => IsRefused(Rubrics.Small with { Signals = [Rubrics.Small.Signals[0] with { Weight = 0 }] });

    [Fact]
    public void Signals_need_names_of_their_own() => IsRefused(Rubrics.Small with { Signals = [Rubrics.Small.Signals[0], Rubrics.Small.Signals[0]] });

    private void IsRefused(Rubric rubric) => _rules.Validate(rubric).IsValid.ShouldBeFalse();
}
