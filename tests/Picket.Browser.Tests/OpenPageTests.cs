using Microsoft.Playwright;
using Picket.Core.Identity;
using Picket.Server.Inventory;
using Picket.Server.Tests.People;

namespace Picket.Browser.Tests;

/// <summary>What an open page leads to is asked for as strictly as an address that is typed in.</summary>
[Collection(QuietSite.Name)]
public sealed class OpenPageTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_of_another_integration_stays_closed()
    {
        var foreign = new DeviceRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = Guid.CreateVersion7(),
            RemoteId = 1,
            FriendlyName = "Another integration's",
            Hash = [],
            JudgingDue = false,
        };
        await using var db = site.Picket.OpenDatabase();
        db.Devices.Add(foreign);
        await db.SaveChangesAsync(Cancellation);
        using var somebody = await Colleague.JoinAsync(site.Picket, new Grant(Role.Analyst, site.Integration.Id));
        var page = await SignedInAsync(somebody);

        await page.Locator("main table a[href^='/devices/']").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Facts" })).ToBeVisibleAsync();
        await page.EvaluateAsync("address => Blazor.navigateTo(address)", $"/devices/{foreign.Id}");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("This page is not for your role");
        db.Devices.Remove(foreign);
        await db.SaveChangesAsync(Cancellation);
    }

    private async Task<IPage> SignedInAsync(Colleague somebody)
    {
        var page = await site.Browser.OpenAsync(site.Picket.Http.BaseAddress!);
        await page.SignedInAsync(somebody.Name, Colleague.Password, "/sign-in?ReturnUrl=/devices");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        return page;
    }
}
