using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>Research: from a list of companies to scores, and from a score to the words that it rests on.</summary>
public sealed class ResearchPageTests(ChromiumBrowser chromium, ServiceOnEmptyFolder service) : DashboardBrowser(chromium, service), IClassFixture<ServiceOnEmptyFolder>
{
    private const string List = "company,country\nTessavane,Norway\nQuillfen,France\n,\nKestwick Analytics,United Kingdom\ntessavane,Norway\n";

    [Fact]
    public async Task A_list_is_sent_followed_to_its_end_and_says_which_rows_it_left_out()
    {
        var page = await OpenAsync("/research");
        await page.GetByLabel("Choose a CSV file").SetInputFilesAsync(Csv("leads.csv", List));
        await page.GetByLabel("Spend at most").FillAsync("2.50");
        await page.GetByLabel("Asked by").FillAsync("Ines");
        await page.GetByRole(AriaRole.Button, new() { Name = "Research this list" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("leads.csv");
        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Completed");
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#rows tr").First).ToContainTextAsync("Tessavane");
        await Expect(page.Locator("#figures")).ToContainTextAsync("of at most $2.50");
        await page.GetByText("2 rows of the list not taken in").ClickAsync();
        await Expect(page.Locator("#reports li")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Research" }).First.ClickAsync();
        await Expect(page.Locator(".job-row", new() { HasText = "leads.csv" }).First).ToContainTextAsync("by Ines");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_score_leads_to_its_reasons_and_from_there_to_the_sources()
    {
        var page = await OpenAsync($"/research/{await SendNamesAsync("Tessavane", "Quillfen")}");
        var name = page.GetByRole(AriaRole.Button, new() { Name = "Tessavane" });
        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Completed");

        await name.ClickAsync();

        var drawer = page.GetByRole(AriaRole.Dialog);
        await Expect(drawer.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();
        await Expect(drawer.Locator(".reason").First).ToContainTextAsync("Words found in the source");
        await Expect(drawer.Locator(".reason blockquote").First).Not.ToBeEmptyAsync();
        foreach (var link in await drawer.GetByRole(AriaRole.Link).AllAsync())
        {
            (await link.GetAttributeAsync("href")).ShouldNotBeNull().ShouldStartWith("https://");
            (await link.GetAttributeAsync("rel")).ShouldBe("noreferrer noopener");
        }

        await page.Keyboard.PressAsync("j");
        await Expect(drawer.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("Quillfen");
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToBeHiddenAsync();
        await Expect(name).ToBeFocusedAsync();
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Companies_are_filtered_by_tier_and_by_name()
    {
        var page = await OpenAsync($"/research/{await SendNamesAsync("Tessavane", "Quillfen", "Dunmere Bakeries")}");
        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Completed");
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(3);

        await page.GetByRole(AriaRole.Radio, new() { Name = "HOT" }).CheckAsync();
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#rows")).ToContainTextAsync("Tessavane");
        await page.GetByLabel("Name contains").FillAsync("dunmere");
        await Expect(page.GetByText("No company like this")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "All" }).CheckAsync();

        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#rows")).ToContainTextAsync("Dunmere Bakeries");
        page.Url.ShouldEndWith("?q=dunmere");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_without_companies_is_refused_beside_the_form_with_what_it_has()
    {
        var page = await OpenAsync("/research");

        await page.GetByLabel("Choose a CSV file").SetInputFilesAsync(Csv("index.csv", "Symbol,Security\nAAA,Alder\nBBB,Birch\n"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Research this list" }).ClickAsync();

        await Expect(page.Locator("#new-trouble")).ToContainTextAsync("Security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.GetByLabel("Or type names").FillAsync("Tessavane\n\ntessavane\nQuillfen");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Research 2 companies" })).ToBeEnabledAsync();
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_does_not_exist_is_said_so()
    {
        var page = await OpenAsync("/research/job_0197d2f0b0007000800000000000f00d");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no research job");
        await Expect(page.Locator("#found")).ToBeHiddenAsync();
    }

    private async Task<string> SendNamesAsync(params string[] names)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["companies"] = new System.Text.Json.Nodes.JsonArray([.. names.Select(name => (System.Text.Json.Nodes.JsonNode)name)]) };
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var answer = await Service.Http.PostAsync(new Uri("/v1/research", UriKind.Relative), content, Ct);
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("id").GetString()!;
    }

    private static FilePayload Csv(string name, string text) => new() { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
}
