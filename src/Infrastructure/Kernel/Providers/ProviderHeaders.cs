using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using Idp.Application.Kernel.Concurrency;

namespace Idp.Infrastructure.Kernel.Providers;

/// <summary>Reads what providers say of limits and waiting in the headers of their answers.</summary>
internal static class ProviderHeaders
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Longer than anyone would wait; keeps nonsense from overflowing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary><c>Retry-After</c> in seconds or as a date, or its millisecond form; null when absent or senseless.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (Number(headers, "retry-after-ms") is { } milliseconds && milliseconds >= 0)
        {
            return FromSeconds(milliseconds / 1000);
        }

        if (First(headers, "retry-after") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at <= now ? TimeSpan.Zero : FromSeconds((at - now).TotalSeconds)
            : null;
    }

    /// <summary>The <c>x-ratelimit-*</c> headers; null when there are none. A limit that is not positive is unknown, and so is what remains of it.</summary>
    public static ProviderLimits? Limits(HttpResponseHeaders headers)
    {
        var requestLimit = Limit(headers, "requests");
        var tokenLimit = Limit(headers, "tokens");
        return requestLimit is null && tokenLimit is null
            ? null
            : new ProviderLimits(
                (int?)Within(requestLimit, int.MaxValue), requestLimit is null ? null : (int?)Within(Remaining(headers, "requests"), int.MaxValue),
                requestLimit is null ? null : Reset(headers, "requests"),
                tokenLimit, tokenLimit is null ? null : Remaining(headers, "tokens"), tokenLimit is null ? null : Reset(headers, "tokens"));
    }

    /// <summary>Reads <c>1s</c>, <c>6m0s</c>, <c>2m59.56s</c>, <c>120ms</c>, or bare seconds; null for anything else.</summary>
    public static TimeSpan? Duration(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return null;
        }

        double seconds = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(NumberCharacters);
            var number = digits < 0 ? text : text[..digits];
            text = text[number.Length..];
            var letters = text.IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? text : text[..letters];
            text = text[unit.Length..];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || SecondsIn(unit) is not { } factor)
            {
                return null;
            }

            seconds += value * factor;
        }

        return FromSeconds(seconds);
    }

    private static double? SecondsIn(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        "ns" => 1e-9,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => null,
    };

    private static TimeSpan FromSeconds(double seconds) => seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);

    private static long? Limit(HttpResponseHeaders headers, string what) => Whole(headers, $"x-ratelimit-limit-{what}") is > 0 and var limit ? limit : null;

    private static long? Remaining(HttpResponseHeaders headers, string what) => Whole(headers, $"x-ratelimit-remaining-{what}") is >= 0 and var left ? left : null;

    private static TimeSpan? Reset(HttpResponseHeaders headers, string what) => Duration(First(headers, $"x-ratelimit-reset-{what}"));

    private static long? Within(long? value, long most) => value is { } known ? Math.Min(known, most) : null;

    private static long? Whole(HttpResponseHeaders headers, string name) => Number(headers, name) is { } number && Math.Abs(number) < 1e15 ? (long)number : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(First(headers, name), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? First(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First().Trim() : null;
}
