using Microsoft.Playwright;
using Picket.Server.Tests;

namespace Picket.Browser.Tests;

/// <summary>A server that is told to end while somebody looks at its pages.</summary>
public sealed class EndingServerTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>Well below what a server gives itself before it breaks off what is open.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(6);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_although_open_pages_come_back_the_moment_they_are_let_go()
    {
        using var folder = new TemporaryFolder();
        for (var round = 0; round < 4; round++) // They are not always quick enough.
        {
            await using var server = PicketProcess.Start(folder.Path);
            await server.ReadyAsync(Cancel);
            await OpenAsync(server.Address, "/");
            await OpenAsync(server.Address, "/integrations");

            await server.TerminateAsync();

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(AtOnce);
            Assert.Equal(0, await server.ExitCodeAsync(patience.Token));
        }
    }

    private async Task OpenAsync(Uri server, string path)
    {
        var page = await browser.OpenAsync(server);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name or mail address").FillAsync(PicketApplication.Owner.Name);
        await page.GetByLabel("Password").FillAsync(PicketApplication.Owner.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await page.OpenAsync(path);
    }
}
