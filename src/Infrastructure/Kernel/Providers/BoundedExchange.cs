using System.Globalization;

namespace Idp.Infrastructure.Kernel.Providers;

/// <summary>A request to a provider that no answer came to.</summary>
/// <param name="MayHaveArrived">True when the provider may have taken it, done the work, and be paid for it.</param>
/// <param name="Why">The reason, in words that follow a colon.</param>
/// <param name="IsTimedOut">True when it was cut off for its time.</param>
internal sealed record LostRequest(bool MayHaveArrived, string Why, bool IsTimedOut = false);

/// <summary>Has one request answered within its time, and tells apart how it can be lost.</summary>
/// <param name="seconds">The longest time for an answer.</param>
/// <param name="setting">The setting that says so, for whoever wants it longer.</param>
/// <param name="clock">Measures it.</param>
internal sealed class BoundedExchange(int seconds, string setting, TimeProvider clock)
{
    /// <summary>Sends and reads.</summary>
    /// <param name="exchange">Does both, until it is cut off.</param>
    /// <param name="lost">What a lost request is to the caller.</param>
    /// <param name="ct">Cuts it off from outside, which is passed on as it is.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> exchange, Func<LostRequest, T> lost, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await exchange(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return lost(deadline.IsCancellationRequested
                ? new LostRequest(true, string.Create(CultureInfo.InvariantCulture, $"nothing came within {seconds} s ({setting})"), IsTimedOut: true)
                : new LostRequest(false, "no connection could be made in time"));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return lost(new LostRequest(false, $"no connection ({exception.HttpRequestError})"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return lost(new LostRequest(true, "the connection broke off"));
        }
    }
}
