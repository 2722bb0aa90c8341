using System.Globalization;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>Batches: what becomes of files that are sent, and what a person sees meanwhile.</summary>
public sealed class BatchPageTests(ChromiumBrowser chromium) : DashboardBrowser(chromium)
{
    [Fact]
    public async Task A_batch_is_sent_followed_to_its_end_and_kept_in_the_history()
    {
        var page = await OpenAsync("/batch-dashboard/");
        await page.GetByLabel("Choose files").SetInputFilesAsync([await SampleFileAsync("first.pdf"), await SampleFileAsync("second.pdf")]);
        await page.GetByLabel("Spend at most").FillAsync("2.50");

        await page.GetByRole(AriaRole.Button, new() { Name = "Upload 2 files" }).ClickAsync();
        await Expect(Verdict(page, "first.pdf")).ToContainTextAsync("Accepted");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the batch" }).ClickAsync();

        await Expect(page.Locator("#figures")).ToContainTextAsync("of at most $2.50");
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Whole batch" })).ToHaveAttributeAsync("aria-valuenow", "100");
        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Fields, second.pdf" })).ToHaveAttributeAsync("aria-valuenow", "100");
        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Completed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Batches" }).First.ClickAsync();
        await Expect(page.Locator("#batches")).ToContainTextAsync("2 completed");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_is_cancelled_after_a_question_and_its_documents_can_be_retried()
    {
        var page = await OpenAsync("/");
        await page.GotoAsync($"/batches/{await SendBatchAsync(page, 4)}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel batch" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the batch" }).ClickAsync();

        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Cancelled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry file-4.pdf" }).ClickAsync();
        await Expect(page.Locator(".document-row", new() { HasText = "file-4.pdf" }).Locator(".badge")).ToHaveTextAsync("Completed");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bars_go_on_without_a_reload_after_the_service_was_killed_and_started_again()
    {
        var page = await OpenAsync("/");
        await page.GotoAsync($"/batches/{await SendBatchAsync(page, 6)}");
        await Expect(page.Locator(".document-row").First).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { globalThis.stillTheSamePage = true; }");

        await Service.KillAsync(Ct);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service does not answer");
        var bar = page.GetByRole(AriaRole.Progressbar, new() { Name = "Whole batch" });
        int.Parse((await bar.GetAttributeAsync("aria-valuenow"))!, CultureInfo.InvariantCulture).ShouldBeLessThan(100);
        await Service.StartAsync(Ct);

        await Expect(bar).ToHaveAttributeAsync("aria-valuenow", "100");
        await Expect(page.Locator("#trouble")).ToBeHiddenAsync();
        (await page.EvaluateAsync<bool>("() => globalThis.stillTheSamePage === true")).ShouldBeTrue();
        Faults.ShouldBeEmpty();
    }

    private static ILocator Verdict(IPage page, string name) => page.Locator("#chosen li", new() { HasText = name });

    private static async Task<string> SendBatchAsync(IPage page, int files)
    {
        await page.GetByLabel("Choose files").SetInputFilesAsync(await Task.WhenAll(Enumerable.Range(1, files).Select(number => SampleFileAsync($"file-{number}.pdf"))));
        await page.GetByRole(AriaRole.Button, new() { Name = $"Upload {files} files" }).ClickAsync();
        await Expect(page.Locator("#finished")).ToBeVisibleAsync();
        return (await page.GetByRole(AriaRole.Link, new() { Name = "Open the batch" }).GetAttributeAsync("href"))!.Split('/')[^1];
    }
}
