using Idp.Integration.Faults;
using Microsoft.Playwright;

namespace Idp.Integration.Dashboard;

/// <summary>The viewer: page and fields side by side, pages by account.</summary>
public sealed class ViewerTests(ChromiumBrowser chromium, ServiceOnEmptyFolder service) : DashboardBrowser(chromium, service), IClassFixture<ServiceOnEmptyFolder>
{
    [Fact]
    public async Task A_newcomer_opens_the_sample_and_sees_which_box_proves_a_field()
    {
        await UploadSampleAsync();
        var page = await OpenAsync("/documents");

        await page.GetByRole(AriaRole.Link, new() { Name = "loan-packet.pdf" }).First.ClickAsync();
        var phone = page.Locator("#accounts button[data-mark]", new() { HasText = "(541) 555-0163" });
        await phone.ClickAsync();
        await phone.HoverAsync();

        await Expect(page.Locator("#page-title")).ToHaveTextAsync("Page 2 of 8");
        var mark = await phone.GetAttributeAsync("data-mark");
        var box = page.Locator($"#boxes [data-mark='{mark}']");
        await Expect(box).ToHaveClassAsync("on");
        await Expect(page.Locator("#image")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        var image = (await page.Locator("#image").BoundingBoxAsync()).ShouldNotBeNull();
        var proof = (await box.BoundingBoxAsync()).ShouldNotBeNull();
        (proof.X >= image.X && proof.Y >= image.Y && proof.X + proof.Width <= image.X + image.Width && proof.Width > 10).ShouldBeTrue();
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_lead_through_the_fields_and_the_page_follows()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        await Expect(page.Locator("[data-field]").First).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");

        await Expect(page.Locator("[data-field]").First).ToHaveClassAsync("field-row selected");
        await Expect(page.Locator("#page-title")).ToHaveTextAsync("Page 2 of 8");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("next doubtful field");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Doubtful_fields_come_first_until_the_order_of_the_schema_is_asked_for()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        var first = page.Locator("#accounts .account").First.Locator("[data-field]").First;

        await Expect(first).ToHaveAttributeAsync("data-state", "doubtful");
        await page.GetByLabel("Low confidence first").UncheckAsync();

        await Expect(first).ToHaveAttributeAsync("data-state", "sure");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_is_corrected_approved_and_taken_back_by_keyboard()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        var bank = page.Locator("[data-field]", new() { HasText = "Tidewater Community Bank" }).First;
        await Expect(bank).ToHaveAttributeAsync("data-state", "doubtful");

        await page.Keyboard.PressAsync("n");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Bank name" })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Tidewater Bank of Coldwater");
        await page.Keyboard.PressAsync("Enter");

        var corrected = page.Locator("[data-field]", new() { HasText = "Tidewater Bank of Coldwater" });
        await Expect(corrected).ToHaveAttributeAsync("data-state", "reviewed");
        await Expect(corrected).ToContainTextAsync("read as “Tidewater Community Bank”");
        await page.Keyboard.PressAsync("u");
        await Expect(bank).ToHaveAttributeAsync("data-state", "doubtful");
        await page.Keyboard.PressAsync("a");
        await Expect(bank).ToHaveAttributeAsync("data-state", "reviewed");
        await page.GetByText("Review history").ClickAsync();
        await Expect(page.Locator("#reviews li")).ToHaveCountAsync(3);
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_cannot_be_is_refused_beside_the_field()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        await page.Locator("[data-field] button", new() { HasText = "Date opened" }).First.ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Correct", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Date opened" }).FillAsync("the other day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(page.Locator(".edit .field-problem")).Not.ToBeEmptyAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".edit")).ToHaveCountAsync(0);
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_that_was_missed_is_added_below_the_others()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        var account = page.Locator(".account").First;

        await account.GetByRole(AriaRole.Button, new() { Name = "Add a field that was missed" }).ClickAsync();
        await account.GetByRole(AriaRole.Combobox, new() { Name = "Field" }).SelectOptionAsync("guarantors");
        await account.GetByRole(AriaRole.Textbox, new() { Name = "Value" }).FillAsync("Wendell Marchetti");
        await account.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        var added = account.Locator("[data-field]", new() { HasText = "Wendell Marchetti" });
        await Expect(added).ToHaveAttributeAsync("data-state", "reviewed");
        await Expect(added).ToContainTextAsync("Added by local");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_runs_are_compared()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await Expect(page.Locator("#status .badge")).Not.ToHaveTextAsync("Completed");
        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Completed");

        await page.GetByText("Runs and what changed between them").ClickAsync();

        await Expect(page.Locator("#runs")).ToContainTextAsync("Both runs read the same.");
        Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_is_dragged_to_another_account_and_moved_back_by_keyboard()
    {
        var id = await UploadSampleAsync();
        var page = await OpenAsync($"/documents/{id}");
        var third = page.Locator("#strip button[data-page='3']");
        await Expect(third).ToHaveAccessibleNameAsync("Page 3, account 4410027835");

        await third.DragToAsync(page.Locator("#legend button", new() { HasText = "88-204417-6" }));
        await Expect(third).ToHaveAccessibleNameAsync("Page 3, account 88-204417-6");
        await Expect(page.Locator("#status .badge")).ToHaveTextAsync("Completed");

        await third.FocusAsync();
        await page.Keyboard.PressAsync("m");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "88-204417-6" }).UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "4410027835" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move the page" }).ClickAsync();

        await Expect(third).ToHaveAccessibleNameAsync("Page 3, account 4410027835");
        Faults.ShouldBeEmpty();
    }
}
