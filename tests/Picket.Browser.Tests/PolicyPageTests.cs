using Microsoft.Playwright;
using Picket.Api;

namespace Picket.Browser.Tests;

/// <summary>A policy is written, tried, put in force and gone back from, all on its page.</summary>
[Collection(QuietSite.Name)]
public sealed class PolicyPageTests(Site site)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mistake_is_told_while_it_is_typed_and_a_change_is_seen_before_it_holds()
    {
        var page = await site.SignedInAsync();
        await page.OpenAsync("/policy");
        var editor = page.GetByLabel("The document");
        var text = await editor.InputValueAsync();
        Assert.StartsWith("# The policy that holds", text, StringComparison.Ordinal);

        await editor.FillAsync(text.Replace("os.outdated: low", "os.outdated: lo", StringComparison.Ordinal));
        var mistakes = page.Locator("#policy-mistakes");
        await Assertions.Expect(mistakes).ToContainTextAsync("Line ");
        await Assertions.Expect(mistakes).ToContainTextAsync("low, medium, high, critical, off");
        await page.IsFitToShowAsync();

        var changed =
            text.Replace("os.outdated: low", "os.outdated: medium", StringComparison.Ordinal)
            + "tags: [{set: Access, tags: [{tag: Acme-Quarantine, level: [high, critical]}]}]\n";
        await editor.FillAsync(changed);
        await Assertions.Expect(mistakes).ToContainTextAsync("2 differences");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it would change" }).ClickAsync();
        var row = page.Locator("tr", new() { HasText = "levels.os.outdated" });
        await Assertions.Expect(row).ToContainTextAsync("low");
        await Assertions.Expect(row).ToContainTextAsync("medium");
        var tag = page.Locator("tr", new() { HasText = "Acme-Quarantine" });
        await Assertions.Expect(tag.First).ToContainTextAsync("level high or critical");
        await Assertions.Expect(tag.Last.Locator("td.num").First).ToHaveTextAsync("0");
        await page.IsFitToShowAsync();
        Assert.Equal(text, (await site.Picket.Client.PolicyAsync(Cancellation)).Text);

        await page.GetByLabel("Why (for those who come later)").FillAsync("Updates count more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it in force" }).ClickAsync();
        await page.GetByRole(AriaRole.Group)
            .GetByRole(AriaRole.Button, new() { Name = "Put it in force" })
            .ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("is in force");
        var sets = page.GetByRole(AriaRole.Region, new() { Name = "Lines of the sets of tags" });
        await Assertions.Expect(sets).ToContainTextAsync("Acme-Quarantine");
        await Assertions
            .Expect(sets.GetByRole(AriaRole.Link))
            .ToHaveAttributeAsync("href", "/devices?tag=Acme-Quarantine");
        await page.IsFitToShowAsync();
        var inForce = await site.Picket.Client.PolicyAsync(Cancellation);
        Assert.Equal((changed, "Updates count more"), (inForce.Text!.ReplaceLineEndings("\n"), inForce.Comment));

        await site.Picket.Client.ApplyPolicyAsync(new ApplyPolicy(text, inForce.Number), Cancellation);
    }
}
