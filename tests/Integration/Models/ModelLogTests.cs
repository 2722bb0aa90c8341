namespace Idp.Integration.Models;

/// <summary>The lines that users of ref 000 search for, in the log of the real service.</summary>
public sealed class ModelLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_tells_batching_parallel_calls_and_completion_in_the_wording_that_users_search_for()
    {
        var packet = ModelPacket.Make(20, pagesPerAccount: 5);
        await using var service = await ModelService.StartAsync(
            new(), [packet.Truth], Ct, ("EXTRACTION__PACKING", "fixed"), ("EXTRACTION__BATCH_SIZE", "2"), ("EXTRACTION__MAX_WORKERS", "3"));

        await service.Process.WaitUntilEndedAsync(await service.UploadAsync(packet, Ct), Ct);

        // The line after the last one of the stage is out, so that one is too.
        await WaitForAsync(service, "stage llm_extraction ended");
        Count(service, "Batching: 5 pages → 3 batches").ShouldBe(2);
        Count(service, "Parallel: 3 concurrent LLM calls").ShouldBe(1);
        foreach (var batch in Enumerable.Range(1, 3))
        {
            Count(service, $"Batch {batch}/3 completed").ShouldBe(2);
        }

        Count(service, "BATCH+PARALLEL: Completed").ShouldBe(1);
        Count(service, "Paid call ").ShouldBe(6);
    }

    private static int Count(ModelService service, string words) => service.Process.Log.Count(line => line.Contains(words, StringComparison.Ordinal));

    private static async Task WaitForAsync(ModelService service, string words)
    {
        while (Count(service, words) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
