using Idp.Application.Kernel.Ai;

namespace Idp.Unit.Kernel.Ai;

public sealed class ModelJsonTests
{
    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("```json\n{\"a\":1}\n```")]
    [InlineData("Here you are: {\"a\":1} I hope this helps {really}.")]
    [InlineData("""{"a":1,}""")]
    public void An_object_is_found_in_what_stands_around_it(string text)
    {
        var json = ModelJson.Find(text).ShouldNotBeNull();

        json.GetProperty("a").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void Braces_and_quotes_within_text_do_not_end_the_object()
    {
        var json = ModelJson.Find("""x {"a":"}\"{"} y""").ShouldNotBeNull();

        json.GetProperty("a").GetString().ShouldBe("}\"{");
    }

    [Fact]
    public void Words_in_braces_before_the_object_are_passed_over()
    {
        var json = ModelJson.Find("""I {think} it is {"a":1}""").ShouldNotBeNull();

        json.GetProperty("a").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"fields":[{"name":"x"},{"na""")]
    public void A_cut_off_or_missing_object_is_not_found(string text) => ModelJson.Find(text).ShouldBeNull();
}
