using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests.People;

/// <summary>Signing in with name and password, by page and by API.</summary>
public sealed class SignInTests
{
    private static readonly SignIn Owner = PicketApplication.Owner;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_by_name_or_address_and_is_the_same()
    {
        await using var picket = await PicketApplication.StartAsync();
        var nobody = new PicketClient(picket.NewHttp());

        var byName = await nobody.SignInAsync(Owner with { Name = " OWNER " }, Cancel);
        var byAddress = await nobody.SignInAsync(Owner with { Name = "Owner@Example.com" }, Cancel);

        Assert.Equal(byName.Person.Id, byAddress.Person.Id);
        Assert.DoesNotContain(Owner.Password, picket.Logs.ToString());
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_told_apart_by_nobody()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var http = picket.NewHttp();

        var unknown = await PostAsync(http, new SignIn("nobody", "not the password"));
        var wrong = await PostAsync(http, Owner with { Password = "not the password" });

        Assert.Equal(HttpStatusCode.Unauthorized, unknown.Status);
        Assert.Equal(
            (unknown.Status, unknown.Problem.Title, unknown.Problem.Detail, unknown.Problem.Next),
            (wrong.Status, wrong.Problem.Title, wrong.Problem.Detail, wrong.Problem.Next)
        );
        var tries = await picket.Client.Audit(new AuditFilter { Action = "sign-in.refused" }).ToListAsync(Cancel);
        Assert.Equal(["owner", null], tries.Select(entry => entry.ActorName));
    }

    [Fact]
    public async Task Ten_wrong_passwords_close_an_account_for_a_quarter_of_an_hour()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var http = picket.NewHttp();

        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => PostAsync(http, Owner with { Password = "not the password" }))
        );
        var closed = await PostAsync(http, Owner);
        time.Advance(TimeSpan.FromMinutes(16));
        var open = await new PicketClient(http).SignInAsync(Owner, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, closed.Status);
        Assert.Equal(Owner.Name, open.Person.Name);
    }

    [Fact]
    public async Task The_tries_from_one_address_are_bounded()
    {
        var settings = new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "3" };
        await using var picket = await PicketApplication.StartAsync(new() { Settings = settings });
        using var http = picket.NewHttp();

        var tries = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            tries.Add((await PostAsync(http, new SignIn($"name {i}", "not the password"))).Status);
        }

        // The fixture's own claim of the first owner was one of them.
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], tries);
    }

    [Fact]
    public async Task Whoever_tries_too_often_in_a_form_is_told_to_wait()
    {
        var settings = new Dictionary<string, string?> { ["Access:SignInsPerMinute"] = "1" };
        await using var picket = await PicketApplication.StartAsync(new() { Settings = settings });
        using var browser = new FormBrowser(picket);

        // The fixture's own claim of the first owner was the one try.
        var signIn = await browser.SignInAsync(Owner.Name, Owner.Password);
        var join = await browser.SubmitAsync("/invitation", ("Wish.Code", "a code"));

        var page = await browser.TextAsync(signIn.Headers.Location!.OriginalString);
        Assert.Contains("Wait a minute and sign in again", page);
        Assert.Equal(HttpStatusCode.TooManyRequests, join.StatusCode);
        Assert.Contains("Wait a minute and join again", await join.Content.ReadAsStringAsync(Cancel));
        Assert.True(join.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_session_is_a_row_and_ends_with_it()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var browser = new FormBrowser(picket);

        await browser.SignInAsync(Owner.Name, Owner.Password);
        var inside = await browser.GetAsync("/");
        await using (var db = picket.OpenDatabase())
        {
            var session = await db.Sessions.SingleAsync(Cancel);
            Assert.Equal("FormBrowser/1.0", session.Browser);
            session.EndedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync(Cancel);
        }

        var outside = await browser.GetAsync("/");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (inside.StatusCode, outside.StatusCode));
        Assert.Equal("/sign-in", outside.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_stolen_cookie_is_worth_nothing_after_the_sign_out()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var browser = new FormBrowser(picket);
        await browser.SignInAsync(Owner.Name, Owner.Password);
        var stolen = browser.Cookie("picket")!.Value;

        await browser.SubmitAsync("/");

        using var thief = picket.NewHttp();
        thief.DefaultRequestHeaders.Add("Cookie", $"picket={stolen}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync(Routes.Me, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\tevil.example")]
    public async Task A_sign_in_leads_nowhere_else(string address)
    {
        await using var picket = await PicketApplication.StartAsync();
        using var browser = new FormBrowser(picket);

        var page = $"/sign-in?ReturnUrl={Uri.EscapeDataString(address)}";
        var answer = await browser.SignInAsync(Owner.Name, Owner.Password, page);

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    private static async Task<PicketApiException> PostAsync(HttpClient http, SignIn wish) =>
        await Assert.ThrowsAsync<PicketApiException>(() => new PicketClient(http).SignInAsync(wish, Cancel));
}
