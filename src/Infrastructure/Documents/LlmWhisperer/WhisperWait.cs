using Idp.Application.Documents;
using Idp.Domain.Kernel;

namespace Idp.Infrastructure.Documents.LlmWhisperer;

/// <summary>
/// Waits for orders, as tasks and timers that hold no thread. Pauses grow with the time that an order has taken, so that short documents are noticed at once and long ones are not asked
/// about all the time; they are spread, so that many documents do not ask in step.
/// </summary>
internal sealed class WhisperWait(WhisperTransport transport, LlmWhispererOptions options, TimeProvider clock, Random random)
{
    /// <summary>A service that was just told of an order may not know it everywhere at once; this often it may say so.</summary>
    private const int MostDenials = 3;

    /// <summary>Pauses vary by this share to both sides.</summary>
    private const double Spread = 0.2;

    private readonly Lock _randomLock = new();

    /// <summary>A pause is this share of the time so far.</summary>
    public double Growth { get; init; } = 0.15;

    /// <summary>The shortest pause.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until an order's text can be fetched.</summary>
    /// <param name="hash">The order.</param>
    /// <param name="since">Timestamp from which its time counts.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>Success, or why there will be no text: the order is lost, or nothing can be asked; transient where waiting may go on later.</returns>
    public async Task<Result<Done>> UntilProcessedAsync(string hash, long since, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        var denials = 0;
        while (true)
        {
            var state = await transport.StatusAsync(hash, ct);
            switch (state)
            {
                case { IsSuccess: true, Value: WhisperState.Processed }:
                    return Done.Value;
                case { IsSuccess: true, Value: WhisperState.Delivered }:
                    return RecognitionErrors.AlreadyDelivered();
                case { IsSuccess: true, Value: WhisperState.Failed }:
                    return RecognitionErrors.Failed();
                case { IsSuccess: true, Value: WhisperState.Working } or { Error.IsTransient: true }:
                    break;
                case { Error: { } error } when !MayBeDenial(error) || ++denials == MostDenials:
                    return MayBeDenial(error) ? RecognitionErrors.UnknownOrder() : error;
            }

            var pause = PauseAfter(clock.GetElapsedTime(since), state.Error?.RetryAfter);
            if (clock.GetElapsedTime(begun) + pause > TimeSpan.FromSeconds(options.DeadlineSeconds))
            {
                return RecognitionErrors.TooSlow(options.DeadlineSeconds);
            }

            await Task.Delay(pause, clock, ct);
        }
    }

    /// <summary>Waits before the first look.</summary>
    public Task BeforeFirstLookAsync(CancellationToken ct) => Task.Delay(PauseAfter(TimeSpan.Zero, null), clock, ct);

    /// <summary>A refusal of unknown meaning counts as a denial too: errors may come without any words.</summary>
    private static bool MayBeDenial(Error error) => error.Code == RecognitionErrors.UnknownOrder().Code || error.Code == RecognitionErrors.BadRequest(400).Code;

    private TimeSpan PauseAfter(TimeSpan elapsed, TimeSpan? asked)
    {
        var longest = TimeSpan.FromSeconds(options.LongestPollSeconds);
        var grown = elapsed * Growth;
        var pause = grown < Shortest ? Shortest : grown > longest ? longest : grown;
        var spread = pause * (1 + (Spread * ((2 * NextRandom()) - 1)));
        return asked > spread ? asked.Value : spread;
    }

    private double NextRandom()
    {
        lock (_randomLock)
        {
            return random.NextDouble();
        }
    }
}
