using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Commands;
using Picket.Server.Risk;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>A message to a device's user: seen word for word on the page of the device before it goes.</summary>
public sealed class MessagePageTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_text_is_seen_before_it_goes_and_of_a_watched_user_only_whoever_insists_sends_one()
    {
        await using var picket = await PicketApplication.StartAsync(
            new() { Settings = new Dictionary<string, string?> { ["Commands:LookEveryMilliseconds"] = "200" } }
        );
        var device = await FleetAsync(picket);
        await FindAsync(picket, device, FindingKinds.ModelListed, RiskLevel.Critical);
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);

        await page.OpenAsync($"/devices/{device.Id}");
        var panel = page.Locator("section[aria-labelledby=commands]");
        await panel.GetByText("Write to its user").ClickAsync();
        await panel.GetByLabel("By", new() { Exact = true }).SelectOptionAsync("Email");
        var told = panel.Locator("blockquote");
        await Assertions.Expect(told).ToContainTextAsync("This model is not to be used for work any more");
        await Assertions.Expect(told).ToContainTextAsync("About the device that you use for work");
        var text = await told.Locator("p").InnerTextAsync();
        await ShowAsync(page, "message");
        await PressAsync(page, "Send it");
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await TakenAsync(picket, 1);
        await Assertions.Expect(panel).ToContainTextAsync("taken by the UEM");

        var sent = Assert.Single(picket.Emulator.Commands.All);
        Assert.Equal(("EmailMessage", text), (sent.Name, sent.Text));
        await Assertions.Expect(panel).ToContainTextAsync("was sent a message about this finding");

        await FindAsync(picket, device, FindingKinds.Stalkerware, RiskLevel.High);
        await page.OpenAsync($"/devices/{device.Id}");
        await panel.GetByText("Write to its user").ClickAsync();
        await panel
            .GetByLabel("About")
            .SelectOptionAsync(new SelectOptionValue { Label = "App is listed as stalkerware" });
        await Assertions.Expect(told).ToContainTextAsync("Please see your help desk in person");
        await Assertions.Expect(panel).ToContainTextAsync("Somebody may watch what this user is sent.");
        await panel.GetByLabel("Why you insist").FillAsync("Agreed with <b>HR</b>");
        await panel.GetByLabel("Why you insist").BlurAsync();
        await ShowAsync(page, "message-insist");
        await PressAsync(page, "Insist and send it");
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Insist and send it" }).ClickAsync();
        await TakenAsync(picket, 2);
        await Assertions.Expect(panel.GetByText("taken by the UEM")).ToHaveCountAsync(2);
        await panel.GetByRole(AriaRole.Link, new() { Name = "Message to the user" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Message to the user");
        await Assertions.Expect(page.GetByText("an administrator insisted")).ToBeVisibleAsync();
        await ShowAsync(page, "message-sent");

        await WaitAsync(picket, device);
        await page.OpenAsync("/approvals");
        var waits = page.GetByRole(AriaRole.Region, new() { Name = "Messages to users wait" });
        await waits.GetByText("All of them, word for word").ClickAsync();
        await Assertions.Expect(waits).ToContainTextAsync("Please <b>update</b>.");
        await ShowAsync(page, "messages-wait");
        await PressAsync(page, "Decline the messages");
        await page.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Decline the messages" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing waits")).ToBeVisibleAsync();
        Assert.Equal(2, picket.Emulator.Commands.All.Count);
        Assert.DoesNotContain(
            picket.Emulator.Commands.All,
            one => one.Text!.Contains("stalker", StringComparison.Ordinal)
        );
    }

    private static async Task<DeviceSummary> FleetAsync(PicketApplication picket)
    {
        var integration = await picket.CreateIntegrationAsync();
        var client = picket.Client;
        var run = await client.StartRunAsync(integration.Id, new StartRun(RunKind.Full), Cancellation);
        while ((await client.RunAsync(run.Id, Cancellation)).State is RunState.Queued or RunState.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }

        var wish = new SetCommands { Commands = true, Messages = true };
        await client.SetCommandsAsync(integration.Id, wish, Cancellation);
        await using var db = picket.OpenDatabase();
        var id = await db
            .Devices.Where(row => row.EnrollmentStatus == "Enrolled")
            .OrderBy(row => row.RemoteId)
            .Select(row => row.Id)
            .FirstAsync(Cancellation);
        return (await client.DeviceAsync(id, Cancellation)).Device;
    }

    /// <summary>As the policy makes one, of a finding that is open.</summary>
    private static async Task WaitAsync(PicketApplication picket, DeviceSummary device)
    {
        await using var db = picket.OpenDatabase();
        var now = TimeProvider.System.GetUtcNow();
        db.DeviceCommands.Add(
            new DeviceCommandRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = device.IntegrationId,
                DeviceId = device.Id,
                RemoteId = (int)device.UemId,
                Kind = CommandKind.Message,
                State = CommandState.Waiting,
                Brake = CommandBrake.PolicyPreview,
                FindingId = await db
                    .Findings.Where(row => row.DeviceId == device.Id && row.ClearedAt == null)
                    .Select(row => row.Id)
                    .FirstAsync(Cancellation),
                MessageBy = Core.Response.MessageChannel.Push,
                MessageText = "Please <b>update</b>.",
                PolicyVersion = 0,
                WantedBy = "policy",
                WantedAt = now,
            }
        );
        await db.SaveChangesAsync(Cancellation);
    }

    private static async Task TakenAsync(PicketApplication picket, int messages)
    {
        var taken = new CommandFilter { State = DeviceCommandState.Taken };
        while (await picket.Client.Commands(taken).CountAsync(Cancellation) < messages)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
        }
    }

    private static async Task FindAsync(
        PicketApplication picket,
        DeviceSummary device,
        FindingKind kind,
        RiskLevel level
    )
    {
        var found = new Finding(
            kind.Id,
            kind.RuleVersion,
            $"{kind.Id}|test",
            level,
            kind.Title,
            "Look at it.",
            [],
            FindingProof.Reported,
            new FindingEvidence([])
        );
        var now = TimeProvider.System.GetUtcNow();
        await using var db = picket.OpenDatabase();
        db.Findings.Add(
            new FindingRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = device.IntegrationId,
                DeviceId = device.Id,
                Kind = found.Kind,
                Key = found.Key,
                Level = found.Level,
                Title = found.Title,
                Detail = FindingJson.Write(found),
                FirstTrueAt = now,
                LastTrueAt = now,
            }
        );
        await db.SaveChangesAsync(Cancellation);
    }

    private static async Task ShowAsync(IPage page, string name)
    {
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of(name), FullPage = true });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of(name, ColorScheme.Dark, 390), FullPage = true });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1280, 900);
    }

    private static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
