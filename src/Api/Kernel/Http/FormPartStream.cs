using Idp.Application.Kernel.Streams;

namespace Idp.Api.Kernel.Http;

/// <summary>The bytes of one part of a form. What breaks here is the sender's doing, and must not be taken for a fault of the store that the bytes go to.</summary>
internal sealed class FormPartStream(Stream part) : ForwardStream
{
    /// <summary>Runs a read of the form; a form that breaks off or breaks its own rules is a bad request.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form breaks off or is not well-formed multipart/form-data.", exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await GuardAsync(() => part.ReadAsync(buffer, cancellationToken).AsTask());
}
