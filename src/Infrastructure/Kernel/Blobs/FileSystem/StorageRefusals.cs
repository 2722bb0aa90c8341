namespace Idp.Infrastructure.Kernel.Blobs.FileSystem;

/// <summary>Turns what the file system says into one exception whose message an operator can act on.</summary>
/// <param name="root">The folder.</param>
/// <param name="setting">The setting that names it.</param>
internal sealed class StorageRefusals(string root, string setting = "STORAGE__ROOT")
{
    // errno values of Linux, which .NET hands through as an exception's HResult.
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <summary>Runs an operation on the store's own files.</summary>
    /// <exception cref="IOException">It was refused; the message names the mend.</exception>
    public void Explained(Action operation) => Explained(() =>
    {
        operation();
        return true;
    });

    /// <summary>Runs an operation on the store's own files.</summary>
    /// <exception cref="IOException">It was refused; the message names the mend.</exception>
    public T Explained<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain(exception);
        }
    }

    /// <summary>Awaits an operation on the store's own files.</summary>
    /// <exception cref="IOException">It was refused; the message names the mend.</exception>
    public async ValueTask ExplainedAsync(ValueTask operation)
    {
        try
        {
            await operation;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain(exception);
        }
    }

    private IOException Explain(Exception exception) => new(
        exception switch
        {
            IOException { HResult: NoSpaceLeft or QuotaExceeded } =>
                $"The disk under the storage folder '{root}' is full. Free some space, or set {setting} to a folder on another disk.",
            UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } =>
                $"The storage folder '{root}' cannot be written. Give this user the right to write it, or set {setting} to another folder.",
            _ => $"The storage folder '{root}' cannot take files: {exception.Message} Mend that, or set {setting} to another folder.",
        },
        exception);
}
