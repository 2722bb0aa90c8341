using Idp.Domain.Documents;
using Idp.Domain.Kernel;

namespace Idp.Unit.Documents;

public sealed class PageTurnTests
{
    private static readonly PageSize Letter = new(612, 792);

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_turn_and_the_rest_of_the_circle_leave_a_box_where_it_was(int degrees)
    {
        var box = new Box(0.1, 0.2, 0.3, 0.05);

        var back = PageTurn.Turn(PageTurn.Turn(box, degrees), 360 - degrees);

        back.OverlapRatio(box).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void The_top_left_corner_goes_to_the_right_when_turned_clockwise()
    {
        var turned = PageTurn.Turn(new Box(0, 0, 0.1, 0.2), 90);

        turned.Right.ShouldBe(1, 1e-9);
        turned.Y.ShouldBe(0, 1e-9);
        turned.Width.ShouldBe(0.2, 1e-9);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(270)]
    public void Lines_that_run_up_or_down_are_put_upright(int turn)
    {
        var upright = "These words stand upon one single line".Split(' ')
            .Select(static (word, index) => new Word(word, new Box(0.1 + (index * 0.1), 0.4, 0.09, 0.015), Confidence.Full));
        var asScanned = upright.Select(word => word with { Box = PageTurn.Turn(word.Box, 360 - turn) }).ToList();

        PageTurn.UprightTurn(asScanned, PageTurn.Turn(Letter, turn)).ShouldBe(turn);
    }

    [Fact]
    public void Upright_text_is_left_alone() =>
        PageTurn.UprightTurn([.. Enumerable.Repeat(new Word("account", new Box(0.1, 0.1, 0.1, 0.02), Confidence.Full), 5)], Letter).ShouldBe(0);
}
