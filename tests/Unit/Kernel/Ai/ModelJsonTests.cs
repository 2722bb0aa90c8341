using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Kernel.Ai;

namespace Idp.Unit.Kernel.Ai;

public sealed class ModelJsonTests
{
    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("  \n{\"a\":1}\n ")]
    [InlineData("```json\n{\"a\":1}\n```")]
    [InlineData("Here you are:\n```\n{\"a\":1}\n```\nAnything else?")]
    [InlineData("Sure! {\"a\":1} That is all (see {braces}).")]
    [InlineData("<think>Perhaps {\"a\":2,\"b\":[3,4,5]}? No.</think>{\"a\":1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{ not this } but {\"a\":1}")]
    public void Finds_the_object_in_what_models_put_around_it(string reply) => ModelJson.Find(reply)!.Value.GetProperty("a").GetInt32().ShouldBe(1);

    [Fact]
    public void Braces_and_quotes_in_strings_do_not_end_it() =>
        ModelJson.Find("""So: {"a":"} \" {","b":{"c":"\\"}} done""")!.Value.GetProperty("b").GetProperty("c").GetString().ShouldBe("\\");

    [Fact]
    public void Of_several_the_largest_is_the_answer() =>
        ModelJson.Find("""For example {"a":0}; the answer is {"a":1,"b":[1,2,3]}.""")!.Value.GetProperty("a").GetInt32().ShouldBe(1);

    [Theory]
    [InlineData("")]
    [InlineData("no")]
    [InlineData("[1,2]")]
    [InlineData("{\"a\":")]
    public void Says_when_there_is_none(string reply) => ModelJson.Find(reply).ShouldBeNull();

    [Fact]
    public void A_million_open_braces_are_no_trouble() => ModelJson.Find(new string('{', 1_000_000)).ShouldBeNull();

    [Fact]
    public void Any_text_is_survived() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), static text =>
    {
        _ = ModelJson.Find("{" + text.Get + "}" + text.Get);
    }).QuickCheckThrowOnFailure();
}
