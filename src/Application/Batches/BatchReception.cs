using System.Runtime.CompilerServices;
using Idp.Application.Batches.Ports;
using Idp.Application.Documents.Contracts;
using Idp.Domain.Batches;
using Idp.Domain.Documents;
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
        var places = new Places(options.MaxFiles);
        await foreach (var file in files.WithCancellation(ct))
        {
            await foreach (var received in ReceiveAsync(file.FileName, file.Content, archivesAround: 0, places, ct))
            {
                yield return received;
            }
        }
    }

    private async IAsyncEnumerable<ReceivedBatchFile> ReceiveAsync(
        string name, Stream content, int archivesAround, Places places, [EnumeratorCancellation] CancellationToken ct)
    {
        if (name.Length > LongestName)
        {
            yield return Refused(name[..LongestName], NameTooLong());
            yield break;
        }

        if (places.AreTaken)
        {
            yield return Refused(name, BatchErrors.TooManyFiles(options.MaxFiles));
            yield break;
        }

        var peeked = new PeekedStream(content);
        var (isArchive, damage) = await LooksLikeArchiveAsync(peeked, ct);
        if (!isArchive)
        {
            places.TakeOne();
            yield return damage is null ? await StoreAsync(name, peeked, ct) : Refused(name, damage);
            yield break;
        }

        if (archivesAround == DeepestArchive)
        {
            places.TakeOne();
            yield return Refused(name, BatchErrors.ArchiveTooDeep(DeepestArchive));
            yield break;
        }

        await foreach (var received in OpenAsync(name, peeked, archivesAround + 1, places, ct))
        {
            yield return received;
        }
    }

    private async IAsyncEnumerable<ReceivedBatchFile> OpenAsync(
        string name, Stream content, int archivesAround, Places places, [EnumeratorCancellation] CancellationToken ct)
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
                    places.TakeOne();
                    yield return Refused(name, broken ?? BatchErrors.EmptyArchive());
                }

                yield break;
            }

            isEmpty = false;
            await foreach (var received in ReceiveAsync($"{name}/{entries.Current.Path}", entries.Current.Content, archivesAround, places, ct))
            {
                yield return received;
            }
        }
    }

    private async Task<(bool IsArchive, Error? Damage)> LooksLikeArchiveAsync(PeekedStream content, CancellationToken ct)
    {
        try
        {
            // Office files are archives too.
            var head = await content.PeekAsync(Math.Max(archives.HeadLength, FileTypeDetector.HeadLength), ct);
            return (archives.IsArchive(head.Span) && FileTypeDetector.Detect(head.Span) is null, null);
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

    /// <summary>How many files the batch still takes. Refused ones take a place too, and so do archives with nothing in them, so that what is opened for one upload is bounded.</summary>
    private sealed class Places(int most)
    {
        private int _taken;

        public bool AreTaken => _taken >= most;

        public void TakeOne() => _taken++;
    }
}
