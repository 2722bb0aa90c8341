using System.Net;
using Idp.Simulators.Options;
using Idp.Simulators.Web;

namespace Idp.Integration.Simulators;

public sealed class CompanyAnalysisTests : SimulatorTest
{
    private const string Task = "company_analysis";

    private static readonly WebCompany Marl = new("Marl Optics", "HOT", 91, "Frontier pre-training",
    [
        new("https://m.example/a", "A", "Lenses. Marl pre-trains its own models. More lenses.", 0.9, Facts: [new("Trains", "Marl pre-trains its own models.")]),
        new("https://m.example/b", "B", "Marl bought 4,000 GPUs.", 0.8, Facts: [new("Buys", "Marl bought 4,000 GPUs.")]),
    ]);

    [Fact]
    public async Task A_company_is_scored_by_the_truth_with_quotes_from_what_was_sent()
    {
        await StartAsync();
        Provider.SetWeb([Marl]);

        var answer = (await SendAsync(Chat(Passages(("https://m.example/a", "Marl pre-trains\nits own models."), ("https://m.example/b", "Something else.")), task: Task))).Answer;

        ((string?)answer["tier"], (int)answer["score"]!, (string?)answer["classification"]).ShouldBe(("HOT", 91, "Frontier pre-training"));
        answer["reasons"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe(
            """{"text":"Trains","source_url":"https://m.example/a","quote":"Marl pre-trains its own models."}""");
    }

    [Fact]
    public async Task What_was_not_sent_is_not_known()
    {
        await StartAsync();
        Provider.SetWeb([Marl]);

        var answer = (await SendAsync(Chat(Passages(("https://m.example/b", "Marl pre-trains its own models.")), task: Task))).Answer;

        ((string?)answer["tier"], answer["reasons"]!.AsArray().Count).ShouldBe(("COLD", 0));
    }

    [Fact]
    public async Task Both_providers_know_the_same_of_an_invented_company()
    {
        var web = new WebOptions { Seed = 5, MissingRawContent = 0 };
        await StartAsync(new() { Web = web });
        var company = new SimulatedWeb([], web).FindByQuery("\"Alderbrook Labs\"")!;

        var answer = (await SendAsync(Chat(Passages([.. company.Pages.Where(page => page.Relevance >= 0.4).Select(page => (page.Url, page.Text))]), task: Task))).Answer;

        ((string?)answer["tier"], (int)answer["score"]!).ShouldBe((company.Tier, company.Score));
        var reasons = answer["reasons"]!.AsArray();
        reasons.Count.ShouldBe(4);
        reasons.ShouldAllBe(reason => company.Pages.Single(page => page.Url == (string)reason!["source_url"]!).Text.Contains((string)reason!["quote"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_truth_the_first_source_gives_a_middling_score()
    {
        await StartAsync();

        var answer = (await SendAsync(Chat(Passages(("https://unknown.example/", "A first sentence. A second one.")), task: Task))).Answer;

        ((string?)answer["tier"], (string?)answer["reasons"]![0]!["source_url"], (string?)answer["reasons"]![0]!["quote"]).ShouldBe(("WATCH", "https://unknown.example/", "A first sentence."));
    }

    [Fact]
    public async Task A_quote_can_be_wrong()
    {
        var (message, quote, url) = await ReasonAfterAsync(Fault.WrongQuote);

        message.ShouldNotContain(quote);
        message.ShouldContain(url);
    }

    [Fact]
    public async Task A_source_can_be_one_that_was_not_sent()
    {
        var (message, quote, url) = await ReasonAfterAsync(Fault.UnsentSource);

        message.ShouldContain(quote);
        message.ShouldNotContain(url);
    }

    [Fact]
    public async Task Size_can_be_refused_by_chance_and_by_measure()
    {
        await StartAsync(new() { Web = new() { Invents = false } });
        Provider.Script(Fault.TooLarge);
        (await SendAsync(Chat(Passages(("https://m.example/a", "text")), task: Task))).Error.ShouldBe("context_length_exceeded");
        (await SendAsync(Chat(Passages(("https://m.example/a", "text")), task: Task))).Status.ShouldBe(HttpStatusCode.OK);

        Provider.Change(options => options with { SizeLimit = new() { RequestTokens = 100, TooLargeAs = TooLargeAs.BadRequest } });
        var refused = await SendAsync(Chat(Passages(("https://m.example/a", new string('x', 1_000))), task: Task));

        (refused.Status, refused.Error).ShouldBe((HttpStatusCode.BadRequest, "bad_request"));
        Provider.Bill.Completed.ShouldBe(1);
    }

    private async Task<(string Message, string Quote, string Url)> ReasonAfterAsync(Fault fault)
    {
        await StartAsync();
        Provider.SetWeb([Marl]);
        Provider.Script(fault);
        var message = Passages(("https://m.example/b", "Marl bought 4,000 GPUs."));
        var reason = (await SendAsync(Chat(message, task: Task))).Answer["reasons"]!.AsArray().ShouldHaveSingleItem()!;
        return (message, (string)reason["quote"]!, (string)reason["source_url"]!);
    }

    private static string Passages(params IReadOnlyList<(string Url, string Text)> passages) =>
        "Company: Marl Optics\n\n" + string.Join("\n---PAGE BREAK---\n", passages.Select((passage, index) => $"[page {index + 1}]\nsource: {passage.Url}\n{passage.Text}"));
}
