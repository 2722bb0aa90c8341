using System.Runtime.CompilerServices;
using Idp.Application.Batches.Ports;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Batches;
using Idp.Domain.Kernel;

namespace Idp.Application.Batches;

/// <summary>What became of one file: it is in the store, or there is a reason why not.</summary>
/// <param name="FileName">Its name; for a file of an archive, the archive's name and the path in it.</param>
/// <param name="Received">The file; null when it was refused.</param>
/// <param name="Problem">Why it was refused; null when it was not.</param>
internal sealed record ReceivedBatchFile(string FileName, ReceivedFile? Received, Error? Problem);

/// <summary>Streams the files of an upload into the store, one after the other, and opens archives on the way.</summary>
internal sealed class BatchReception(IDocumentIntake intake, IArchiveReader archives, BatchOptions options)
{
    /// <summary>An archive, and archives in it.</summary>
    private const int DeepestArchive = 2;

    private const int LongestName = 1024;

    /// <summary>The verdicts, in the order of the upload. Who calls this answers for the files that were received.</summary>
    public async IAsyncEnumerable<ReceivedBatchFile> ReceiveAsync(IAsyncEnumerable<IncomingFile> files, [EnumeratorCancellation] CancellationToken ct)
    {
        var count = 0;
        await foreach (var file in files.WithCancellation(ct))
        {
            await foreach (var received in ReceiveAsync(file.FileName, file.Content, archivesAround: 0, () => ++count <= options.MaxFiles, ct))
            {
                yield return received;
            }
        }
    }

    private async IAsyncEnumerable<ReceivedBatchFile> ReceiveAsync(
        string name, Stream content, int archivesAround, Func<bool> mayTakeOneMore, [EnumeratorCancellation] CancellationToken ct)
    {
        var peeked = new PeekedStream(content);
        var (isArchive, damage) = await LooksLikeArchiveAsync(peeked, ct);
        if (!isArchive)
        {
            var mayTake = mayTakeOneMore();
            yield return damage is not null ? Refused(name, damage)
                : name.Length > LongestName ? Refused(name[..LongestName], NameTooLong())
                : !mayTake ? Refused(name, BatchErrors.TooManyFiles(options.MaxFiles))
                : await StoreAsync(name, peeked, ct);
            yield break;
        }

        if (archivesAround == DeepestArchive)
        {
            yield return Refused(name, BatchErrors.ArchiveTooDeep(DeepestArchive));
            yield break;
        }

        await foreach (var received in OpenAsync(name, peeked, archivesAround + 1, mayTakeOneMore, ct))
        {
            yield return received;
        }
    }

    private async IAsyncEnumerable<ReceivedBatchFile> OpenAsync(
        string name, Stream content, int archivesAround, Func<bool> mayTakeOneMore, [EnumeratorCancellation] CancellationToken ct)
    {
        var isEmpty = true;
        await using var entries = archives.ReadAsync(content, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            Error? broken = null;
            var hasNext = false;
            try
            {
                hasNext = await entries.MoveNextAsync();
            }
            catch (ArchiveException exception)
            {
                broken = exception.Error;
            }

            if (broken is not null || !hasNext)
            {
                if (broken is not null || isEmpty)
                {
                    yield return Refused(name, broken ?? BatchErrors.EmptyArchive());
                }

                yield break;
            }

            isEmpty = false;
            await foreach (var received in ReceiveAsync($"{name}/{entries.Current.Path}", entries.Current.Content, archivesAround, mayTakeOneMore, ct))
            {
                yield return received;
            }
        }
    }

    private async Task<(bool IsArchive, Error? Damage)> LooksLikeArchiveAsync(PeekedStream content, CancellationToken ct)
    {
        try
        {
            return (archives.IsArchive((await content.PeekAsync(archives.HeadLength, ct)).Span), null);
        }
        catch (ArchiveException exception)
        {
            return (false, exception.Error);
        }
    }

    private async Task<ReceivedBatchFile> StoreAsync(string name, Stream content, CancellationToken ct)
    {
        try
        {
            var received = await intake.ReceiveAsync(content, name[(name.LastIndexOf('/') + 1)..], ct);
            return received.IsSuccess ? new ReceivedBatchFile(name, received.Value, null) : Refused(name, received.Error);
        }
        catch (ArchiveException exception)
        {
            return Refused(name, exception.Error);
        }
    }

    private static Error NameTooLong() => new(ErrorKind.Invalid, "request.invalid", $"The file's name is longer than {LongestName} characters.");

    private static ReceivedBatchFile Refused(string name, Error problem) => new(name, null, problem);
}
