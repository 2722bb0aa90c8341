using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The main path of the list of documents, of usage and of the processor.</summary>
public sealed class OtherPagesTests(ChromiumBrowser chromium) : DashboardBrowser(chromium)
{
    [Fact]
    public async Task Documents_are_uploaded_and_filtered_by_name_and_status()
    {
        var page = await OpenAsync("/documents");
        await Expect(page.GetByText("No documents yet")).ToBeVisibleAsync();

        await page.GetByLabel("Add files").SetInputFilesAsync([await SampleFileAsync("winter.pdf"), await SampleFileAsync("summer.pdf")]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(2);

        await page.GetByLabel("Name contains").FillAsync("summer");
        await Expect(page.Locator("#rows tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#rows .badge")).ToHaveTextAsync("Completed");
        await page.GetByLabel("Status").SelectOptionAsync("failed");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        page.Url.ShouldEndWith("?q=summer&status=failed");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_budget_is_set_and_a_wrong_amount_is_refused_with_the_reason()
    {
        var page = await OpenAsync("/usage");
        var today = page.GetByRole(AriaRole.Form, new() { Name = "Today, everything together" });

        await today.GetByLabel("Limit in US dollars").FillAsync("-1");
        await today.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();
        await Expect(today.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await today.GetByLabel("Limit in US dollars").FillAsync("12.50");
        await today.GetByRole(AriaRole.Button, new() { Name = "Set" }).ClickAsync();

        await Expect(today).ToContainTextAsync("$12.50 left");
        (await Service.GetAsync("/v1/budgets/day", Ct)).GetProperty("limit_usd").GetString().ShouldBe("12.50");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_processor_shows_what_is_at_work()
    {
        var page = await OpenAsync("/processor");
        await Expect(page.GetByText("Nothing to do")).ToBeVisibleAsync();

        await Service.UploadAsync(await SampleAsync(), "loan-packet.pdf", Ct);

        await Expect(page.Locator("#running")).ToContainTextAsync("loan-packet.pdf");
        await Expect(page.Locator("#running li")).ToHaveCountAsync(0);
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_says_so_when_a_part_of_it_did_not_arrive()
    {
        var page = await NewPageAsync();
        await page.RouteAsync("**/assets/lib/dom.js", static route => route.AbortAsync());
        await page.GotoAsync("/usage");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("did not load completely");

        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load again" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Form, new() { Name = "Today, everything together" })).ToBeVisibleAsync();
        await Expect(page.GetByText("did not load completely")).ToHaveCountAsync(0);
    }
}
