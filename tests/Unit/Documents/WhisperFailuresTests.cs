using System.Text;
using Idp.Domain.Documents;
using Idp.Infrastructure.Documents.LlmWhisperer;

namespace Idp.Unit.Documents;

public sealed class WhisperFailuresTests
{
    [Theory]
    [InlineData(401, "recognition.unauthorised", false)]
    [InlineData(402, "recognition.quota-exhausted", false)]
    [InlineData(403, "recognition.unauthorised", false)]
    [InlineData(400, "recognition.bad-request", false)]
    [InlineData(413, "recognition.file-too-large", false)]
    [InlineData(429, "recognition.rate-limited", true)]
    [InlineData(500, "recognition.unavailable", true)]
    [InlineData(503, "recognition.unavailable", true)]
    [InlineData(504, "recognition.no-answer", true)]
    public void Refused_submissions_are_told_apart_by_status(int status, string code, bool isTransient)
    {
        var error = WhisperFailures.OfSubmission(status, TimeSpan.FromSeconds(3));

        (error.Code, error.IsTransient).ShouldBe((code, isTransient));
    }

    [Theory]
    [InlineData("""{"message":"Whisper not ready : processing"}""", "recognition.not-ready")]
    [InlineData("\"Whisper not ready : processing\"", "recognition.not-ready")]
    [InlineData("""{"message":"Whisper already delivered"}""", "recognition.already-delivered")]
    [InlineData("<html>Whisper already delivered</html>", "recognition.already-delivered")]
    [InlineData("""{"message":"Whisper job not found for hash"}""", "recognition.unknown-order")]
    [InlineData("""{"message":7}""", "recognition.bad-request")]
    [InlineData("[]", "recognition.bad-request")]
    [InlineData("", "recognition.bad-request")]
    public void What_a_400_means_is_read_from_every_form_of_error(string body, string code) =>
        WhisperFailures.OfQuestion(400, Encoding.UTF8.GetBytes(body), null).Code.ShouldBe(code);

    [Theory]
    [InlineData("accepted", false, false)]
    [InlineData("processing", false, false)]
    [InlineData("unknown", false, false)]
    [InlineData("Processed", true, false)]
    [InlineData("retrieved", false, true)]
    [InlineData("delivered", false, true)]
    public void Every_known_status_has_a_meaning(string status, bool isProcessed, bool isDelivered)
    {
        var state = WhisperTransport.StateOf(status);

        (state is WhisperState.Processed, state is WhisperState.Delivered).ShouldBe((isProcessed, isDelivered));
    }

    [Theory]
    [InlineData("error")]
    [InlineData("ocr_error_internal")]
    [InlineData("failed")]
    public void A_status_that_speaks_of_an_error_is_a_failure(string status) => WhisperTransport.StateOf(status).ShouldBe(WhisperState.Failed);

    [Fact]
    public void Page_numbers_are_told_as_ranges() => WhisperTextFormat.RangesOf([9, 1, 2, 3, 5, 8]).ShouldBe("1-3,5,8-9");

    [Theory]
    [InlineData("""{"1":{"base_y":155,"height":51,"page_height":3168}}""", 104 / 3168.0)]
    [InlineData("""{"1":{"base_y":0,"height":0,"page":0,"page_height":0}}""", 0.05)]
    [InlineData("""{"1":null}""", 0.05)]
    [InlineData("not JSON", 0.05)]
    public void A_line_stands_where_the_service_says_or_else_where_the_grid_has_it(string lines, double top)
    {
        var ordered = new Page(1, new PageSize(612, 792), 0, PageSource.TextLayer, false, [], string.Empty);

        var pages = WhisperTextFormat.PagesOf(new WhisperDelivery("""{"result_text":"0x0001: Total\n<<<page>>>\n"}""", true, lines), [ordered]);

        pages.ShouldNotBeNull().Single().Words.Single().Box.Y.ShouldBe(top, 1e-9);
    }
}
