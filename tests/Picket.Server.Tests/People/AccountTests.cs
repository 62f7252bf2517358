using System.Net;
using OtpNet;
using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.Tests.People;

/// <summary>One's own password, sessions and second factor.</summary>
public sealed class AccountTests
{
    private const string Wanted = "a walrus on a bicycle";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_password_signs_out_every_other_browser()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));

        var wrong = await RefusedAsync(() => ada.Client.ChangePasswordAsync(new("not the password", Wanted), Cancel));
        var weak = await RefusedAsync(() => ada.Client.ChangePasswordAsync(new(Colleague.Password, "short"), Cancel));
        await ada.Client.ChangePasswordAsync(new(Colleague.Password, Wanted), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(["wanted"], weak.Problem.Errors!.Keys);
        Assert.Equal(HttpStatusCode.Found, (await ada.Browser.GetAsync("/devices")).StatusCode);
        var nobody = new PicketClient(picket.NewHttp());
        Assert.Equal(ada.Name, (await nobody.SignInAsync(new SignIn(ada.Name, Wanted), Cancel)).Person.Name);
        await RefusedAsync(() => nobody.SignInAsync(new SignIn(ada.Name, Colleague.Password), Cancel));
    }

    [Fact]
    public async Task A_session_can_be_ended_from_elsewhere_and_only_by_its_person()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        using var eve = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        using var second = new FormBrowser(picket);
        await second.SignInAsync(ada.Name, Colleague.Password);

        var sessions = await ada.Client.MySessions().ToListAsync(Cancel);
        var foreign = await RefusedAsync(() => eve.Client.EndSessionAsync(sessions[0].Id, Cancel));
        await ada.Client.EndSessionAsync(sessions[0].Id, Cancel);

        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, session => Assert.Equal("FormBrowser/1.0", session.Browser));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(HttpStatusCode.Found, (await second.GetAsync("/devices")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ada.Browser.GetAsync("/devices")).StatusCode);
        await ada.Client.EndOtherSessionsAsync(Cancel); // A token is no session: all end.
        Assert.Equal(HttpStatusCode.Found, (await ada.Browser.GetAsync("/devices")).StatusCode);
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_signs_nobody_in()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var (app, recovery) = await AddFactorAsync(ada, time);
        using var browser = new FormBrowser(picket);

        var half = await browser.SignInAsync(ada.Name, Colleague.Password, "/sign-in?ReturnUrl=%2Fdevices");
        var inside = await browser.GetAsync("/devices");
        var wrong = await browser.SubmitAsync(PathOf(half), ("code", "000000"));
        time.Advance(TimeSpan.FromSeconds(30));
        var done = await browser.SubmitAsync(PathOf(half), ("code", Code(app, time)));

        Assert.StartsWith("/sign-in/code", PathOf(half));
        Assert.Equal(HttpStatusCode.Found, inside.StatusCode);
        Assert.Contains("refused=true", PathOf(wrong));
        Assert.Equal("/devices", PathOf(done));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/devices")).StatusCode);
        Assert.Contains(await ada.Client.MySessions().ToListAsync(Cancel), session => session.SecondFactor);
        Assert.Equal(10, recovery.Distinct().Count());
    }

    [Fact]
    public async Task By_the_API_the_code_is_sent_along()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var (app, recovery) = await AddFactorAsync(ada, time);
        var nobody = new PicketClient(picket.NewHttp());
        var wish = new SignIn(ada.Name, Colleague.Password);

        var missing = await RefusedAsync(() => nobody.SignInAsync(wish, Cancel));
        var guessed = await RefusedAsync(() =>
            nobody.SignInAsync(wish with { Password = "not the password", SecondFactor = recovery[0] }, Cancel)
        );
        time.Advance(TimeSpan.FromSeconds(30));
        var code = Code(app, time);
        var done = await nobody.SignInAsync(wish with { SecondFactor = $"{code[..3]} {code[3..]}" }, Cancel);
        var twice = await RefusedAsync(() => nobody.SignInAsync(wish with { SecondFactor = code }, Cancel));
        await nobody.SignInAsync(wish with { SecondFactor = recovery[0].ToLowerInvariant() }, Cancel);
        var used = await RefusedAsync(() => nobody.SignInAsync(wish with { SecondFactor = recovery[0] }, Cancel));

        Assert.Equal(Problem.SecondFactorNeeded, missing.Problem.Type);
        Assert.NotEqual(Problem.SecondFactorNeeded, guessed.Problem.Type);
        Assert.True(done.Person.SecondFactor);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (twice.Status, used.Status));
        Assert.Equal(9, (await ada.Client.MyAccountAsync(Cancel)).RecoveryCodesLeft);
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_by_whoever_knows_the_password()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var (_, recovery) = await AddFactorAsync(ada, time);
        var nobody = new PicketClient(picket.NewHttp());
        var wish = new SignIn(ada.Name, Colleague.Password);

        for (var i = 0; i < 5; i++)
        {
            await RefusedAsync(() => nobody.SignInAsync(wish with { SecondFactor = "000000" }, Cancel));
        }

        var closed = await RefusedAsync(() => nobody.SignInAsync(wish with { SecondFactor = recovery[0] }, Cancel));
        time.Advance(TimeSpan.FromMinutes(16));
        await nobody.SignInAsync(wish with { SecondFactor = recovery[0] }, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, closed.Status);
    }

    [Fact]
    public async Task A_second_factor_goes_with_a_code_or_by_whoever_manages_people()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var (_, first) = await AddFactorAsync(ada, time);

        var again = await RefusedAsync(() => ada.Client.NewSecondFactorAsync(Cancel));
        var wrong = await RefusedAsync(() => ada.Client.RemoveSecondFactorAsync(new("123456"), Cancel));
        var renewed = await ada.Client.NewRecoveryCodesAsync(new(first[0]), Cancel);
        await RefusedAsync(() => ada.Client.RemoveSecondFactorAsync(new(first[1]), Cancel));
        await ada.Client.RemoveSecondFactorAsync(new(renewed.Codes[0]), Cancel);
        var off = await ada.Client.MyAccountAsync(Cancel);
        time.Advance(TimeSpan.FromMinutes(1));
        await AddFactorAsync(ada, time);
        var reset = await picket.Client.ResetSecondFactorAsync(off.Person.Id, Cancel);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity), (again.Status, wrong.Status));
        Assert.Equal((false, 0), (off.Person.SecondFactor, off.RecoveryCodesLeft));
        Assert.False(reset.SecondFactor);
        await new PicketClient(picket.NewHttp()).SignInAsync(new SignIn(ada.Name, Colleague.Password), Cancel);
    }

    [Fact]
    public async Task Neither_secret_nor_codes_stand_in_the_database_or_the_log()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));

        var (app, recovery) = await AddFactorAsync(ada, time);

        var kept = string.Concat(
            Directory
                .GetFiles(picket.DataFolder, "picket.db*")
                .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );
        foreach (var secret in (string[])[app, recovery[0], recovery[0].Replace("-", "", StringComparison.Ordinal)])
        {
            Assert.DoesNotContain(secret, kept);
            Assert.DoesNotContain(secret, picket.Logs.ToString());
        }
    }

    [Fact]
    public async Task Half_a_sign_in_ends_after_some_minutes_and_is_worth_nothing_by_itself()
    {
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(new() { Time = time });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var (app, _) = await AddFactorAsync(ada, time);
        using var browser = new FormBrowser(picket);
        using var stranger = new FormBrowser(picket);

        await browser.SignInAsync(ada.Name, Colleague.Password);
        time.Advance(TimeSpan.FromMinutes(6));
        var late = await browser.SubmitAsync("/sign-in/code", ("code", Code(app, time)));
        var none = await stranger.SubmitAsync("/sign-in/code", ("code", Code(app, time)));

        Assert.StartsWith("/sign-in?late=true", PathOf(late));
        Assert.StartsWith("/sign-in?late=true", PathOf(none));
    }

    /// <returns>The app's secret, and the recovery codes.</returns>
    internal static async Task<(string App, IReadOnlyList<string> Recovery)> AddFactorAsync(
        Colleague person,
        SettableClock time
    )
    {
        var app = await person.Client.NewSecondFactorAsync(Cancel);
        Assert.StartsWith("otpauth://totp/Picket", app.Uri);
        var codes = await person.Client.ConfirmSecondFactorAsync(new(Code(app.Secret, time)), Cancel);
        return (app.Secret, codes.Codes);
    }

    internal static string Code(string secret, SettableClock time) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(time.GetUtcNow().UtcDateTime);

    private static string PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } whole
            ? whole.PathAndQuery
            : answer.Headers.Location!.OriginalString;

    private static Task<PicketApiException> RefusedAsync(Func<Task> call) =>
        Assert.ThrowsAsync<PicketApiException>(call);
}
