using Idp.Domain.Documents;

namespace Idp.Domain.Batches;

/// <summary>How far the work of a batch is, from the pages and stages that are really done.</summary>
/// <param name="Share">The part of all work that is done, 0 to 1.</param>
/// <param name="BeganAt">When the first document began; null while none has.</param>
public sealed record BatchProgress(double Share, DateTimeOffset? BeganAt)
{
    /// <summary>Below this share a forecast would be a guess.</summary>
    private const double LeastForForecast = 0.02;

    /// <summary>Percent, 100 only when everything is done.</summary>
    public int Percent => Share >= 1 ? 100 : Math.Min(99, (int)(Share * 100));

    /// <summary>Weighs each document by its pages; one whose pages are not counted yet by the mean of the others.</summary>
    public static BatchProgress Of(IReadOnlyCollection<Document> documents)
    {
        var counted = documents.Where(static document => document.TotalPages > 0).ToList();
        var meanPages = counted.Count == 0 ? 1 : counted.Average(static document => (double)document.TotalPages!);
        var all = 0.0;
        var done = 0.0;
        foreach (var document in documents)
        {
            var weight = document.TotalPages is > 0 and { } pages ? pages : meanPages;
            all += weight;
            done += weight * (document.IsTerminal ? 1 : document.Percent / 100.0);
        }

        var began = documents.SelectMany(static document => document.Stages).Select(static stage => stage.StartedAt).Min();
        return new BatchProgress(all == 0 ? 1 : done / all, began);
    }

    /// <summary>Forecasts the time left from the pace so far; null when nothing can be said yet or nothing is left.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now) => BeganAt is { } began && Share is >= LeastForForecast and < 1 && now > began
        ? (now - began) * ((1 - Share) / Share)
        : null;
}
