using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Picket.Browser.Tests;

[Collection(QuietSite.Name)]
public sealed class ConsoleTests(Site site)
{
    [Fact]
    public async Task A_stranger_is_sent_to_the_sign_in_and_a_wrong_password_is_refused()
    {
        var page = await site.Browser.OpenAsync(site.Picket.Http.BaseAddress!);

        await page.GotoAsync("/devices");
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Name or mail address").FillAsync("owner");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The name or the password is wrong");
    }

    [Fact]
    public async Task The_overview_shows_the_same_verdicts_as_the_api()
    {
        var overview = await site.Picket.Client.OverviewAsync(TestContext.Current.CancellationToken);
        var page = await site.SignedInAsync();

        var secure = overview.Verdicts.Secure.ToString("N0", CultureInfo.InvariantCulture);
        await Assertions.Expect(page.Locator(".levels .c-secure strong")).ToHaveTextAsync(secure);
        var unknown = overview.Verdicts.Unknown.ToString("N0", CultureInfo.InvariantCulture);
        await Assertions.Expect(page.Locator(".levels .c-unknown strong")).ToHaveTextAsync(unknown);
        await Assertions.Expect(page.Locator("#health").Locator("..")).ToContainTextAsync("Northwind");
    }

    [Fact]
    public async Task A_verdict_leads_to_its_devices_and_a_device_to_its_evidence()
    {
        var page = await site.SignedInAsync();

        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await page.Locator(".levels .c-critical").ClickAsync();
        await page.WaitForURLAsync("**/devices?level=Critical");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        await page.Locator("tbody a").First.ClickAsync();

        await Assertions.Expect(page.Locator(".finding").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".finding .evidence").First).ToContainTextAsync("Rule");
    }

    [Fact]
    public async Task Devices_are_found_by_name_and_pages_go_on()
    {
        var page = await site.SignedInAsync();
        await page.GotoAsync("/devices");
        var rows = page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(50);
        await page.Locator(".shell[data-interactive]").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(100);

        var name = await rows.First.Locator("a").First.InnerTextAsync();
        await page.GetByLabel("Search devices").FillAsync(name);
        await page.GetByLabel("Search devices").PressAsync("Enter");
        await Assertions.Expect(rows.First).ToContainTextAsync(name);
    }

    [Fact]
    public async Task The_overview_tells_what_the_integration_does_next_and_may_spend()
    {
        var page = await site.SignedInAsync();
        var panel = page.Locator(".integration", new() { HasText = "Northwind" });

        await Assertions.Expect(panel).ToContainTextAsync("Completed");
        await Assertions.Expect(panel).ToContainTextAsync(new Regex("in [34] h")); // The site has run for a while.
        await Assertions.Expect(panel).ToContainTextAsync("50% of the UEM's");
        await Assertions.Expect(panel).ToContainTextAsync("off: nothing is written to the UEM");
        await page.Locator(".shell[data-interactive]").WaitForAsync(); // Blazor may lose a click while it takes the page over.
        await panel.GetByRole(AriaRole.Link, new() { Name = "Preview the tags" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Responses");
    }

    [Fact]
    public async Task Filters_that_nothing_fits_say_so_and_lead_back()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/devices?level=Critical&search=zzz&integration=none");

        await Assertions.Expect(page.Locator(".card")).ToContainTextAsync("No device matches");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all devices" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
    }

    [Fact]
    public async Task An_address_without_a_page_says_so_to_a_person_and_keeps_problem_details_for_programs()
    {
        var page = await site.SignedInAsync();
        var answer = await page.GotoAsync("/no/such/page");
        using var program = await site.Picket.Http.GetAsync(
            new Uri("/api/v1/nothing", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("There is nothing at this address");
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var page = await site.SignedInAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GotoAsync("/");

        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }
}
