using System.Text;
using Idp.Application.Kernel.Ai;
using Idp.Domain.Kernel;
using Idp.Infrastructure.Kernel.Ai.OpenAi;

namespace Idp.Unit.Kernel.Ai;

public sealed class ProviderFailuresTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(9);

    [Theory]
    [InlineData(408, "")]
    [InlineData(409, "")]
    [InlineData(425, "")]
    [InlineData(500, """{"error":{"message":"The server had an error","type":"server_error"}}""")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, "")]
    [InlineData(529, "")]
    public void Some_may_do_later_and_are_not_paid(int status, string body)
    {
        var error = Classify(status, body);

        (error.Kind, error.RetryAfter).ShouldBe((ErrorKind.Unavailable, Wait));
        ModelErrors.MayBePaid(error).ShouldBeFalse();
    }

    [Fact]
    public void What_got_lost_behind_a_gateway_may_be_paid() => ModelErrors.MayBePaid(Classify(504, string.Empty)).ShouldBeTrue();

    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached for requests","type":"requests","code":"rate_limit_exceeded"}}""")]
    [InlineData("""{"message":"Too many tokens, please wait before trying again."}""")]
    [InlineData("")]
    public void Too_fast_is_a_rate_limit(string body) => Classify(429, body).ShouldBe(ModelErrors.RateLimited(Wait));

    [Theory]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota, please check your plan","type":"insufficient_quota","code":"insufficient_quota"}}""")]
    [InlineData(402, """{"error":{"message":"Insufficient Balance"}}""")]
    public void An_empty_account_is_not_tried_again(int status, string body) => Classify(status, body).ShouldBe(ModelErrors.QuotaExhausted());

    [Theory]
    [InlineData(429, """{"error":{"message":"Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 44821.","type":"tokens","code":"rate_limit_exceeded"}}""")]
    [InlineData(413, "")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""")]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4000 in the messages, 1000 in the completion).","type":"BadRequestError","param":null,"code":400}""")]
    [InlineData(400, """{"error":{"code":400,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"exceed_context_size_error"}}""")]
    [InlineData(500, """{"error":{"code":500,"message":"the request exceeds the available context size","type":"server_error"}}""")]
    [InlineData(400, """{"error":"input length exceeds maximum context length"}""")]
    [InlineData(422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens","error_type":"validation"}""")]
    [InlineData(400, """{"error":{"message":"'max_tokens' or 'max_completion_tokens' is too large: 8000. This model's maximum context length is 4096 tokens and your request has 3000 input tokens (8000 > 4096 - 3000).","param":"max_tokens"}}""")]
    public void Too_large_is_told_from_too_fast(int status, string body) => Classify(status, body).ShouldBe(ModelErrors.InputTooLarge());

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public void A_key_that_is_not_taken_stops(int status) => Classify(status, """{"error":{"message":"Incorrect API key provided"}}""").ShouldBe(ModelErrors.Unauthorised());

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(307)]
    public void Anything_else_is_reported(int status) =>
        Classify(status, """{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}""").ShouldBe(ModelErrors.BadRequest(status));

    [Theory]
    [InlineData("""{"error":{"message":"max_tokens is too large: 20000. This model supports at most 16384 completion tokens, whereas you provided 20000.","param":"max_tokens"}}""", 16384)]
    [InlineData("""{"error":{"message":"Invalid max_tokens value, the valid range of max_tokens is [1, 8192]"}}""", 8192)]
    [InlineData("""{"error":{"message":"`max_tokens` must be less than or equal to `4096`"}}""", 4096)]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}""", null)]
    public void Reads_the_longest_reply_from_a_refusal(string body, int? most) => ProviderFailures.AllowedOutput(Read(body)).ShouldBe(most);

    [Fact]
    public void What_was_sent_is_not_read_from_a_list_of_faults() =>
        Read("""{"detail":[{"loc":["body","response_format","type"],"msg":"Input should be 'text'","input":"temperature max_tokens"}]}""")
            .ShouldBe(new ProviderError("response_format.type: Input should be 'text'", string.Empty, string.Empty, "response_format.type"));

    [Fact]
    public void Words_that_may_quote_the_request_are_not_shown() => ProviderError.Shown("the secret of page 3").ShouldBe("…");

    private static Error Classify(int status, string body) => ProviderFailures.Classify(status, Read(body), Wait);

    private static ProviderError Read(string body) => ProviderError.Read(Encoding.UTF8.GetBytes(body));
}
