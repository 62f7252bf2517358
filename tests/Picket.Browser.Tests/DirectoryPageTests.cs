using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>People and groups of the UEM: each count leads to its rows, each row to its devices.</summary>
[Collection(QuietSite.Name)]
public sealed class DirectoryPageTests(Site site)
{
    [Fact]
    public async Task The_count_of_users_leads_to_every_one_of_them_and_a_user_to_their_devices()
    {
        var page = await OpenAsync($"/integrations/{site.Integration.Id}");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "160", Exact = true });
        await link.ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);

        foreach (var rows in new[] { 100, 150, 160 })
        {
            await page.GetByText("Show more").ClickAsync();
            await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(rows);
        }

        await page.IsFitToShowAsync();
        var name = await page.Locator("tbody tr bdi").First.InnerTextAsync();
        await page.GetByLabel($"Devices of {name}", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Devices");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "One user" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync(name);
    }

    [Fact]
    public async Task Each_kind_is_listed_and_found_by_the_begin_of_its_name()
    {
        var page = await OpenAsync("/directory/users");
        foreach (var kind in new[] { "Administrators", "Organization groups", "Smart groups", "User groups" })
        {
            await page.Locator(".tabs").GetByText(kind, new() { Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator(".tabs [aria-current=page]")).ToHaveTextAsync(kind);
            await Assertions.Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        }

        await page.GotoAsync("/directory/groups?search=northwind%20care");
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("Northwind Care");
        await page.GotoAsync("/directory/groups?search=nothing-begins-so");
        await Assertions.Expect(page.GetByText("No name starts like that")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync(address);
        return page;
    }
}
