using Microsoft.Playwright;

namespace Picket.Browser.Tests;

/// <summary>A policy is tried from its form, and what it would change is shown with the devices behind each number.</summary>
[Collection(QuietSite.Name)]
public sealed class WhatIfPageTests(Site site)
{
    private const string Strict = """
        version: 1
        policies:
          - name: Strict
            group: "*"
            levels: {device.no-passcode: critical, device.not-compliant: low, os.outdated: off}
            ages: {patchAge: {30d: medium, 60d: high}}
        """;

    [Fact]
    public async Task What_a_policy_would_change_is_seen_before_it_holds()
    {
        var page = await site.SignedInAsync();
        var walk = await PageWalk.OfAsync(page, site.Picket.Http.BaseAddress!);
        await page.OpenAsync("/what-if");
        await page.Locator(".shell[data-interactive]").WaitForAsync();
        var text = page.GetByLabel("Document to try");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin with the policy in force" }).ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^# The policy"));

        await text.FillAsync("version: 1\npolicies:\n  - nam: X");
        await text.BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("line 3");

        await text.FillAsync(Strict);
        await text.BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "What it would change", Level = 1 }).WaitForAsync();
        await Assertions.Expect(page.Locator("#moves")).ToBeVisibleAsync();
        await walk.LookAsync("trial");
        await page.Locator("section[aria-labelledby=moves] td.num a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".list tbody tr").First).ToBeVisibleAsync();
        await walk.LookAsync("trial-devices");
        walk.FoundNothing();
    }
}
