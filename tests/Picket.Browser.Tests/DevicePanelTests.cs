using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

[Collection(QuietSite.Name)]
public sealed class DevicePanelTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_of_the_organization_shows_its_apps_what_happened_and_its_tags()
    {
        var page = await OpenAsync(
            new DeviceFilter { Ownership = DeviceOwnership.CorporateDedicated, Level = Level.High }
        );

        await Assertions.Expect(Panel(page, "apps").Locator("li").First).ToBeVisibleAsync();
        await Assertions.Expect(Panel(page, "timeline")).ToContainTextAsync("apps came");
        await Assertions.Expect(Panel(page, "tags")).ToContainTextAsync("Writing is off");
        await Assertions.Expect(Panel(page, "tags")).ToContainTextAsync("wanted");
        await Panel(page, "apps").GetByRole(AriaRole.Button, new() { Name = "Gone" }).ClickAsync();
        await Assertions.Expect(Panel(page, "apps")).ToContainTextAsync("None was seen to go");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show findings that ended" }).ClickAsync();
        await Assertions.Expect(page.GetByText("None has ended.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_apps_of_an_employees_device_are_read_only_when_somebody_asks()
    {
        var page = await OpenAsync(new DeviceFilter { Ownership = DeviceOwnership.EmployeeOwned, Level = Level.High });
        var device = new Uri(page.Url).Segments[^1];
        var apps = Panel(page, "apps");
        await Assertions
            .Expect(Panel(page, "timeline"))
            .ToContainTextAsync(new Regex("Judged for the first time|Verdict went"));
        await Assertions.Expect(Panel(page, "timeline")).Not.ToContainTextAsync("App came");
        Assert.Equal(0, await ReadingsAsync(device));

        await apps.GetByRole(AriaRole.Button, new() { Name = "Show its apps" }).ClickAsync();

        await Assertions.Expect(apps.GetByRole(AriaRole.Button, new() { Name = "On it now" })).ToBeVisibleAsync();
        Assert.Equal(1, await ReadingsAsync(device));
    }

    [Fact]
    public async Task A_device_that_cannot_be_judged_says_why_and_what_mends_it()
    {
        var page = await OpenAsync(new DeviceFilter { Level = Level.Unknown });

        await Assertions.Expect(page.GetByText("This device cannot be judged")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".blind .pill").First).ToHaveTextAsync("needed");
        await page.Locator(".blind summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".blind li").First).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(DeviceFilter filter)
    {
        var device = (await site.Picket.Client.Devices(filter).PageAsync(Cancellation)).Items[0];
        var page = await site.SignedInAsync();
        await page.OpenAsync($"/devices/{device.Id}");
        return page;
    }

    private async Task<int> ReadingsAsync(string device) =>
        (await site.Picket.Client.Audit(new AuditFilter { Limit = 500 }).PageAsync(Cancellation)).Items.Count(entry =>
            entry.Action == "device.apps-read" && entry.Subject == device
        );

    private static ILocator Panel(IPage page, string heading) =>
        page.Locator("section", new() { Has = page.Locator($"#{heading}") });
}
