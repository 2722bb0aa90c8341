using System.Text.Json;
using Idp.Api.CommandLine.Evaluation;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Evaluation;

public sealed class FigureTests
{
    [Fact]
    public void Ranking_is_the_share_of_pairs_in_the_right_order() =>
        ConfidenceScoring.Ranking([(0.9, true), (0.5, true), (0.5, false), (0.1, false)]).ShouldBe(0.875);

    [Fact]
    public void Ranking_is_unknown_without_both_kinds() => ConfidenceScoring.Ranking([(0.9, true), (0.5, true)]).ShouldBeNull();

    [Fact]
    public void Calibration_compares_confidence_with_the_share_that_is_right() =>
        ConfidenceScoring.CalibrationError([(0.75, true), (0.75, true), (0.75, true), (0.75, false), (1, true)])!.Value.ShouldBe(0, 1e-9);

    [Fact]
    public void Calibration_error_is_the_gap_when_everything_is_wrong() => ConfidenceScoring.CalibrationError([(0.9, false), (0.92, false)])!.Value.ShouldBe(0.91, 1e-9);

    [Fact]
    public void Boundaries_that_agree_are_counted_without_unscored_pages()
    {
        using var truth = JsonDocument.Parse("""
            {"pages":[{"page":1,"account":null,"scored":false},{"page":2,"account":"11","scored":true},{"page":3,"account":"22","scored":true},
            {"page":4,"account":null,"scored":false},{"page":5,"account":"33","scored":true}]}
            """);
        var map = new PageMap([Account(0, "1-1", [2]), Account(1, "22", [3, 4, 5])], [1]);

        BoundaryScoring.Score(truth, map).ShouldBe(new Tally(2, 1, 1));
    }

    [Fact]
    public void Zones_hold_the_words_in_their_middle()
    {
        using var truth = JsonDocument.Parse("""{"width":200,"height":100,"zones":[{"box":[0,0,100,100]}]}""");
        var zones = TranscribedZones.Of(truth);

        zones.Hold(At(0.45)).ShouldBeTrue();
        zones.Hold(At(0.55)).ShouldBeFalse();
    }

    private static Word At(double x) => new("a", new Box(x - 0.01, 0.5, 0.02, 0.02), Confidence.Full);

    private static AccountPages Account(int index, string number, ValueList<int> pages) => new(index, number, pages, [], Confidence.Full, []);
}
