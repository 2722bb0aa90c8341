using System.Text.Json.Nodes;
using Idp.Simulators.Billing;
using Idp.Simulators.Options;

namespace Idp.Integration.Simulators;

public sealed class BillTests : SimulatorTest
{
    private static readonly PriceOptions Prices = new() { InputPerMillion = 0.15m, OutputPerMillion = 0.6m, EmbeddingPerMillion = 0.02m };

    [Fact]
    public async Task The_bill_is_exact_under_200_calls_at_once()
    {
        await StartAsync(new() { Prices = Prices, Faults = new() { ServerError = 0.1, InsufficientQuota = 0.1, DropBeforeWork = 0.05, DropAfterBilling = 0.1 } });

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => TryAsync($"[page {number}]\nNumber: {number}")));

        var bill = Provider.Bill;
        var usages = replies.Select(reply => reply?.Json["usage"]).OfType<JsonNode>().ToList();
        var unread = Provider.Requests.Where(request => request.Faults.Contains(Fault.DropAfterBilling) && request.Outcome is Outcome.Completed).ToList();
        bill.Completed.ShouldBe(usages.Count + unread.Count);
        bill.PromptTokens.ShouldBe(usages.Sum(usage => (long)usage["prompt_tokens"]!) + unread.Sum(request => request.PromptTokens));
        bill.CompletionTokens.ShouldBe(usages.Sum(usage => (long)usage["completion_tokens"]!) + unread.Sum(request => request.CompletionTokens));
        bill.Money.ShouldBe(((bill.PromptTokens * Prices.InputPerMillion) + (bill.CompletionTokens * Prices.OutputPerMillion)) / 1_000_000m);
        (bill.Received, bill.Running).ShouldBe((200, 0));
        bill.Received.ShouldBe(bill.Completed + bill.Rejected + bill.Failed);
        bill.DroppedAfterBilling.ShouldBe(unread.Count);
        (bill.Rejected > 0 && bill.Failed > 0 && unread.Count > 0).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_look_at_the_bill_is_one_moment()
    {
        await StartAsync(new() { Prices = Prices });
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var looks = Task.Run(
            () =>
            {
                var seen = 0;
                while (!done.IsCancellationRequested || seen == 0)
                {
                    var bill = Provider.Bill;
                    bill.Money.ShouldBe(((bill.PromptTokens * Prices.InputPerMillion) + (bill.CompletionTokens * Prices.OutputPerMillion)) / 1_000_000m);
                    bill.Running.ShouldBeGreaterThanOrEqualTo(0);
                    seen++;
                }
            },
            Ct);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => SendAsync(Chat($"[page {number}]\nNumber: {number}"))));
        await done.CancelAsync();

        await looks;
    }

    [Fact]
    public async Task A_request_completed_before_is_a_duplicate()
    {
        await StartAsync();
        Provider.Script(Fault.ServerError, Fault.None, Fault.None);

        await SendAsync(Chat());
        await SendAsync(Chat());
        Provider.Bill.Duplicates.ShouldBe(0);

        await SendAsync(Chat());
        Provider.Bill.Duplicates.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeat_of_an_answer_that_never_arrived_is_told_from_a_repeat_of_one_that_did()
    {
        await StartAsync();
        Provider.Script(Fault.DropAfterBilling);
        await Should.ThrowAsync<HttpRequestException>(() => SendAsync(Chat()));

        await SendAsync(Chat());
        await UntilAsync(() => Provider.Bill.Delivered == 1);
        (Provider.Bill.Duplicates, Provider.Bill.DuplicatesOfDelivered).ShouldBe((1, 0));

        await SendAsync(Chat());
        (Provider.Bill.Duplicates, Provider.Bill.DuplicatesOfDelivered).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_page_completed_before_for_the_same_account_is_repeated_in_whatever_company()
    {
        await StartAsync();
        await SendAsync(Chat(Message("11", (1, "one"), (2, "two"))));

        await SendAsync(Chat(Message("11", (2, "two"), (3, "three"))));
        Provider.Bill.RepeatedPages.ShouldBe(1);

        await SendAsync(Chat(Message("22", (2, "two"))));
        await SendAsync(Chat(Message("11", (2, "two, read otherwise"))));
        await SendAsync(Chat(Message("11", (2, "two")), task: "page_assignment"));
        (Provider.Bill.RepeatedPages, Provider.Bill.Duplicates).ShouldBe((1, 0));
    }

    [Fact]
    public async Task The_file_has_a_line_for_each_billed_call_as_soon_as_it_is_billed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("bill.jsonl");
        await StartAsync(new() { Prices = Prices, Billing = new() { File = file } });
        Provider.Script(Fault.ServerError, Fault.DropAfterBilling, Fault.None);
        await SendAsync(Chat());
        await Should.ThrowAsync<HttpRequestException>(() => SendAsync(Chat()));
        await SendAsync(Chat(Message("77", (5, "Phone: 1"))));

        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        lines.Select(line => (long)line["sequence"]!).ShouldBe([2, 3]);
        lines.Sum(line => (decimal)line["money"]!).ShouldBe(Provider.Bill.Money);
        ((string?)lines[1]["account"], (int)lines[1]["pages"]![0]!).ShouldBe(("77", 5));
    }

    [Fact]
    public async Task The_bill_and_the_requests_can_be_asked_over_http()
    {
        await StartAsync(new() { Prices = Prices, KeepBodies = true });
        await SendAsync(Chat());

        var bill = await GetAsync("/simulator/bill");
        var request = (await GetAsync("/simulator/requests"))[0]!;

        ((decimal)bill["money"]!, (long)bill["completed"]!).ShouldBe((Provider.Bill.Money, 1));
        ((string?)request["task"], (string?)request["outcome"], (int)request["status"]!).ShouldBe(("extraction", "completed", 200));
        JsonNode.Parse((string)request["body"]!)!.ToJsonString().ShouldBe(Chat().ToJsonString());
    }

    [Fact]
    public async Task Reset_begins_a_new_bill()
    {
        await StartAsync(new() { RateLimit = new() { RequestsPerMinute = 1 } });
        await SendAsync(Chat());

        await SendAsync([], "/simulator/reset");

        Provider.Bill.ShouldBe(new BillSnapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        await SendAsync(Chat());
        (Provider.Bill.Completed, Provider.Bill.Duplicates).ShouldBe((1, 0));
    }

    private async Task<Reply?> TryAsync(string message)
    {
        try
        {
            return await SendAsync(Chat(message));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
