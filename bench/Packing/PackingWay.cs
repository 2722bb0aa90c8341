namespace Idp.Bench.Packing;

/// <summary>One way to put pages into calls.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Settings">The service's settings for it.</param>
internal sealed record PackingWay(string Name, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    /// <summary>All ways, the reference's first.</summary>
    public static IReadOnlyList<PackingWay> All { get; } =
    [
        Fixed("one page a call, one call at a time", batchSize: 1, workers: 1),
        Fixed("fixed: 2 pages a call, 3 workers", batchSize: 2, workers: 3),
        new("default: budget, auto", []),
    ];

    private static PackingWay Fixed(string name, int batchSize, int workers) => new(
        name,
        [
            new("EXTRACTION__PACKING", "fixed"),
            new("EXTRACTION__BATCH_SIZE", FormattableString.Invariant($"{batchSize}")),
            new("EXTRACTION__MAX_WORKERS", FormattableString.Invariant($"{workers}")),
        ]);
}
