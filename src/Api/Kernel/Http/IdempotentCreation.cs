using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Idp.Api.Kernel.Problems;
using Idp.Application.Kernel.Caching;
using Idp.Application.Kernel.Idempotency;
using Idp.Domain.Kernel;

namespace Idp.Api.Kernel.Http;

/// <summary>What a request created.</summary>
/// <param name="Body">The answer.</param>
/// <param name="Payload">The identity of what was sent.</param>
internal sealed record Created<TBody>(TBody Body, Fingerprint Payload);

/// <summary>Creates something; with an <c>Idempotency-Key</c>, once however often the request is sent.</summary>
/// <param name="create">Reads the request and creates.</param>
/// <param name="readPayload">Reads the request to its end for the identity of what was sent, and creates nothing.</param>
/// <param name="type">How the answer is kept.</param>
internal sealed class IdempotentCreation<TBody>(
    Func<CancellationToken, Task<Result<Created<TBody>>>> create, Func<CancellationToken, Task<Result<Fingerprint>>> readPayload, JsonTypeInfo<TBody> type)
    where TBody : class
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>The answer of this request, or of the first one with the same key.</summary>
    public async Task<Result<TBody>> RunAsync(HttpContext context, IIdempotencyStore keys, CancellationToken ct)
    {
        if (context.Request.Headers[KeyHeader] is not { Count: > 0 } sent)
        {
            var created = await create(ct);
            return created.IsSuccess ? created.Value.Body : created.Error;
        }

        var key = sent.ToString();
        if (key.Length is 0 or > LongestKey || !key.All(static character => character is >= ' ' and <= '~'))
        {
            return RequestProblems.BadIdempotencyKey(LongestKey);
        }

        var claim = await keys.ClaimAsync(key, ct);
        return claim.State switch
        {
            KeyState.Running => RequestProblems.IdempotentRequestRunning(),
            KeyState.Answered => await ReplayAsync(claim, ct),
            KeyState.Claimed => await CreateClaimedAsync(key, keys, ct),
        };
    }

    /// <summary>Keeps the answer of what was created; a refusal had no effect, and the key stays free for a better try.</summary>
    private async Task<Result<TBody>> CreateClaimedAsync(string key, IIdempotencyStore keys, CancellationToken ct)
    {
        var kept = false;
        try
        {
            var created = await create(ct);
            if (!created.IsSuccess)
            {
                return created.Error;
            }

            // It is there: its answer is kept even when the caller has gone.
            await keys.CompleteAsync(key, created.Value.Payload, JsonSerializer.Serialize(created.Value.Body, type), CancellationToken.None);
            kept = true;
            return created.Value.Body;
        }
        finally
        {
            if (!kept)
            {
                await keys.ReleaseAsync(key, CancellationToken.None);
            }
        }
    }

    private async Task<Result<TBody>> ReplayAsync(KeyClaim claim, CancellationToken ct)
    {
        var payload = await readPayload(ct);
        if (!payload.IsSuccess)
        {
            return payload.Error;
        }

        return claim.Payload == payload.Value && JsonSerializer.Deserialize(claim.Answer ?? "null", type) is { } body
            ? body
            : RequestProblems.IdempotencyKeyReused();
    }
}
