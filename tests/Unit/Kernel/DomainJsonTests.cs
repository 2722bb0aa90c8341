using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Idp.Application.Documents;
using Idp.Application.Extraction;
using Idp.Domain.Documents;
using Idp.Domain.Extraction;
using Idp.Domain.Kernel;

namespace Idp.Unit.Kernel;

public sealed class DomainJsonTests
{
    private static readonly Gen<double> Fractions = Gen.Choose(0, 10_000).Select(value => value / 10_000d);

    private static readonly Gen<Word> Words =
        from text in ArbMap.Default.GeneratorFor<NonNull<string>>().Where(text => IsValidText(text.Get))
        from box in Fractions.ArrayOf(4)
        from confidence in Fractions
        select new Word(text.Get, new Box(box[0], box[1], box[2], box[3]), new Confidence(confidence));

    [Fact]
    public void A_page_is_read_back_as_it_was_written() => Prop.ForAll(Words.ListOf().ToArbitrary(), words =>
    {
        var page = new Page(3, new PageSize(612, 792.5), 270, PageSource.Ocr, false, words.ToValueList(), string.Join(' ', words.Select(word => word.Text)));
        return JsonSerializer.Deserialize(JsonSerializer.Serialize(page, PageJson.Default.Page), PageJson.Default.Page) == page;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_word_is_an_array() => JsonSerializer
        .Serialize(new Word("Größe", new Box(0.1, 0.25, 1d / 3, 0), new Confidence(1)), PageJson.Default.Word)
        .ShouldBe("""["Gr\u00F6\u00DFe",0.1,0.25,0.333333,0,1]""");

    [Fact]
    public void Enums_are_printed_in_snake_case()
    {
        var json = JsonSerializer.Serialize(
            new FieldDefinition("a", FieldType.SsnLast4, false, false, ["b"], null), ExtractionJson.Default.FieldDefinition);

        json.ShouldBe("""{"name":"a","type":"ssn_last4","multiple":false,"required":false,"labels":["b"],"description":null}""");
    }

    [Theory]
    [InlineData("""{"name":"a","type":7}""")]
    [InlineData("""{"name":"a","type":"unheard_of"}""")]
    [InlineData("""{"name":"a","type":"text","labels":"b"}""")]
    [InlineData("""{"name":"a","type":"text","labels":[null]}""")]
    [InlineData("""{"name":"a","type":"text","labels":["b"}""")]
    public void What_does_not_fit_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(json, ExtractionJson.Default.FieldDefinition));

    [Fact]
    public void Confidence_is_a_plain_number_of_four_digits() => JsonSerializer
        .Serialize(new Alternative("a", new Confidence(0.123456), 2), ExtractionJson.Default.Alternative)
        .ShouldBe("""{"value":"a","confidence":0.1235,"page":2}""");

    // JSON holds Unicode text; a lone surrogate is none and is replaced on the way.
    private static bool IsValidText(string text) => !text.Any(char.IsSurrogate);
}
