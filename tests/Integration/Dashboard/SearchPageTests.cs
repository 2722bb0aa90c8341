using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>Searching and asking in the browser.</summary>
public sealed class SearchPageTests(ChromiumBrowser chromium, ServiceOnEmptyFolder service) : DashboardBrowser(chromium, service), IClassFixture<ServiceOnEmptyFolder>
{
    [Fact]
    public async Task Words_are_marked_where_they_are_found_and_the_viewer_opens_at_their_place()
    {
        await UploadSearchableSampleAsync();
        var page = await OpenAsync("/search");
        await Expect(page.GetByText("What are you looking for?")).ToBeVisibleAsync();

        await page.GetByLabel("Words, or a question").FillAsync("Lantern Court");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".hit mark").First).ToContainTextAsync("Lantern");
        page.Url.ShouldEndWith("/search?q=Lantern+Court");
        await page.Locator(".hit").First.GetByRole(AriaRole.Link, new() { Name = "loan-packet.pdf" }).ClickAsync();

        await Expect(page.Locator("#page-title")).ToHaveTextAsync("Page 2 of 8");
        await Expect(page.Locator("#boxes .found").First).ToBeVisibleAsync();
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_is_answered_with_passages_that_can_be_opened()
    {
        await UploadSearchableSampleAsync();
        var page = await OpenAsync("/search");

        await page.GetByLabel("Words, or a question").FillAsync("When is interest paid in?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();

        await Expect(page.Locator("#answer .answer-text")).ToContainTextAsync("at the end of each month");
        await Expect(page.Locator(".citations a").First).ToHaveTextAsync("loan-packet.pdf, page 3");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_and_words_are_kept_in_the_address_and_what_is_not_there_is_said_so()
    {
        var document = await UploadSearchableSampleAsync();

        var page = await OpenAsync($"/search?q=zeppelin&document_id={document}");

        await Expect(page.GetByText("Nothing found", new() { Exact = true }).Last).ToBeVisibleAsync();
        await Expect(page.Locator("#only")).ToContainTextAsync("Only in loan-packet.pdf");
        await page.GetByLabel("Kind").SelectOptionAsync("receipt");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search everywhere" }).ClickAsync();
        await Expect(page.Locator("#only")).ToBeHiddenAsync();
        page.Url.ShouldEndWith("/search?q=zeppelin&kind=receipt");
        Faults.ShouldBeEmpty();
    }
}
