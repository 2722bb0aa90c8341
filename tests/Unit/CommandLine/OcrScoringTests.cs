using FsCheck;
using FsCheck.Fluent;
using Idp.Api.CommandLine.Evaluation;

namespace Idp.Unit.CommandLine;

public sealed class OcrScoringTests
{
    [Fact]
    public void Equal_texts_have_no_errors()
    {
        OcrScoring.Aligned(["a", "b"], ["a", "b"]).Errors.ShouldBe(0);
        OcrScoring.BagOfWords(["a", "b"], ["a", "b"]).Errors.ShouldBe(0);
    }

    [Fact]
    public void Order_counts_only_when_aligned()
    {
        OcrScoring.BagOfWords(["b", "a"], ["a", "b"]).Errors.ShouldBe(0);
        OcrScoring.Aligned(["b", "a"], ["a", "b"]).Errors.ShouldBe(2);
    }

    [Fact]
    public void A_wrong_word_is_one_error()
    {
        OcrScoring.BagOfWords(["total", "1O"], ["total", "10"]).Rate.ShouldBe(0.5);
        OcrScoring.Aligned(["total", "1O"], ["total", "10"]).Rate.ShouldBe(0.5);
    }

    [Fact]
    public void A_word_recognised_twice_is_one_word_too_many() =>
        OcrScoring.BagOfWords(["a", "a"], ["a"]).Errors.ShouldBe(1);

    [Fact]
    public void Words_out_of_nothing_are_errors_although_nothing_was_transcribed() =>
        OcrScoring.BagOfWords(["ghost"], []).Rate.ShouldBe(1);

    [Fact]
    public void Errors_add_up_over_pages_by_length() =>
        (new WordErrors(1, 1) + new WordErrors(0, 3)).Rate.ShouldBe(0.25);

    [Fact]
    public void Order_never_makes_it_better() => Prop.ForAll(
        ArbMap.Default.ArbFor<List<char>>(), ArbMap.Default.ArbFor<List<char>>(), static (recognized, transcribed) =>
        {
            var (left, right) = (recognized.ConvertAll(static letter => letter.ToString()), transcribed.ConvertAll(static letter => letter.ToString()));
            OcrScoring.Aligned(left, right).Errors.ShouldBeGreaterThanOrEqualTo(OcrScoring.BagOfWords(left, right).Errors);
        }).QuickCheckThrowOnFailure();
}
