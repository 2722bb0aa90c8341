using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Extraction.Fields;

public sealed class ConfidenceModelTests
{
    private static readonly ConfidenceSignals Plain = new(ValuePlace.Right, 1, 0, 1);

    [Fact]
    public void A_clear_reading_is_trusted() => ConfidenceModel.Score(Plain).Value.ShouldBeGreaterThan(0.9);

    [Fact]
    public void Everything_that_speaks_against_a_reading_lowers_it()
    {
        ConfidenceSignals[] worse =
        [
            Plain with { Label = 0.5 }, Plain with { Distance = 5 }, Plain with { Shape = 0.3 }, Plain with { EvidenceMatch = 0.8 }, Plain with { WordConfidence = 0.5 },
        ];
        worse.ShouldAllBe(signals => ConfidenceModel.Score(signals) < ConfidenceModel.Score(Plain));
    }

    [Fact]
    public void Agreement_raises_and_never_reaches_certainty()
    {
        var agreed = ConfidenceModel.Agree([new Confidence(0.8), new Confidence(0.6)]);
        agreed.Value.ShouldBeInRange(0.8, 0.999);
        agreed.ShouldBe(ConfidenceModel.Agree([new Confidence(0.6), new Confidence(0.8)]));
    }

    [Fact]
    public void A_strong_contradiction_lowers_more_than_a_weak_one() =>
        ConfidenceModel.Dispute(new Confidence(0.9), new Confidence(0.8)).ShouldBeLessThan(ConfidenceModel.Dispute(new Confidence(0.9), new Confidence(0.2)));

    [Fact]
    public void Only_a_close_and_likely_rival_makes_a_conflict()
    {
        ConfidenceModel.IsConflict(new Confidence(0.9), new Confidence(0.88)).ShouldBeTrue();
        ConfidenceModel.IsConflict(new Confidence(0.9), new Confidence(0.5)).ShouldBeFalse();
        ConfidenceModel.IsConflict(new Confidence(0.3), new Confidence(0.3)).ShouldBeFalse();
    }
}
