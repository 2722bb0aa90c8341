using System.Net;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class RateLimitTests : SimulatorTest
{
    [Fact]
    public async Task Requests_above_the_limit_wait_until_the_bucket_has_refilled()
    {
        await StartAsync(new() { RateLimit = new() { RequestsPerMinute = 2 } });
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.OK);

        var refused = await SendAsync(Chat());

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Error.ShouldBe("rate_limit_exceeded");
        refused.Headers["Retry-After"].ShouldBe("30");
        Clock.Advance(TimeSpan.FromSeconds(30));
        (await SendAsync(Chat())).Status.ShouldBe(HttpStatusCode.OK);
        Provider.Bill.Rejected.ShouldBe(1);
    }

    [Fact]
    public async Task Successes_and_refusals_say_limit_rest_and_time_until_full()
    {
        await StartAsync(new() { RateLimit = new() { RequestsPerMinute = 40, TokensPerMinute = 60_000 } });

        var reply = await SendAsync(Chat());

        var tokens = (int)reply.Json["usage"]!["total_tokens"]!;
        reply.Headers["x-ratelimit-limit-requests"].ShouldBe("40");
        reply.Headers["x-ratelimit-remaining-requests"].ShouldBe("39");
        reply.Headers["x-ratelimit-reset-requests"].ShouldBe("1.5s");
        reply.Headers["x-ratelimit-remaining-tokens"].ShouldBe($"{60_000 - tokens}");
        reply.Headers["x-ratelimit-reset-tokens"].ShouldBe($"{tokens}ms");
    }

    [Fact]
    public async Task Tokens_of_the_answer_count_too()
    {
        await StartAsync();
        var usage = (await SendAsync(Chat())).Json["usage"]!;
        Provider.Change(options => options with { RateLimit = new() { TokensPerMinute = (2 * (int)usage["prompt_tokens"]!) + 1 } });
        await SendAsync(Chat());

        var refused = await SendAsync(Chat());

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string)refused.Json["error"]!["message"]!).ShouldContain("tokens per min (TPM)");
    }

    [Fact]
    public async Task A_request_larger_than_the_bucket_is_told_to_shrink_not_to_wait()
    {
        await StartAsync(new() { RateLimit = new() { TokensPerMinute = 5 } });

        var refused = await SendAsync(Chat());

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string)refused.Json["error"]!["message"]!).ShouldStartWith("Request too large");
        refused.Headers.Keys.ShouldNotContain("Retry-After");
    }

    [Theory]
    [InlineData(RateLimitHeaderMode.Absent, null)]
    [InlineData(RateLimitHeaderMode.Meaningless, "-1")]
    public async Task Headers_can_be_left_out_or_mean_nothing(RateLimitHeaderMode mode, string? limit)
    {
        await StartAsync(new() { RateLimit = new() { RequestsPerMinute = 40, Headers = mode } });

        (await SendAsync(Chat())).Headers.GetValueOrDefault("x-ratelimit-limit-requests").ShouldBe(limit);
    }
}
