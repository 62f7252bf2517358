using Microsoft.Playwright;
using Picket.Server.Inventory;

namespace Picket.Browser.Tests;

/// <summary>Whoever makes an app chooses its id, and may choose one that looks like an address.</summary>
[Collection(QuietSite.Name)]
public sealed class AppAddressTests(Site site)
{
    private const string Id = "com/evil/../app";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_whose_id_has_slashes_has_a_page()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = site.Picket.OpenDatabase();
        var app = new AppRow
        {
            Id = Guid.CreateVersion7(),
            Platform = "Apple",
            Identifier = Id,
            Name = "Odd one",
        };
        var device = new DeviceRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = site.Integration.Id,
            RemoteId = 987_654,
            FriendlyName = "Phone with the odd one",
            Hash = [],
            JudgingDue = false,
        };
        var held = new DeviceAppRow
        {
            Id = Guid.CreateVersion7(),
            DeviceId = device.Id,
            AppId = app.Id,
            Version = "1.0",
            FirstSeenAt = now,
        };
        db.AddRange(app, device, held);
        await db.SaveChangesAsync(Cancel);
        var page = await site.SignedInAsync();

        // By a link within the open page, and as an address that somebody was sent.
        await page.OpenAsync("/apps?search=com%2Fevil");
        await page.GetByRole(AriaRole.Link, new() { Name = "Odd one" }).ClickAsync();
        await ExpectPageAsync(page);
        await page.OpenAsync(page.Url);
        await ExpectPageAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Has or had it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("still there")).ToBeVisibleAsync();

        db.RemoveRange(held, device, app);
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task ExpectPageAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Odd one");
        await Assertions.Expect(page.Locator(".sub code")).ToHaveTextAsync(Id);
        await Assertions
            .Expect(page.GetByRole(AriaRole.Link, new() { Name = "Phone with the odd one" }))
            .ToBeVisibleAsync();
    }
}
