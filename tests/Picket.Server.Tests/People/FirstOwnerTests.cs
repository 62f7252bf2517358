using System.Net;
using Picket.Api;
using Picket.Server.People;

namespace Picket.Server.Tests.People;

/// <summary>From a server that nobody owns to its first owner.</summary>
public sealed class FirstOwnerTests
{
    private const string Password = "a walrus on a bicycle";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_holds_the_printed_link_owns_the_server_once()
    {
        using var folder = new TemporaryFolder();
        await using var server = PicketProcess.Start(folder.Path);
        var code = await server.FirstOwnerCodeAsync(Cancel);
        using var http = new HttpClient { BaseAddress = server.Address };
        var nobody = new PicketClient(http);

        var owner = await nobody.ClaimLinkAsync(new ClaimLink(code, "Ada", "ada@example.com", Password), Cancel);
        var second = await RefusedAsync(() =>
            nobody.ClaimLinkAsync(new ClaimLink(code, "Eve", "eve@example.com", Password), Cancel)
        );

        Assert.Equal([new RoleGiven(PersonRole.Owner, null)], owner.Person.Roles);
        Assert.Equal(HttpStatusCode.Forbidden, second.Status);
        var me = await new PicketClient(http, owner.Token.Secret).MeAsync(Cancel);
        Assert.Equal((TokenScope.Full, (Guid?)owner.Person.Id), (me.Scope, me.PersonId));
        // Whoever reads the data folder finds no code in it.
        Assert.All(
            Directory.GetFiles(folder.Path, "picket.db*"),
            file => Assert.DoesNotContain(code, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
    }

    [Fact]
    public async Task A_link_ends_after_a_day_and_at_the_next_start()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Owned = false, Time = time });
        var first = await picket.Service<FirstOwnerLink>().IssueAsync(Cancel);
        var second = await picket.Service<FirstOwnerLink>().IssueAsync(Cancel);

        var old = await RefusedAsync(() => ClaimAsync(picket, first!.Value.Code));
        time.Advance(TimeSpan.FromHours(25));
        var late = await RefusedAsync(() => ClaimAsync(picket, second!.Value.Code));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (old.Status, late.Status));
        await picket.RestartAsync();
        var third = await picket.Service<FirstOwnerLink>().IssueAsync(Cancel);
        Assert.Equal("Ada", (await ClaimAsync(picket, third!.Value.Code)).Person.Name);
        Assert.Null(await picket.Service<FirstOwnerLink>().IssueAsync(Cancel));
    }

    [Fact]
    public async Task Claimed_by_the_page_it_leads_into_the_console()
    {
        await using var picket = await PicketApplication.StartAsync(new() { Owned = false });
        var (code, _) = (await picket.Service<FirstOwnerLink>().IssueAsync(Cancel))!.Value;
        using var browser = new FormBrowser(picket);
        Assert.Contains("Nobody owns this server yet", await browser.TextAsync("/sign-in"));

        var weak = await browser.SubmitAsync("/first-owner", Wish(code, "short"));
        var joined = await browser.SubmitAsync("/first-owner", Wish(code, Password));

        Assert.Contains("at least 12 characters", await weak.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(
            "/",
            joined.Headers.Location?.OriginalString is "/" or "" ? "/" : joined.Headers.Location!.AbsolutePath
        );
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
        var cookie = browser.Cookie("picket")!;
        Assert.True(cookie.HttpOnly);
    }

    private static (string, string)[] Wish(string code, string password) =>
        [("Wish.Code", code), ("Wish.Name", "Ada"), ("Wish.Email", "ada@example.com"), ("Wish.Password", password)];

    private static Task<SignedIn> ClaimAsync(PicketApplication picket, string code) =>
        new PicketClient(picket.NewHttp()).ClaimLinkAsync(
            new ClaimLink(code, "Ada", "ada@example.com", Password),
            Cancel
        );

    private static Task<PicketApiException> RefusedAsync(Func<Task> call) =>
        Assert.ThrowsAsync<PicketApiException>(call);
}
