using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>Files that were chosen and not sent.</summary>
public sealed class ChosenFilesTests(ChromiumBrowser chromium, ServiceOnEmptyFolder service) : DashboardBrowser(chromium, service), IClassFixture<ServiceOnEmptyFolder>
{
    [Fact]
    public async Task Files_are_judged_before_anything_is_sent()
    {
        var page = await OpenAsync("/");

        await page.GetByLabel("Choose files").SetInputFilesAsync([await SampleFileAsync("a.pdf"), Text("letter.pdf"), await SampleFileAsync("b.pdf"), Empty("empty.png")]);

        await Expect(Verdict(page, "a.pdf")).ToContainTextAsync("Ready");
        await Expect(Verdict(page, "letter.pdf")).ToContainTextAsync("Not a supported type");
        await Expect(Verdict(page, "empty.png")).ToContainTextAsync("The file is empty");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Upload 2 files" })).ToBeEnabledAsync();
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_page_of_a_file_is_shown_before_anything_is_sent()
    {
        var page = await OpenAsync("/");

        await page.GetByLabel("Choose files").SetInputFilesAsync([await SampleFileAsync("a.pdf"), Text("letter.pdf")]);

        await Expect(page.Locator(".file", new() { HasText = "a.pdf" }).Locator(".thumb canvas")).ToBeVisibleAsync();
        await Expect(page.Locator(".file", new() { HasText = "letter.pdf" }).Locator(".thumb svg")).ToBeVisibleAsync();
        (await Service.GetAsync("/v1/documents", Ct)).GetProperty("items").GetArrayLength().ShouldBe(0);
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_file_twice_in_a_selection_is_sent_once()
    {
        var page = await OpenAsync("/");
        var one = await SampleFileAsync("one.pdf");

        await page.GetByLabel("Choose files").SetInputFilesAsync([one, new FilePayload { Name = "two.pdf", MimeType = one.MimeType, Buffer = one.Buffer }]);

        await Expect(Verdict(page, "two.pdf")).ToContainTextAsync("The same as one.pdf");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Upload 1 file" })).ToBeEnabledAsync();
    }

    private static ILocator Verdict(IPage page, string name) => page.Locator("#chosen li", new() { HasText = name });

    private static FilePayload Text(string name) => new() { Name = name, MimeType = "application/pdf", Buffer = "Dear reader"u8.ToArray() };

    private static FilePayload Empty(string name) => new() { Name = name, MimeType = "image/png", Buffer = [] };
}
