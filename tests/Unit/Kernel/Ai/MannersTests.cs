using System.Text;
using Idp.Infrastructure.Kernel.Ai.OpenAi;

namespace Idp.Unit.Kernel.Ai;

public sealed class MannersTests
{
    private static readonly Manners Unknown = Manners.ToBeginWith(OpenAiAddress.Parse("http://127.0.0.1:8080/v1"));

    [Theory]
    [InlineData("https://api.openai.com/v1", false)]
    [InlineData("https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21", false)]
    [InlineData("http://127.0.0.1:8080/v1", true)]
    [InlineData("https://notopenai.com/v1", true)]
    public void Unknown_servers_are_told_the_longest_reply_by_both_names(string address, bool both)
    {
        var manners = Manners.ToBeginWith(OpenAiAddress.Parse(address));

        (manners.HasMaxCompletionTokens, manners.HasMaxTokens).ShouldBe((true, both));
    }

    [Theory]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}""")]
    [InlineData("""{"error":{"message":"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."}}""")]
    public void The_old_name_is_dropped_where_it_is_refused(string body) => Learn(body).ShouldBe(Unknown with { HasMaxTokens = false });

    [Theory]
    [InlineData("""{"message":"Unrecognized request argument supplied: max_completion_tokens"}""")]
    [InlineData("""{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],"msg":"Extra inputs are not permitted","input":100}]}""")]
    public void The_new_name_is_dropped_where_it_is_refused(string body) => Learn(body).ShouldBe(Unknown with { HasMaxCompletionTokens = false });

    [Theory]
    [InlineData("""{"error":{"message":"Unsupported value: 'temperature' does not support 0 with this model.","param":"temperature","code":"unsupported_value"}}""")]
    public void The_temperature_is_dropped_where_it_is_refused(string body) => Learn(body).ShouldBe(Unknown with { HasTemperature = false });

    [Theory]
    [InlineData("""{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","param":null}}""")]
    [InlineData("""{"error":{"message":"'response_format.type' must be 'json_object' or 'text'"}}""")]
    [InlineData("""{"error":{"message":"bad","param":"response_format"}}""")]
    [InlineData("""{"error":{"code":400,"message":"failed to parse grammar","type":"invalid_request_error"}}""")]
    public void A_form_that_is_refused_gives_way_to_the_next(string body) => Learn(body).ShouldBe(Unknown with { Format = ReplyFormat.Object });

    [Fact]
    public void After_text_there_is_no_lesser_form() =>
        (Unknown with { Format = ReplyFormat.Text }).LearnFrom(Read("""{"error":{"message":"bad","param":"response_format"}}"""), 1000).ShouldBeNull();

    [Fact]
    public void A_longest_reply_is_learned_when_it_is_shorter() =>
        Unknown.LearnFrom(Read("""{"error":{"message":"max_tokens is too large: 8000. This model supports at most 4096 completion tokens"}}"""), 8000)
            .ShouldBe(Unknown with { LongestReply = 4096 });

    [Theory]
    [InlineData("""{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}""")]
    [InlineData("""{"error":{"message":"Invalid 'model' (temperature is fine)","param":"model"}}""")]
    [InlineData("")]
    public void Other_refusals_teach_nothing(string body) => Learn(body).ShouldBeNull();

    private static Manners? Learn(string body) => Unknown.LearnFrom(Read(body), 1000);

    private static ProviderError Read(string body) => ProviderError.Read(Encoding.UTF8.GetBytes(body));
}
