using System.Collections.Concurrent;
using System.ComponentModel;
using Idp.Simulators.Options;
using Idp.Simulators.Serving;

namespace Idp.Simulators.Recognition;

/// <summary>Keeps the jobs, and works on them as places allow. Safe to use from many threads.</summary>
internal sealed class WhisperDesk(ProviderState state, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WhisperJob> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _texts = new(StringComparer.Ordinal);

    /// <summary>Says what a file's pages say, whatever its bytes look like.</summary>
    public void Know(ReadOnlySpan<byte> content, IReadOnlyList<string> pages) => _texts[FileText.HashOf(content)] = pages;

    /// <summary>Reads the folders of texts.</summary>
    public async Task LoadAsync(IEnumerable<string> folders, CancellationToken ct)
    {
        foreach (var file in folders.SelectMany(static folder => Directory.EnumerateFiles(folder, "*.txt")))
        {
            var text = await File.ReadAllTextAsync(file, ct);
            _texts[Path.GetFileNameWithoutExtension(file)] = text.TrimEnd('\n').TrimEnd('\f').Split('\f');
        }
    }

    /// <summary>Pages of a file; 1 for one that cannot be read, which fails later.</summary>
    public async Task<int> CountPagesAsync(byte[] content, CancellationToken ct) =>
        _texts.TryGetValue(FileText.HashOf(content), out var pages) ? pages.Count : await FileText.CountPagesAsync(content, ct) ?? 1;

    /// <summary>Takes a job and begins to work on it; null when there is no place and none may wait.</summary>
    public WhisperJob? Accept(byte[] content, WhisperRequest request, IReadOnlyList<int> pages, FaultDraw draw)
    {
        var options = state.Options;
        var hasPlace = options.Capacity is { AtOnce: > 0, WhenFull: WhenFull.Reject };
        if (hasPlace && !state.Places.TryEnter())
        {
            return null;
        }

        WhisperJob job;
        lock (_gate)
        {
            var name = Hash.Of([FileText.HashOf(content), $"{_jobs.Count}", $"{state.Clock.GetUtcNow():O}"]);
            job = new WhisperJob($"{name[..8]}|{name[8..]}", request, pages);
            _jobs.Add(job.Hash, job);
        }

        _ = WorkAsync(job, content, draw, options, hasPlace);
        return job;
    }

    /// <summary>Looks at a job under the desk's lock; the default where it is not known.</summary>
    public T? Look<T>(string hash, Func<WhisperJob, T> look)
    {
        lock (_gate)
        {
            return _jobs.TryGetValue(hash, out var job) ? look(job) : default;
        }
    }

    private async Task WorkAsync(WhisperJob job, byte[] content, FaultDraw draw, SimulatorOptions options, bool hasPlace)
    {
        try
        {
            if (!hasPlace)
            {
                await state.Places.EnterAsync(stopping);
            }

            try
            {
                Move(job, WhisperStage.Processing);
                var texts = await TextsAsync(job, content);
                var time = options.Latency.FixedMilliseconds + (options.Latency.JitterMilliseconds * draw.Number("jitter"))
                    + (options.Recognition.MillisecondsPerPage * job.Pages.Count) + (draw.Has(Fault.Slow) ? options.Latency.SlowMilliseconds : 0);
                await Task.Delay(TimeSpan.FromMilliseconds(time), state.Clock, stopping);
                lock (_gate)
                {
                    if (texts is null || draw.Has(Fault.JobFails))
                    {
                        job.Stage = WhisperStage.Error;
                    }
                    else
                    {
                        job.Finish(texts, options.Recognition.KnowsSeparator ? job.Request.Separator : "<<<");
                    }
                }
            }
            finally
            {
                state.Places.Leave();
            }
        }
        catch (OperationCanceledException)
        {
            // The provider is being stopped; nobody will ask any more.
        }
        catch (Exception exception) when (exception is IOException or Win32Exception)
        {
            // The programs that read files are not there, or broke off.
            Move(job, WhisperStage.Error);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<WrittenLine>>?> TextsAsync(WhisperJob job, byte[] content)
    {
        if (_texts.TryGetValue(FileText.HashOf(content), out var known))
        {
            return [.. job.Pages.Select(page => LayoutWriter.LinesOf(known[page - 1]))];
        }

        var pages = await FileText.ReadAsync(content, job.Pages, stopping);
        return pages is null ? null : [.. pages.Select(LayoutWriter.LinesOf)];
    }

    private void Move(WhisperJob job, WhisperStage stage)
    {
        lock (_gate)
        {
            job.Stage = stage;
        }
    }
}
