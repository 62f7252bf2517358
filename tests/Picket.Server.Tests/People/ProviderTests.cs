using System.Net;
using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.Tests.People;

/// <summary>Signing in by OpenID Connect, against a real provider.</summary>
public sealed class ProviderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_colleague_joins_with_the_provider_and_signs_in_with_it()
    {
        await using var provider = await Provider.StartAsync();
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        var link = await picket.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel);
        using var browser = new FormBrowser(picket);

        var stranger = await browser.FollowAsync("/sign-in/provider?returnUrl=%2Fdevices");
        var joined = await browser.FollowAsync(
            await browser.SubmitAsync("/invitation", "/invitation/provider", ("Wish.Code", link.Path.Split('#')[1]))
        );
        using var later = new FormBrowser(picket);
        var signedIn = await later.FollowAsync("/sign-in/provider?returnUrl=%2Fdevices");

        Assert.Contains("Nobody here is bound to that account", stranger.Text);
        Assert.Equal(("/", HttpStatusCode.OK), (joined.Path, joined.Status));
        Assert.Equal(("/devices", HttpStatusCode.OK), (signedIn.Path, signedIn.Status));
        var grace = (await picket.Client.People().ToListAsync(Cancel))[^1];
        Assert.Equal(("Grace Hopper", "grace@example.com"), (grace.Name, grace.Email));
        Assert.Equal([new RoleGiven(PersonRole.Analyst, null)], grace.Roles);
    }

    [Fact]
    public async Task Somebody_is_known_by_issuer_and_subject_and_never_by_address_or_name()
    {
        await using var provider = await Provider.StartAsync();
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        provider.Current = new("2002", ada.Name, $"{ada.Name}@example.com");
        using var browser = new FormBrowser(picket);

        var before = await browser.FollowAsync("/sign-in/provider");
        var linked = await ada.Browser.FollowAsync("/account/provider");
        var after = await browser.FollowAsync("/sign-in/provider");
        provider.Current = provider.Current with { Subject = "3003" };
        using var other = new FormBrowser(picket);
        var namesake = await other.FollowAsync("/sign-in/provider");

        Assert.Contains("Nobody here is bound to that account", before.Text);
        Assert.Equal("/account?provider=linked", linked.Path);
        Assert.True((await ada.Client.MyAccountAsync(Cancel)).ProviderLinked);
        Assert.Equal(("/", HttpStatusCode.OK), (after.Path, after.Status));
        Assert.Contains("Nobody here is bound to that account", namesake.Text);
    }

    [Fact]
    public async Task An_account_of_the_provider_is_one_person_and_ends_with_them()
    {
        await using var provider = await Provider.StartAsync();
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        using var eve = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        using var browser = new FormBrowser(picket);

        await ada.Browser.FollowAsync("/account/provider");
        var taken = await eve.Browser.FollowAsync("/account/provider");
        await ada.Client.UnlinkProviderAsync(Cancel);
        var unlinked = await browser.FollowAsync("/sign-in/provider");
        await ada.Browser.FollowAsync("/account/provider");
        await picket.Client.DeactivatePersonAsync((await ada.Client.MeAsync(Cancel)).PersonId!.Value, Cancel);
        var shutOut = await browser.FollowAsync("/sign-in/provider");

        Assert.Equal("/account?provider=taken", taken.Path);
        Assert.All([unlinked, shutOut], answer => Assert.Contains("Nobody here is bound", answer.Text));
    }

    [Fact]
    public async Task An_unverified_or_taken_address_makes_nobody()
    {
        await using var provider = await Provider.StartAsync();
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        var code = (await picket.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel)).Path.Split('#')[1];
        using var browser = new FormBrowser(picket);

        foreach (
            var account in (Provider.Account[])
                [new("1", "Eve", "eve@example.com", Verified: false), new("2", "Eve", "owner@example.com")]
        )
        {
            provider.Current = account;
            var refused = await browser.FollowAsync(
                await browser.SubmitAsync("/invitation", "/invitation/provider", ("Wish.Code", code))
            );
            Assert.Contains("That account cannot join", refused.Text);
        }

        Assert.Single(await picket.Client.People().ToListAsync(Cancel));
        Assert.Single(await picket.Client.Invitations().ToListAsync(Cancel)); // The link is good still.
    }

    [Fact]
    public async Task Who_has_a_second_factor_here_shows_it_unless_the_provider_asked_for_one()
    {
        await using var provider = await Provider.StartAsync();
        var time = new SettableClock();
        await using var picket = await PicketApplication.StartAsync(
            new() { Settings = provider.Settings, Time = time }
        );
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        await ada.Browser.FollowAsync("/account/provider");
        await AccountTests.AddFactorAsync(ada, time);
        using var browser = new FormBrowser(picket);

        var asked = await browser.FollowAsync("/sign-in/provider");
        provider.Current = provider.Current with { Mfa = true };
        var shown = await browser.FollowAsync("/sign-in/provider");

        Assert.Contains("Your account has a second factor", asked.Text);
        Assert.Equal("/", shown.Path);
    }

    [Fact]
    public async Task Another_issuer_than_the_pinned_one_is_not_believed()
    {
        await using var provider = await Provider.StartAsync(issuer: new Uri("https://another.example/"));
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));

        var refused = await ada.Browser.FollowAsync("/account/provider");

        Assert.Contains("its answer was not good", refused.Text);
        Assert.False((await ada.Client.MyAccountAsync(Cancel)).ProviderLinked);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_told_and_the_password_still_signs_in()
    {
        var settings = new Dictionary<string, string?>
        {
            ["OpenIdConnect:Authority"] = "http://127.0.0.1:1/",
            ["OpenIdConnect:ClientId"] = "picket",
            ["OpenIdConnect:Name"] = "Acme ID",
        };
        await using var picket = await PicketApplication.StartAsync(new() { Settings = settings });
        using var browser = new FormBrowser(picket);

        var silent = await browser.FollowAsync("/sign-in/provider");
        var password = await browser.SignInAsync(PicketApplication.Owner.Name, PicketApplication.Owner.Password);

        Assert.Contains("Acme ID does not answer", silent.Text);
        Assert.Equal("/", password.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Without_a_provider_nobody_is_offered_one()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var browser = new FormBrowser(picket);

        Assert.DoesNotContain("/sign-in/provider", await browser.TextAsync("/sign-in"));
        Assert.Equal("/sign-in", (await browser.GetAsync("/sign-in/provider")).Headers.Location?.AbsolutePath);
    }
}
