using FsCheck;
using FsCheck.Fluent;
using Idp.Domain.Kernel;
using Idp.Domain.Retrieval;

namespace Idp.Unit.Retrieval;

public sealed class DocumentSummaryTests
{
    [Fact]
    public void It_is_never_longer_than_the_text() => Prop.ForAll(
            Gen.ArrayOf(ArbMap.Default.GeneratorFor<NonNull<string>>()).ToArbitrary(),
            static texts =>
            {
                var blocks = texts.Select(text => text.Get.Trim()).Where(text => text.Length > 0).Select(text => TextBlock.Of(BlockKind.Paragraph, 0, text)).ToValueList();
                return DocumentSummary.Of([new CleanedPage(1, blocks)]).Text.Length <= new CleanedPage(1, blocks).ToMarkdown().Length;
            })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void It_is_made_of_sentences_of_the_text_and_names_their_pages()
    {
        string[] sentences =
        [
            "Harbour Trust lent 2.5 million dollars to the copper mine of Port Ellery in March.", "The weather was as it always is at that time of the year.",
            "The mine will repay the loan of Harbour Trust over ten years at six percent.", "Nobody thought anything of it when they went home that day.",
        ];
        var pages = sentences.Select((text, index) => new CleanedPage(index + 1, [TextBlock.Of(BlockKind.Paragraph, 0, text)])).ToList();

        var summary = DocumentSummary.Of(pages);

        summary.Text.ShouldBe(sentences[0]);
        summary.Pages.ShouldBe([1]);
    }

    [Fact]
    public void A_form_without_sentences_is_summed_up_by_its_first_lines() =>
        DocumentSummary.Of([new CleanedPage(1, [TextBlock.Of(BlockKind.Heading, 1, "Receipt"), TextBlock.Of(BlockKind.Paragraph, 0, "Port Ellery")])]).Text.ShouldBe("Receipt\nPort Ellery");
}
