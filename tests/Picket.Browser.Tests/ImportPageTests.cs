using System.Text;
using Microsoft.Playwright;
using Picket.Api;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests;

/// <summary>Registering is switched on, a file is taken in, looked at and imported; a device is registered by hand.</summary>
public sealed class ImportPageTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_file_is_checked_looked_at_and_imported_and_a_device_registered_by_hand()
    {
        GrantAddDevice();
        var page = await site.SignedInAsync();
        await page.OpenAsync("/imports");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch registering on" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Registering is on.")).ToBeVisibleAsync();

        await OpenFormAsync(page);
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "New colleagues.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes(
                        "\uFEFFuser_name;first_name;email\r\nb.first;Bea;\r\nb.second;Ben;b.second@example.com\r\nb.third;=Bo;nowhere\r\n"
                    ),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("New colleagues.csv");
        var import = page.GetByRole(AriaRole.Button, new() { Name = "Import 2 lines" });
        await Assertions.Expect(import).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It is no mail address");
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("import-checked"), FullPage = true });

        await page.GetByRole(AriaRole.Link, new() { Name = "Refused: 1" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Locator(".filters .chip").ClickAsync(); // Takes the filter off.
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);

        await import.ClickAsync();
        await page.SayYesAsync();
        await Assertions.Expect(page.GetByText("Completed")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Done: 2" })).ToBeVisibleAsync();
        Assert.Contains("b.second", site.Picket.Emulator.UserNames);
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("import-done"), FullPage = true });
        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Result as CSV" }).ClickAsync()
        );
        Assert.Contains(
            "\"b.first\",\"Create\",\"Done\"",
            await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken)
        );

        await page.GetByRole(AriaRole.Link, new() { Name = "Done: the write of line 2" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Make a user");
        await page.GetByRole(AriaRole.Link, new() { Name = "To the import that wanted it" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("New colleagues.csv");

        await page.OpenAsync("/imports");
        await page.GetByRole(AriaRole.Link, new() { Name = "Register one device" }).ClickAsync();
        await page.GetByLabel("User", new() { Exact = true }).FillAsync("b.first");
        await page.GetByLabel("IMEI").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#imei-mistake")).ToContainTextAsync("15 digits");
        await page.ScreenshotAsync(new() { Path = Pictures.Of("register-mistake"), FullPage = true });
        await page.GetByLabel("IMEI").FillAsync("");
        await page.GetByLabel("Serial number").FillAsync("BROWSER-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register it" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("BROWSER-1");
        await Assertions.Expect(page.GetByText("Completed")).ToBeVisibleAsync();
        Assert.Contains(("BROWSER-1", "b.first"), site.Picket.Emulator.AnnouncedDevices);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_where_it_was_chosen()
    {
        var page = await site.SignedInAsync(width: 390);
        await page.OpenAsync("/imports");
        await OpenFormAsync(page);
        await page.GetByLabel("File", new() { Exact = true })
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "Passwords.csv",
                    MimeType = "text/csv",
                    Buffer = Encoding.UTF8.GetBytes("user_name,password\r\na,b\r\n"),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Passwords are not taken from files")).ToBeVisibleAsync();
        await page.IsFitToShowAsync();
        await page.ScreenshotAsync(new() { Path = Pictures.Of("import-unreadable", width: 390), FullPage = true });
    }

    /// <summary>It stands open while there is no import yet.</summary>
    private static async Task OpenFormAsync(IPage page)
    {
        var file = page.GetByLabel("File", new() { Exact = true });
        await Assertions.Expect(page.Locator("summary", new() { HasText = "Import a file" })).ToBeVisibleAsync();
        if (!await file.IsVisibleAsync())
        {
            await page.Locator("summary", new() { HasText = "Import a file" }).ClickAsync();
        }
    }

    private void GrantAddDevice()
    {
        var uem = site.Picket.Emulator;
        uem.Access.Account(uem.Credentials.Account).Role!.Grant(new Right(Rows.AddDevice, RightMode.Edit));
    }
}
