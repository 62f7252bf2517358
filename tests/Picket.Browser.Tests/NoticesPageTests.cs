using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Tests;
using Picket.Server.Tests.Notices;

namespace Picket.Browser.Tests;

/// <summary>Who is told what is chosen in the console, tried there, and mended there.</summary>
public sealed class NoticesPageTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_made_its_secret_shown_once_a_test_sent_and_what_was_given_up_sent_again()
    {
        await using var picket = await PicketApplication.StartAsync(
            new() { Settings = new Dictionary<string, string?> { ["Notices:LookEveryMilliseconds"] = "200" } }
        );
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Secrets.Add(WebhookSignature.NewSecret());
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);
        await page.GotoAsync("/notices");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await page.GetByText("Add a channel", new() { Exact = true }).ClickAsync();
        await FillAsync(page, "Name", "siem");
        await FillAsync(page, "Address", "http://siem.example.com");
        await PressAsync(page, "Add the channel");
        await Assertions.Expect(page.GetByText("is not https")).ToBeVisibleAsync();
        await page.IsFitToShowAsync();

        await FillAsync(page, "Address", receiver.Address);
        await FillAsync(page, "CA certificate (PEM)", receiver.CaPem);
        await PressAsync(page, "Add the channel");
        await Assertions.Expect(page.Locator(".once")).ToContainTextAsync("whsec_");
        await Assertions.Expect(page.Locator("section h3")).ToHaveTextAsync("siem");
        receiver.Answer = http =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        await PressAsync(page, "Send a test");
        var row = page.Locator(".list tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("given up");
        await Assertions.Expect(page.GetByText("The receiver answered 410 Gone")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await Assertions.Expect(page.Locator(".once")).ToHaveCountAsync(0);
        await page.IsFitToShowAsync();

        receiver.Answer = null;
        await page.GetByText("Settings of the channel").ClickAsync();
        await page.GetByLabel("Send through this channel").CheckAsync();
        await PressAsync(page, "Save");
        await Assertions.Expect(page.GetByText("The receiver answered 410 Gone")).ToHaveCountAsync(0);
        await PressAsync(page, "Send again");
        await Assertions.Expect(row).ToContainTextAsync("delivered");
        Assert.Equal(2, receiver.All.Count);
        Assert.Single((await picket.Client.NoticeChannels().ToListAsync(Cancellation)));
    }

    private static async Task FillAsync(IPage page, string label, string text)
    {
        var field = page.GetByLabel(label, new() { Exact = true }).Last;
        await field.FillAsync(text);
        await field.BlurAsync();
    }

    private static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
