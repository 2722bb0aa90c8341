namespace Idp.Infrastructure.Kernel.Providers;

/// <summary>Reads bodies up to a limit.</summary>
internal static class BoundedBody
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Reads at most so many bytes.</summary>
    /// <returns>The bytes, and whether the body ended there.</returns>
    public static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(HttpContent content, int mostBytes, CancellationToken ct)
    {
        await using var body = await content.ReadAsStreamAsync(ct);
        using var read = new MemoryStream();
        var chunk = new byte[Math.Min(ChunkBytes, mostBytes + 1)];
        while (read.Length <= mostBytes)
        {
            var count = await body.ReadAsync(chunk, ct);
            if (count == 0)
            {
                return (read.ToArray(), true);
            }

            await read.WriteAsync(chunk.AsMemory(0, count), ct);
        }

        read.SetLength(mostBytes);
        return (read.ToArray(), false);
    }
}
