using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Storage;

namespace Picket.Server.Tests.People;

/// <summary>
/// A link is made and, in the same moment, the role is taken under which it was made: the link is there still, and its
/// maker may not give any more what it gives.
/// </summary>
public sealed class LinkMakerTests
{
    private const string Password = "a walrus on a bicycle";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_is_not_good_once_its_maker_may_not_invite_any_more()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        var link = await ada.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel);

        await SetRoleUnseenAsync(picket, ada, Role.Analyst);
        var refused = await RefusedAsync(() => ClaimAsync(picket, link));
        await SetRoleUnseenAsync(picket, ada, Role.Administrator);
        var later = await RefusedAsync(() => ClaimAsync(picket, link));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (refused.Status, later.Status));
        Assert.Equal("This link is not good any more", refused.Problem.Title);
        Assert.Contains("may not give what it gives any more", refused.Problem.Detail);
        Assert.NotNull(refused.Problem.Next);
        Assert.DoesNotContain("eve", (await picket.Client.People().ToListAsync(Cancel)).Select(person => person.Name));
        var told = await picket.Client.Audit(new AuditFilter { Action = "one-time-link.refused" }).ToListAsync(Cancel);
        Assert.Contains(told, entry => entry.Subject == $"{link.Id}" && entry.After!.Contains("MakerMayNot"));
    }

    [Fact]
    public async Task An_invitation_is_not_good_once_its_maker_is_shut_out()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        var link = await ada.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel);
        await ShutOutUnseenAsync(picket, ada);
        using var browser = new FormBrowser(picket);

        var page = await browser.SubmitAsync(
            "/invitation",
            ("Wish.Code", CodeOf(link)),
            ("Wish.Name", "eve"),
            ("Wish.Email", "eve@example.com"),
            ("Wish.Password", Password)
        );

        var text = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("not good any more", text);
        Assert.Contains("is not here any more", text);
    }

    [Fact]
    public async Task Joining_with_the_provider_asks_the_same_of_the_maker()
    {
        await using var provider = await Provider.StartAsync();
        await using var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings });
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        var link = await ada.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel);
        await SetRoleUnseenAsync(picket, ada, Role.Analyst);
        using var browser = new FormBrowser(picket);

        var landed = await browser.FollowAsync(
            await browser.SubmitAsync("/invitation", "/invitation/provider", ("Wish.Code", CodeOf(link)))
        );

        Assert.StartsWith("/invitation", landed.Path);
        Assert.Contains("may not give what it gives any more", landed.Text);
    }

    [Fact]
    public async Task A_link_for_a_password_is_not_good_once_its_maker_may_not_make_it_for_that_person()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        using var bob = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        using var browser = new FormBrowser(picket);
        var link = await ada.Client.PasswordLinkAsync(await IdAsync(picket, bob.Name), Cancel);

        await SetRoleUnseenAsync(picket, bob, Role.Owner);
        var page = await browser.SubmitAsync("/new-password", ("Wish.Code", CodeOf(link)), ("Wish.Password", Password));

        var text = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("not good any more", text);
        Assert.Contains("may not give what it gives any more", text);
        Assert.Equal("/", (await browser.SignInAsync(bob.Name, Colleague.Password)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_link_is_good_while_its_maker_may_give_what_it_gives()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        using var bob = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var invitation = await ada.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel);
        var password = await ada.Client.PasswordLinkAsync(await IdAsync(picket, bob.Name), Cancel);
        using var nobody = picket.NewHttp();

        var joined = await ClaimAsync(picket, invitation);
        await new PicketClient(nobody).SetPasswordAsync(new SetPassword(CodeOf(password), Password), Cancel);

        Assert.Equal([new RoleGiven(PersonRole.Analyst, null)], joined.Person.Roles);
        Assert.Equal(
            bob.Name,
            (await new PicketClient(nobody).SignInAsync(new(bob.Name, Password), Cancel)).Person.Name
        );
    }

    /// <summary>As a change does that did not see the link, which was being made at that moment.</summary>
    private static async Task SetRoleUnseenAsync(PicketApplication picket, Colleague person, Role role)
    {
        await using var db = picket.OpenDatabase();
        await db
            .Memberships.Where(row => db.Persons.Any(one => one.Id == row.PersonId && one.UserName == person.Name))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, role), Cancel);
    }

    private static async Task ShutOutUnseenAsync(PicketApplication picket, Colleague person)
    {
        await using var db = picket.OpenDatabase();
        DateTimeOffset? now = TimeProvider.System.GetUtcNow();
        await db
            .Persons.Where(row => row.UserName == person.Name)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DeactivatedAt, now), Cancel);
    }

    private static string CodeOf(CreatedLink link) => link.Path.Split('#')[1];

    private static async Task<SignedIn> ClaimAsync(PicketApplication picket, CreatedLink link)
    {
        using var nobody = picket.NewHttp();
        return await new PicketClient(nobody).ClaimLinkAsync(
            new ClaimLink(CodeOf(link), "eve", "eve@example.com", Password),
            Cancel
        );
    }

    private static async Task<Guid> IdAsync(PicketApplication picket, string name) =>
        (await picket.Client.People().ToListAsync(Cancel)).Single(person => person.Name == name).Id;

    private static Task<PicketApiException> RefusedAsync(Func<Task> call) =>
        Assert.ThrowsAsync<PicketApiException>(call);
}
