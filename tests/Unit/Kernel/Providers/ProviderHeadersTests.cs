using System.Globalization;
using Idp.Application.Kernel.Concurrency;
using Idp.Infrastructure.Kernel.Providers;

namespace Idp.Unit.Kernel.Providers;

public sealed class ProviderHeadersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("6m0s", 360)]
    [InlineData("2m59.56s", 179.56)]
    [InlineData("120ms", 0.12)]
    [InlineData("1h2m3s", 3723)]
    [InlineData("1d", 86400)]
    [InlineData("17", 17)]
    [InlineData("0s", 0)]
    public void Reads_durations(string text, double seconds) =>
        ProviderHeaders.Duration(text).ShouldNotBeNull().TotalSeconds.ShouldBe(seconds, 1e-6);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1s")]
    [InlineData("1w")]
    [InlineData("s")]
    [InlineData("2026-11-22T12:00:00Z")]
    public void Other_text_is_no_duration(string text) => ProviderHeaders.Duration(text).ShouldBeNull();

    [Fact]
    public void An_absurd_duration_does_not_overflow() => ProviderHeaders.Duration("99999999999999999999h").ShouldBe(TimeSpan.FromDays(7));

    [Theory]
    [InlineData("retry-after", "20", 20)]
    [InlineData("retry-after", "0.5", 0.5)]
    [InlineData("retry-after", "Sun, 22 Nov 2026 12:01:30 GMT", 90)]
    [InlineData("retry-after", "Sun, 22 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after-ms", "250", 0.25)]
    public void Reads_when_to_come_again(string name, string value, double seconds) =>
        ProviderHeaders.RetryAfter(Headers((name, value)), Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("later")]
    [InlineData("-5")]
    public void Senseless_times_are_unknown(string value) => ProviderHeaders.RetryAfter(Headers(("retry-after", value)), Now).ShouldBeNull();

    [Fact]
    public void Reads_limits() => ProviderHeaders.Limits(Headers(
            ("x-ratelimit-limit-requests", "600"), ("x-ratelimit-remaining-requests", "599"), ("x-ratelimit-reset-requests", "100ms"),
            ("x-ratelimit-limit-tokens", "30000000000"), ("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "6m0s")))
        .ShouldBe(new ProviderLimits(600, 599, TimeSpan.FromMilliseconds(100), 30_000_000_000, 0, TimeSpan.FromMinutes(6)));

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("unlimited")]
    public void Limits_that_are_not_positive_are_unknown(string limit) => ProviderHeaders.Limits(Headers(
        ("x-ratelimit-limit-requests", limit), ("x-ratelimit-remaining-requests", "-1"), ("x-ratelimit-limit-tokens", limit))).ShouldBeNull();

    [Fact]
    public void A_known_limit_is_kept_beside_an_unknown_one() => ProviderHeaders.Limits(Headers(
            ("x-ratelimit-limit-requests", "-1"), ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-limit-tokens", "1000")))
        .ShouldBe(new ProviderLimits(null, null, null, 1000, null, null));

    private static System.Net.Http.Headers.HttpResponseHeaders Headers(params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value.ToString(CultureInfo.InvariantCulture));
        }

        return response.Headers;
    }
}
