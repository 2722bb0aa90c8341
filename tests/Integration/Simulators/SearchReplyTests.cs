using System.Net;
using System.Text.Json.Nodes;

namespace Idp.Integration.Simulators;

public sealed class SearchReplyTests : SearchSimulatorTest
{
    [Fact]
    public async Task Results_come_best_first_and_as_many_as_were_asked_for()
    {
        await StartAsync();
        Provider.SetWeb([Company("Alderbrook Labs", Page("https://a.example/1", 0.3), Page("https://a.example/2", 0.9), Page("https://a.example/3", 0.6))]);

        (await SearchAsync(Query(parameters: ("max_results", 2)))).Urls.ShouldBe(["https://a.example/2", "https://a.example/3"]);
        (await SearchAsync(Query(parameters: ("max_results", 0)))).Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task Five_results_come_unless_more_are_asked_for()
    {
        await StartAsync();

        (await SearchAsync(Query())).Results.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_reply_has_the_parts_of_the_real_one()
    {
        await StartAsync();

        var reply = await SearchAsync(Query(parameters: ("include_raw_content", "markdown")));

        reply.Json.AsObject().Select(part => part.Key).ShouldBe(["query", "follow_up_questions", "answer", "images", "results", "response_time", "request_id"]);
        reply.Results[0].AsObject().Select(part => part.Key).ShouldBe(["title", "url", "content", "score", "raw_content"]);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("markdown", true)]
    public async Task Raw_content_comes_where_it_is_asked_for(string? form, bool comes)
    {
        await StartAsync(new() { Web = new() { MissingRawContent = 0 } });
        var body = Query();
        if (form is not null)
        {
            body["include_raw_content"] = bool.TryParse(form, out var flag) ? flag : form;
        }

        (await SearchAsync(body)).Results.Select(result => result["raw_content"] is not null).ShouldAllBe(has => has == comes);
    }

    [Fact]
    public async Task Some_pages_have_no_raw_content()
    {
        await StartAsync(new() { Web = new() { MissingRawContent = 0.5 } });

        var results = (await SearchAsync(Query(parameters: [("include_raw_content", true), ("max_results", 20)]))).Results;

        results.Count(result => result["raw_content"] is null).ShouldBeInRange(1, results.Count - 1);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("basic", 1)]
    [InlineData("fast", 1)]
    [InlineData("advanced", 2)]
    public async Task A_thorough_search_costs_two_credits(string? depth, int credits)
    {
        await StartAsync();
        var body = Query(parameters: ("include_usage", true));
        if (depth is not null)
        {
            body["search_depth"] = depth;
        }

        ((int)(await SearchAsync(body)).Json["usage"]!["credits"]!).ShouldBe(credits);
        (Provider.Bill.Credits, Provider.Bill.Money).ShouldBe((credits, credits * 0.008m));
    }

    [Fact]
    public async Task Whoever_leaves_the_depth_to_the_provider_pays_double_now_and_then()
    {
        await StartAsync();
        for (var number = 0; number < 20; number++)
        {
            await SearchAsync(Query($"\"Company {number}\"", ("auto_parameters", true)));
        }

        Provider.Bill.Credits.ShouldBeInRange(21, 39);
        (await SearchAsync(Query("\"Company 1\"", ("auto_parameters", true), ("search_depth", "basic")))).Json["auto_parameters"]!["search_depth"]!.GetValue<string>().ShouldBe("basic");
    }

    [Fact]
    public async Task Results_can_be_limited_by_host_and_by_day()
    {
        await StartAsync();
        Provider.SetWeb([Company("Alderbrook Labs", Page("https://news.a.example/1", published: "2025-03-01"), Page("https://b.example/2", 0.7, published: "2025-06-01"), Page("https://c.example/3", 0.6))]);

        (await SearchAsync(Query(parameters: ("include_domains", new JsonArray("a.example"))))).Urls.ShouldBe(["https://news.a.example/1"]);
        (await SearchAsync(Query(parameters: ("exclude_domains", new JsonArray("a.example", "c.example"))))).Urls.ShouldBe(["https://b.example/2"]);
        (await SearchAsync(Query(parameters: ("start_date", "2025-04-01")))).Urls.ShouldBe(["https://b.example/2", "https://c.example/3"]);
    }

    [Fact]
    public async Task News_say_when_they_were_published()
    {
        await StartAsync();
        Provider.SetWeb([Company("Alderbrook Labs", Page("https://a.example/1", published: "2025-03-01"))]);

        ((string)(await SearchAsync(Query(parameters: ("topic", "news")))).Results[0]["published_date"]!).ShouldBe("Sat, 01 Mar 2025 00:00:00 GMT");
    }

    [Theory]
    [InlineData("""{}""", "Query is missing.")]
    [InlineData("""{"query":" "}""", "Query is missing.")]
    [InlineData("""{"query":"x","max_results":21}""", "Invalid max_results. Must be between 0 and 20.")]
    [InlineData("""{"query":"x","max_results":-1}""", "Invalid max_results. Must be between 0 and 20.")]
    [InlineData("""{"query":"x","search_depth":"deep"}""", "Invalid search_depth. Must be one of: basic, advanced, fast, ultra-fast.")]
    [InlineData("""{"query":"x","include_raw_content":"html"}""", "Invalid include_raw_content. Must be one of: false, true, markdown, text.")]
    [InlineData("""{"query":"x","start_date":"1.3.2025"}""", "Invalid start_date. Must be a date in the form YYYY-MM-DD.")]
    public async Task A_request_outside_the_rules_is_400_in_the_providers_own_form(string body, string error)
    {
        await StartAsync();

        var reply = await SearchAsync(JsonNode.Parse(body)!.AsObject());

        (reply.Status, reply.Error).ShouldBe((HttpStatusCode.BadRequest, error));
        (Provider.Bill.Rejected, Provider.Bill.Credits).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_query_may_have_400_characters_and_no_more()
    {
        await StartAsync();

        (await SearchAsync(Query(new string('x', 400)))).Status.ShouldBe(HttpStatusCode.OK);
        (await SearchAsync(Query(new string('x', 401)))).Error.ShouldStartWith("Query is too long. Max query length is 400 characters.");
    }
}
