using System.Net;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Integrations;

namespace Picket.Server.Tests.People;

/// <summary>Inviting people, giving them roles, shutting them out, forgetting them.</summary>
public sealed class RosterTests
{
    private const string Password = "a walrus on a bicycle";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_invited_joins_once_with_the_role_that_was_chosen()
    {
        await using var picket = await PicketApplication.StartAsync();
        var acme = await NewIntegrationAsync(picket);

        var link = await picket.Client.InviteAsync(new Invite(PersonRole.Analyst, acme, "Grace of the desk"), Cancel);
        var open = await picket.Client.Invitations().ToListAsync(Cancel);
        var joined = await ClaimAsync(picket, link, "grace");

        Assert.Equal(("Grace of the desk", "owner"), (open.Single().Note, open.Single().InvitedBy));
        Assert.Equal([new RoleGiven(PersonRole.Analyst, acme)], joined.Person.Roles);
        Assert.Empty(await picket.Client.Invitations().ToListAsync(Cancel));
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => ClaimAsync(picket, link, "eve"))).Status);
        Assert.DoesNotContain("Grace of the desk", await WholeAuditAsync(picket));
    }

    [Fact]
    public async Task A_withdrawn_invitation_and_one_of_somebody_shut_out_are_dead()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));

        var withdrawn = await picket.Client.InviteAsync(new Invite(PersonRole.Auditor), Cancel);
        await picket.Client.WithdrawInvitationAsync(withdrawn.Id, Cancel);
        var orphaned = await ada.Client.InviteAsync(new Invite(PersonRole.Auditor), Cancel);
        await picket.Client.DeactivatePersonAsync(await IdAsync(picket, ada.Name), Cancel);

        foreach (var link in new[] { withdrawn, orphaned })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => ClaimAsync(picket, link, "eve"))).Status);
        }
    }

    /// <summary>Else an invitation in the drawer would be a way back to a role that was taken.</summary>
    [Fact]
    public async Task What_somebody_handed_out_under_a_role_ends_with_it()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        using var bob = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        var (adasId, bobsId) = (await IdAsync(picket, ada.Name), await IdAsync(picket, bob.Name));

        var taken = await ada.Client.InviteAsync(new Invite(PersonRole.Owner), Cancel);
        var replaced = await bob.Client.InviteAsync(new Invite(PersonRole.Analyst), Cancel);
        await picket.Client.TakeRoleAsync(adasId, null, Cancel);
        await picket.Client.GiveRoleAsync(bobsId, new RoleGiven(PersonRole.Auditor, null), Cancel);

        foreach (var link in new[] { taken, replaced })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => ClaimAsync(picket, link, "eve"))).Status);
        }
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_may()
    {
        await using var picket = await PicketApplication.StartAsync();
        var (acme, birch) = (await NewIntegrationAsync(picket), await NewIntegrationAsync(picket));
        using var ofAcme = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, acme));
        using var analyst = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, acme));
        var target = await IdAsync(picket, analyst.Name);

        var given = await ofAcme.Client.GiveRoleAsync(target, new RoleGiven(PersonRole.Approver, acme), Cancel);
        (PicketClient By, RoleGiven Role)[] refused =
        [
            (ofAcme.Client, new(PersonRole.Analyst, birch)),
            (ofAcme.Client, new(PersonRole.Analyst, null)),
            (ofAcme.Client, new(PersonRole.Owner, null)),
            (analyst.Client, new(PersonRole.Administrator, acme)),
        ];

        Assert.Equal([new RoleGiven(PersonRole.Approver, acme)], given.Roles);
        foreach (var (by, role) in refused)
        {
            var refusal = await RefusedAsync(() => by.GiveRoleAsync(target, role, Cancel));
            Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
            Assert.NotNull(refusal.Problem.Next);
        }

        var tries = await picket.Client.Audit(new AuditFilter { Action = "access.refused" }).ToListAsync(Cancel);
        Assert.Equal(refused.Length, tries.Count);
    }

    [Fact]
    public async Task Who_manages_one_integration_sees_its_people_alone_and_shuts_nobody_out()
    {
        await using var picket = await PicketApplication.StartAsync();
        var (acme, birch) = (await NewIntegrationAsync(picket), await NewIntegrationAsync(picket));
        using var ofAcme = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, acme));
        using var both = await Colleague.JoinAsync(
            picket,
            new Grant(Role.Analyst, acme),
            new Grant(Role.Auditor, birch)
        );
        using var ofBirch = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, birch));
        var hidden = await IdAsync(picket, ofBirch.Name);

        var seen = await ofAcme.Client.People().ToListAsync(Cancel);

        Assert.Equal(["owner", ofAcme.Name, both.Name], seen.Select(person => person.Name));
        Assert.Equal([new RoleGiven(PersonRole.Analyst, acme)], seen[^1].Roles);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await RefusedAsync(() => ofAcme.Client.PersonAsync(hidden, Cancel))).Status
        );
        var refusal = await RefusedAsync(() => ofAcme.Client.DeactivatePersonAsync(seen[^1].Id, Cancel));
        Assert.Equal(HttpStatusCode.Forbidden, refusal.Status);
    }

    [Fact]
    public async Task The_last_owner_stays_one()
    {
        await using var picket = await PicketApplication.StartAsync();
        var owner = await IdAsync(picket, "owner");

        Func<Task>[] tries =
        [
            () => picket.Client.TakeRoleAsync(owner, null, Cancel),
            () => picket.Client.GiveRoleAsync(owner, new RoleGiven(PersonRole.Analyst, null), Cancel),
            () => picket.Client.DeactivatePersonAsync(owner, Cancel),
            () => picket.Client.ErasePersonAsync(owner, Cancel),
        ];
        foreach (var each in tries)
        {
            Assert.Equal(HttpStatusCode.Conflict, (await RefusedAsync(each)).Status);
        }

        Assert.Equal([new RoleGiven(PersonRole.Owner, null)], (await picket.Client.PersonAsync(owner, Cancel)).Roles);
    }

    [Fact]
    public async Task Of_two_owners_who_shut_each_other_out_one_remains()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var second = await Colleague.JoinAsync(picket, new Grant(Role.Owner, null));
        var (one, two) = (await IdAsync(picket, "owner"), await IdAsync(picket, second.Name));

        var answers = await Task.WhenAll(
            TryAsync(() => picket.Client.DeactivatePersonAsync(two, Cancel)),
            TryAsync(() => second.Client.DeactivatePersonAsync(one, Cancel))
        );

        Assert.Single(answers, done => done);
    }

    [Fact]
    public async Task Who_is_shut_out_is_so_at_once_in_the_browser_and_with_tokens()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var id = await IdAsync(picket, ada.Name);

        await picket.Client.DeactivatePersonAsync(id, Cancel);
        var outside = await ada.Browser.GetAsync("/devices");
        var token = await RefusedAsync(() => ada.Client.MeAsync(Cancel));
        var again = await picket.Client.ReactivatePersonAsync(id, Cancel);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Unauthorized), (outside.StatusCode, token.Status));
        Assert.Null(again.DeactivatedAt);
        // Whoever had taken the token does not get it back with its person.
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(() => ada.Client.MeAsync(Cancel))).Status);
        Assert.Equal("/", PathOf(await ada.Browser.SignInAsync(ada.Name, Colleague.Password)));
    }

    [Fact]
    public async Task A_link_sets_a_new_password_and_ends_what_the_old_one_had_opened()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        using var browser = new FormBrowser(picket);

        var id = await IdAsync(picket, ada.Name);
        await BindAsync(picket, id);
        var link = await picket.Client.PasswordLinkAsync(id, Cancel);
        var (page, code) = (link.Path.Split('#')[0], link.Path.Split('#')[1]);
        var invitation = await RefusedAsync(() => ClaimAsync(picket, link, "eve"));
        var weak = await browser.SubmitAsync(page, ("Wish.Code", code), ("Wish.Password", "short"));
        var before = await ada.Browser.GetAsync("/devices");
        var done = await browser.SubmitAsync(page, ("Wish.Code", code), ("Wish.Password", Password));
        var twice = await browser.SubmitAsync(page, ("Wish.Code", code), ("Wish.Password", "another long password"));

        Assert.Equal(HttpStatusCode.Forbidden, invitation.Status);
        Assert.Contains("at least 12 characters", await weak.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal("/sign-in?changed=true", PathOf(done));
        Assert.Contains("unknown, used or expired", await twice.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.Found, (await ada.Browser.GetAsync("/devices")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(() => ada.Client.MeAsync(Cancel))).Status);
        Assert.Equal("/", PathOf(await browser.SignInAsync(ada.Name, Password)));
        await using var db = picket.OpenDatabase();
        Assert.Empty(db.PersonLogins.Where(login => login.UserId == id));
    }

    /// <summary>As if the person had bound an account at the provider, or somebody who sat at their screen.</summary>
    private static async Task BindAsync(PicketApplication picket, Guid person)
    {
        await using var db = picket.OpenDatabase();
        db.PersonLogins.Add(
            new()
            {
                UserId = person,
                LoginProvider = "https://login.example.com",
                ProviderKey = "1",
            }
        );
        await db.SaveChangesAsync(Cancel);
    }

    [Fact]
    public async Task Who_is_erased_is_named_nowhere_any_more()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
        await ada.Client.InviteAsync(new Invite(PersonRole.Auditor), Cancel);
        Assert.Contains(ada.Name, await NamesAsync(picket));

        await picket.Client.ErasePersonAsync(await IdAsync(picket, ada.Name), Cancel);

        Assert.DoesNotContain(ada.Name, await NamesAsync(picket));
        Assert.DoesNotContain(ada.Name, await WholeAuditAsync(picket));
        Assert.Equal(["owner"], (await picket.Client.People().ToListAsync(Cancel)).Select(person => person.Name));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(() => ada.Client.MeAsync(Cancel))).Status);
    }

    [Fact]
    public async Task Each_change_of_a_person_is_in_the_audit_with_before_and_after()
    {
        await using var picket = await PicketApplication.StartAsync();
        using var ada = await Colleague.JoinAsync(picket, new Grant(Role.Analyst, null));
        var id = await IdAsync(picket, ada.Name);

        await picket.Client.GiveRoleAsync(id, new RoleGiven(PersonRole.Approver, null), Cancel);
        await picket.Client.TakeRoleAsync(id, null, Cancel);

        var entries = await picket.Client.Audit(new AuditFilter { Action = "person.role" }).ToListAsync(Cancel);
        Assert.Equal(["person.role-taken", "person.role-given"], entries.Select(entry => entry.Action));
        Assert.Contains("Approver", entries[0].Before);
        Assert.Contains("Analyst", entries[1].Before);
        Assert.Contains("Approver", entries[1].After);
        Assert.All(entries, entry => Assert.StartsWith("person:", entry.Subject));
    }

    [Fact]
    public async Task What_cannot_be_is_said_by_field()
    {
        await using var picket = await PicketApplication.StartAsync();
        var acme = await NewIntegrationAsync(picket);

        var owner = await RefusedAsync(() => picket.Client.InviteAsync(new Invite(PersonRole.Owner, acme), Cancel));
        var unknown = await RefusedAsync(() =>
            picket.Client.InviteAsync(new Invite(PersonRole.Analyst, Guid.NewGuid(), new string('x', 201), 31), Cancel)
        );

        Assert.Equal(["integrationId"], owner.Problem.Errors!.Keys);
        Assert.Equal(["days", "integrationId", "note"], unknown.Problem.Errors!.Keys.Order());
    }

    private static async Task<Guid> NewIntegrationAsync(PicketApplication picket)
    {
        var id = Guid.CreateVersion7();
        await using var db = picket.OpenDatabase();
        db.Integrations.Add(
            new IntegrationRow
            {
                Id = id,
                Name = $"Integration {id}",
                Address = "https://uem.example/API",
                Account = "reader",
                ProtectedSecrets = "",
                State = IntegrationState.Paused,
                OrganizationGroupName = "A group",
                TagPrefix = "Picket: ",
            }
        );
        await db.SaveChangesAsync(Cancel);
        return id;
    }

    private static async Task<Guid> IdAsync(PicketApplication picket, string name) =>
        (await picket.Client.People().ToListAsync(Cancel)).Single(person => person.Name == name).Id;

    private static Task<SignedIn> ClaimAsync(PicketApplication picket, CreatedLink link, string name) =>
        new PicketClient(picket.NewHttp()).ClaimLinkAsync(
            new ClaimLink(link.Path.Split('#')[1], name, $"{name}@example.com", Password),
            Cancel
        );

    private static async Task<IEnumerable<string?>> NamesAsync(PicketApplication picket) =>
        (await picket.Client.Audit().ToListAsync(Cancel)).Select(entry => entry.ActorName);

    private static async Task<string> WholeAuditAsync(PicketApplication picket) =>
        string.Concat((await picket.Client.Audit().ToListAsync(Cancel)).Select(entry => $"{entry}"));

    private static async Task<bool> TryAsync(Func<Task> change)
    {
        try
        {
            await change();
            return true;
        }
        catch (PicketApiException)
        {
            return false;
        }
    }

    private static string? PathOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } whole
            ? whole.PathAndQuery
            : answer.Headers.Location?.OriginalString;

    private static Task<PicketApiException> RefusedAsync(Func<Task> call) =>
        Assert.ThrowsAsync<PicketApiException>(call);
}
