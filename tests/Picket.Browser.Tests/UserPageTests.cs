using System.Text.Json;
using Microsoft.Playwright;
using Picket.Api;
using Picket.Server.Inventory;

namespace Picket.Browser.Tests;

/// <summary>A user of the UEM: found in the directory, looked at, taken along, erased.</summary>
[Collection(QuietSite.Name)]
public sealed class UserPageTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_is_a_press_away_wherever_their_name_stands()
    {
        var user = await SomebodyAsync(0);
        var device = (await DevicesOfAsync(user))[0];
        var group = (await site.Picket.Client.GroupsOfUser(user.Id).PageAsync(Cancellation)).Items[0];
        var page = await site.SignedInAsync();
        foreach (
            var address in new[]
            {
                $"/directory/users?search={user.UserName}",
                $"/devices?search={user.UserName}",
                $"/devices/{device.Id}",
                $"/directory/user-groups/{group.Id}",
            }
        )
        {
            await page.OpenAsync(address);
            var link = page.Locator($"main a[href='/users/{user.Id}']").First;
            await Assertions.Expect(link).ToHaveTextAsync(user.UserName);
            await link.ClickAsync();
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(user.UserName);
        }

        await page.IsFitToShowAsync();
        await page.Locator($"main a[href='/devices/{device.Id}']").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(device.FriendlyName);
    }

    [Fact]
    public async Task What_is_kept_of_a_person_is_taken_along_erased_and_kept_again()
    {
        var user = await SomebodyAsync(1);
        var page = await site.SignedInAsync();
        await page.OpenAsync($"/directory/users?search={user.UserName}");
        await page.Locator($"main a[href='/users/{user.Id}']").First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(user.UserName);

        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Export as a file" }).ClickAsync()
        );
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(await file.PathAsync(), Cancellation));
        Assert.True(kept.RootElement.GetProperty("complete").GetBoolean());
        Assert.Equal($"picket-user-{user.UemId}.json", file.SuggestedFilename);

        await page.GetByRole(AriaRole.Button, new() { Name = "Erase …" }).ClickAsync();
        var erase = page.GetByRole(AriaRole.Button, new() { Name = "Erase this person" });
        await Assertions.Expect(erase).ToBeDisabledAsync();
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("user-erasing"), FullPage = true });
        await page.GetByLabel($"Type {user.UserName} to erase it").FillAsync(user.UserName);
        await erase.ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Erased user {user.UemId}");
        await Assertions.Expect(page.GetByText("Erased.", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync(user.UserName);
        await page.IsFitToShowAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the name again" }).ClickAsync();
        await page.SayYesAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Erase …" })).ToBeVisibleAsync();
        await site.RunAsync();
        await page.OpenAsync($"/users/{user.Id}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(user.UserName);
    }

    [Fact]
    public async Task Of_a_user_who_left_without_a_trace_that_is_said_and_erased_for_good()
    {
        var lonely = new UserRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = site.Integration.Id,
            RemoteId = 987_654,
            UserName = "a.name.that.is.longer.than.any.other.and.has.no.place.to.break.at@example.com",
            Hash = [],
            GoneAt = TimeProvider.System.GetUtcNow(), // So that no list counts them.
        };
        await using (var db = site.Picket.OpenDatabase())
        {
            db.Users.Add(lonely);
            await db.SaveChangesAsync(Cancellation);
        }

        var page = await site.SignedInAsync(width: 390);
        await page.OpenAsync($"/users/{lonely.Id}");

        await Assertions.Expect(page.GetByText("The UEM says of no device that it is theirs.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Nothing: no tag and no message was ever sent")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("left the UEM")).ToBeVisibleAsync();
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("user-gone", width: 390), FullPage = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "Erase …" }).ClickAsync();
        await page.GetByLabel("to erase it").FillAsync(lonely.UserName);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The person is erased");
    }

    private async Task<List<DeviceSummary>> DevicesOfAsync(UserView user) =>
        await site.Picket.Client.Devices(new DeviceFilter { UserId = user.Id }).ToListAsync(Cancellation);

    /// <summary>Of those who have a device and a group.</summary>
    private async Task<UserView> SomebodyAsync(int which)
    {
        var found = new HashSet<Guid>();
        await foreach (var device in site.Picket.Client.Devices())
        {
            if (
                device.UserId is { } id
                && found.Add(id)
                && await site.Picket.Client.UserAsync(id, Cancellation) is { Groups: > 0, User: var user }
                && which-- == 0
            )
            {
                return user;
            }
        }

        throw new InvalidOperationException("Nobody has a device and a group.");
    }
}
