using System.Net.Http.Json;
using System.Text.Json;
using Idp.Simulators.Options;
using Idp.Simulators.Truth;

namespace Idp.Integration.Models;

/// <summary>A page of which only its words tell whose it is: a letter behind a separator, in front of the next account's first page.</summary>
public sealed class DoubtfulPageTests
{
    private const string First = "7104930";
    private const string Second = "7250148";

    private static readonly ModelPacket Packet = ModelPacket.Of(
        "doubtful letter",
        [
            $"MERCHANTS HARBOR BANK\nSIGNATURE CARD\nAccount Number: {First}\nAccount Owner: Harriet Dunmore\nDate Opened: 01/05/2008",
            "- NEXT ACCOUNT -",
            "Dear customer, please find enclosed the agreement that we discussed over the telephone last week\n"
                + "and return a signed copy of it to us before the end of next month at the latest\nLoan Officer: Rosalind Kettering",
            $"MERCHANTS HARBOR BANK\nSIGNATURE CARD\nAccount Number: {Second}\nAccount Owner: Calvin Pemberton\nDate Opened: 03/17/2011",
        ],
        [First, null, First, Second],
        [
            new TruthAccount(First,
            [
                new("account_number", First, First, 1), new("account_holders", "Harriet Dunmore", "Harriet Dunmore", 1), new("date_opened", "2008-01-05", "01/05/2008", 1),
                new("officer", "Rosalind Kettering", "Rosalind Kettering", 3),
            ]),
            new TruthAccount(Second,
            [
                new("account_number", Second, Second, 4), new("account_holders", "Calvin Pemberton", "Calvin Pemberton", 4), new("date_opened", "2011-03-17", "03/17/2011", 4),
            ]),
        ]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_in_doubt_goes_where_the_model_says()
    {
        await using var service = await ModelService.StartAsync(new(), [Packet.Truth], Ct);

        var id = await service.UploadAsync(Packet, Ct);
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        PagesOf(document).ShouldBe([(First, "1,3"), (Second, "4")]);
        Packet.MissingFrom(await service.ResultAsync(id, Ct)).ShouldBeEmpty();
        service.Provider.Requests.Select(request => (request.Task, Pages: string.Join(',', request.Pages))).Order()
            .ShouldBe([("extraction", "1,3"), ("extraction", "4"), ("page_assignment", "3")]);
        ModelService.CostOf(document).ShouldBe((service.Provider.Bill.Money, 3, 0));
    }

    [Fact]
    public async Task Without_a_budget_the_page_stays_where_the_rules_put_it_until_the_cap_is_raised()
    {
        await using var service = await ModelService.StartAsync(new(), [Packet.Truth], Ct);

        var id = await service.UploadAsync(Packet, Ct, ("budget_usd", "0.000001"));
        var document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("partial", document.ToString());
        document.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()).Distinct().ShouldBe(["budget_exhausted"]);
        PagesOf(document).ShouldBe([(First, "1"), (Second, "3,4")]);
        service.Provider.Bill.Received.ShouldBe(0);

        (await service.Process.Http.PutAsJsonAsync(new Uri($"/v1/budgets/{id}", UriKind.Relative), new { limit_usd = "1.00" }, Ct)).EnsureSuccessStatusCode();
        (await service.Process.Http.PostAsync(new Uri($"/v1/documents/{id}/retry", UriKind.Relative), null, Ct)).EnsureSuccessStatusCode();
        document = await service.Process.WaitUntilEndedAsync(id, Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        PagesOf(document).ShouldBe([(First, "1,3"), (Second, "4")]);
    }

    [Fact]
    public async Task A_model_that_answers_nothing_usable_leaves_the_page_where_the_rules_put_it()
    {
        await using var service = await ModelService.StartAsync(new(), [Packet.Truth], Ct);
        service.Provider.Script(Fault.MalformedJson, Fault.MalformedJson);

        var document = await service.Process.WaitUntilEndedAsync(await service.UploadAsync(Packet, Ct), Ct);

        document.GetProperty("status").GetString().ShouldBe("completed", document.ToString());
        PagesOf(document).ShouldBe([(First, "1"), (Second, "3,4")]);
    }

    private static IReadOnlyList<(string Account, string Pages)> PagesOf(JsonElement document) => [.. document.GetProperty("accounts").EnumerateArray().Select(account => (
        account.GetProperty("account_number").GetString()!, string.Join(',', account.GetProperty("pages").EnumerateArray().Select(page => page.GetInt32()))))];
}
