using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OtpNet;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Integrations;
using Picket.Server.Tests;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne.Emulator.Access;
using Grant = Picket.Core.Identity.Grant;
using Role = Picket.Core.Identity.Role;

namespace Picket.Browser.Tests;

/// <summary>A wipe in the console: one person asks on the page of the device, another approves in the inbox.</summary>
public sealed class WipePageTests(Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_person_asks_another_approves_and_the_device_is_wiped()
    {
        await using var picket = await PicketApplication.StartAsync(
            new() { Settings = new Dictionary<string, string?> { ["Commands:LookEveryMilliseconds"] = "200" } }
        );
        var device = await FleetAsync(picket);
        using var asker = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        using var approver = await Colleague.JoinAsync(picket, new Grant(Role.Approver, null));
        var asking = await SignedInAsync(picket, asker);
        var approving = await SignedInAsync(picket, approver);
        var codes = (Ask: await PrepareAsync(picket, asker), Approve: await PrepareAsync(picket, approver));

        await asking.OpenAsync($"/devices/{device.Id}");
        var panel = asking.Locator("section[aria-labelledby=commands]");
        await Assertions.Expect(panel).ToContainTextAsync("It was told nothing yet.");
        await panel.GetByText("Wipe the organization's part").ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("What the device loses");
        await FillAsync(asking, "#wipe-reason", "Stolen <b>today</b>");
        await FillAsync(asking, "#wipe-code", codes.Ask());
        await ShowAsync(asking, "wipe-form");
        await PressAsync(asking, "Ask for the wipe");
        await asking.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Ask for the wipe" }).ClickAsync();
        await Assertions.Expect(panel).ToContainTextAsync("waits for approval");

        await approving.OpenAsync("/approvals");
        await Assertions.Expect(approving.Locator("nav.menu a[href='/approvals'] .count")).ToHaveTextAsync("1");
        var wipe = approving.GetByRole(AriaRole.Region, new() { Name = "An enterprise wipe waits" });
        await Assertions.Expect(wipe).ToContainTextAsync("Stolen <b>today</b>");
        await ShowAsync(approving, "approvals");
        await wipe.GetByLabel("Code of your authenticator app").FillAsync(codes.Approve());
        await wipe.GetByLabel("Code of your authenticator app").BlurAsync();
        await PressAsync(approving, "Approve the wipe");
        await approving.Locator(".asking").GetByRole(AriaRole.Button, new() { Name = "Approve the wipe" }).ClickAsync();

        await Assertions.Expect(approving.GetByText("Nothing waits")).ToBeVisibleAsync();
        await Assertions.Expect(approving.Locator(".list tbody tr")).ToContainTextAsync("sent, not confirmed yet");
        picket.Emulator.Life.CheckIn(picket.Emulator.Fleet.ById((int)device.UemId)!);
        await asking.OpenAsync($"/devices/{device.Id}");
        await panel.GetByRole(AriaRole.Link, new() { Name = "Enterprise wipe" }).ClickAsync();
        await Assertions.Expect(asking.Locator("h1")).ToHaveTextAsync("Enterprise wipe");
        await Assertions.Expect(asking.GetByText(approver.Name)).ToBeVisibleAsync();
        await ShowAsync(asking, "command");
        Assert.Equal("Unenrolled", picket.Emulator.Fleet.ById((int)device.UemId)!.EnrollmentStatus);
    }

    [Fact]
    public async Task Who_has_no_second_factor_is_told_so_and_an_empty_inbox_says_what_comes_there()
    {
        await using var picket = await PicketApplication.StartAsync();
        var device = await FleetAsync(picket);
        var page = await browser.SignedInAsync(picket, PicketApplication.Owner.Name);

        await page.OpenAsync($"/devices/{device.Id}");
        await page.GetByText("Wipe the organization's part").ClickAsync();
        await Assertions.Expect(page.GetByText("You have no second factor.")).ToBeVisibleAsync();
        await PressAsync(page, "Have it report");
        await Assertions.Expect(page.Locator("section[aria-labelledby=commands] li")).ToContainTextAsync("Report");
        await page.OpenAsync("/approvals");
        await Assertions.Expect(page.GetByText("Nothing waits")).ToBeVisibleAsync();
        await PressAsync(page, "Switch wipes off");
        await Assertions.Expect(page.GetByText("Enterprise wipes are off.")).ToBeVisibleAsync();
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

        var wish = new SetCommands
        {
            Commands = true,
            Wipes = true,
            WipeDelayMinutes = 0,
        };
        await client.SetCommandsAsync(integration.Id, wish, Cancellation);
        await using var db = picket.OpenDatabase();
        var since = TimeProvider.System.GetUtcNow().AddHours(-40);
        var id = await db
            .Devices.Where(row => row.EnrollmentStatus == "Enrolled" && row.LastSeenAt > since)
            .OrderBy(row => row.RemoteId)
            .Select(row => row.Id)
            .FirstAsync(Cancellation);
        return (await client.DeviceAsync(id, Cancellation)).Device;
    }

    /// <summary>A second factor, and a UEM account of one's own.</summary>
    /// <returns>The next code that is good.</returns>
    private static async Task<Func<string>> PrepareAsync(PicketApplication picket, Colleague colleague)
    {
        var secret = Base32Encoding.ToBytes((await colleague.Client.NewSecondFactorAsync(Cancellation)).Secret);
        await colleague.Client.ConfirmSecondFactorAsync(new SecondFactorCode(Code(0)), Cancellation);
        var account = picket.Emulator.Access.AddAccount(
            colleague.Name,
            "secret",
            SeededRoles.ConsoleAdministrator,
            picket.Emulator.OrganizationGroup.Index
        );
        await using var db = picket.OpenDatabase();
        var now = TimeProvider.System.GetUtcNow();
        db.AdminLinks.Add(
            new AdminLinkRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = await db.Integrations.Select(row => row.Id).SingleAsync(Cancellation),
                PersonId = await db
                    .Persons.Where(row => row.UserName == colleague.Name)
                    .Select(row => row.Id)
                    .SingleAsync(Cancellation),
                AdminUuid = account.Uuid,
                UserName = account.Name,
                LinkedAt = now,
                ReadAt = now,
            }
        );
        await db.SaveChangesAsync(Cancellation);
        return () => Code(30);

        string Code(int ahead) =>
            new Totp(secret).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(ahead));
    }

    private async Task<IPage> SignedInAsync(PicketApplication picket, Colleague colleague) =>
        await (await browser.OpenAsync(picket.Http.BaseAddress!)).SignedInAsync(colleague.Name, Colleague.Password);

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

    private static async Task FillAsync(IPage page, string field, string text)
    {
        await page.Locator(field).FillAsync(text);
        await page.Locator(field).BlurAsync();
    }

    private static Task PressAsync(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
