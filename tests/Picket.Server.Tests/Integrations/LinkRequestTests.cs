using System.Net;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Integrations;

/// <summary>
/// Law 6 by OpenID Connect: the provider vouches for an address, one account of the UEM carries it, somebody who is linked
/// confirms it, and the link lasts as long as the provider's account is the person's.
/// </summary>
public sealed class LinkRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_vouched_for_and_confirmed_changes_settings_until_the_provider_is_unlinked()
    {
        await using var scene = await Scene.StartAsync();
        var (made, grace) = (scene.Integration, scene.Grace);

        var asked = await grace.Browser.FollowAsync(scene.Ask);
        var before = await grace.Client.IntegrationAsync(made.Id, Cancel);
        var request = Assert.Single(await scene.Picket.Client.LinkRequests(made.Id).ToListAsync(Cancel));
        var self = await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => grace.Client.ConfirmLinkAsync(made.Id, request.Id, Cancel)
        );
        var link = await scene.Picket.Client.ConfirmLinkAsync(made.Id, request.Id, Cancel);
        var changed = await ChangeAsync(grace, made.Id);
        await grace.Client.UnlinkProviderAsync(Cancel);
        var after = await Expect.RefusedAsync(HttpStatusCode.Forbidden, () => ChangeAsync(grace, made.Id));

        Assert.Equal($"/integrations/{made.Id}?asked=Waits", asked.Path);
        Assert.False(before.MayChange);
        Assert.Equal((grace.Name, "grace"), (request.PersonName, request.UserName));
        Assert.Equal("Nobody confirms themselves", self.Problem.Title);
        Assert.Equal((grace.Name, "grace", true), (link.PersonName, link.UserName, link.MayChange));
        Assert.Equal(scene.Provider.Address, new Uri(link.Issuer!));
        Assert.Equal(21, changed.Quota.SharePercent);
        Assert.Contains("not linked", after.Problem.Detail);
        Assert.Empty(await scene.Picket.Client.LinkRequests(made.Id).ToListAsync(Cancel));
        var audit = await scene.Picket.Client.Audit(new AuditFilter { Action = "link." }).ToListAsync(Cancel);
        Assert.Equal(["link.confirmed", "link.asked", "link.proven"], audit.Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_link_counts_only_for_the_issuer_and_subject_that_it_is_bound_to()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Grace.Browser.FollowAsync(scene.Ask);
        await scene.ConfirmAsync();

        await using (var db = scene.Picket.OpenDatabase())
        {
            var login = db.PersonLogins.Single();
            db.PersonLogins.Remove(login);
            await db.SaveChangesAsync(Cancel);
            db.PersonLogins.Add(
                new()
                {
                    UserId = login.UserId,
                    LoginProvider = login.LoginProvider,
                    ProviderKey = "somebody else's",
                }
            );
            await db.SaveChangesAsync(Cancel);
        }

        var refused = await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => ChangeAsync(scene.Grace, scene.Integration.Id)
        );
        Assert.Contains("not linked", refused.Problem.Detail);
    }

    [Theory]
    [InlineData("NotVerified")]
    [InlineData("NotBound")]
    [InlineData("Nobody")]
    [InlineData("Several")]
    [InlineData("Taken")]
    [InlineData("PicketsOwn")]
    [InlineData("NotRead")]
    [InlineData("NotRead", "half a listing")]
    public async Task Nobody_asks_who_is_not_vouched_for_or_not_the_only_one(string why, string? because = null)
    {
        await using var scene = await Scene.StartAsync();
        var access = scene.Picket.Emulator.Access;
        var current = scene.Provider.Current;
        switch (why)
        {
            case "NotVerified":
                scene.Provider.Current = current with { Verified = false };
                break;
            case "NotBound":
                scene.Provider.Current = current with { Subject = "another" };
                break;
            case "Nobody":
                scene.Provider.Current = current with { Email = "nobody.there@example.com" };
                break;
            case "Several":
                access.Account("bob").Change(had => had with { Email = "GRACE@example.com" });
                break;
            case "Taken":
                access.Account(scene.Picket.Proof().UserName).Change(had => had with { Email = "grace@example.com" });
                access.Account("grace").Change(had => had with { Email = "" });
                break;
            case "PicketsOwn":
                access.Account("grace").Change(had => had with { Email = "" });
                access
                    .Account(scene.Picket.Emulator.Credentials.Account)
                    .Change(had => had with { Email = "grace@example.com" });
                break;
            case "NotRead" when because is not null:
                scene.Picket.Emulator.Faults = FaultScript.Of(
                    new FaultRule { Path = "admins/search", Action = FaultAction.LyingTotal }
                );
                break;
            default:
                access.ApiEnabled = false;
                break;
        }

        var asked = await scene.Grace.Browser.FollowAsync(scene.Ask);

        Assert.Equal($"/integrations/{scene.Integration.Id}?asked={why}", asked.Path);
        Assert.Empty(await scene.Picket.Client.LinkRequests(scene.Integration.Id).ToListAsync(Cancel));
        var audit = await scene.Picket.Client.Audit(new AuditFilter { Action = "link.refused" }).ToListAsync(Cancel);
        Assert.Equal(AuditOutcome.Refused, Assert.Single(audit).Outcome);
    }

    [Fact]
    public async Task A_request_is_confirmed_only_by_who_may_change_the_integration_and_while_the_account_is_the_same()
    {
        await using var scene = await Scene.StartAsync();
        var (made, access) = (scene.Integration, scene.Picket.Emulator.Access);
        await scene.Grace.Browser.FollowAsync(scene.Ask);
        var request = Assert.Single(await scene.Picket.Client.LinkRequests(made.Id).ToListAsync(Cancel));
        using var stranger = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Administrator, null));

        var unlinked = await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => stranger.Client.ConfirmLinkAsync(made.Id, request.Id, Cancel)
        );
        await scene.Picket.RecoverOwnerAsync(made.Id);
        await scene.Picket.Client.UnlinkAsync(made.Id, Cancel);
        var letIn = await Expect.RefusedAsync(HttpStatusCode.Forbidden, scene.ConfirmAsync);
        await scene.Picket.LinkOwnerAsync(made.Id);
        access.Account("grace").Active = false;
        var inactive = await Expect.RefusedAsync(HttpStatusCode.UnprocessableEntity, scene.ConfirmAsync);
        access.AddAccount("grace", "another account", "Console Administrator", TopGroup(scene.Picket));
        var another = await Expect.RefusedAsync(HttpStatusCode.UnprocessableEntity, scene.ConfirmAsync);

        Assert.Contains("not linked", unlinked.Problem.Detail);
        Assert.Contains("not linked", letIn.Problem.Detail);
        Assert.Contains("does not call this account active", inactive.Problem.Detail);
        Assert.Contains("no longer shows the account under the name and id", another.Problem.Detail);
        Assert.False((await scene.Grace.Client.IntegrationAsync(made.Id, Cancel)).MayChange);
    }

    [Fact]
    public async Task Whoever_was_shut_out_meanwhile_is_not_linked()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Grace.Browser.FollowAsync(scene.Ask);
        var grace = (await scene.Grace.Client.MeAsync(Cancel)).PersonId!.Value;
        await scene.Picket.Client.DeactivatePersonAsync(grace, Cancel);

        await Expect.RefusedAsync(HttpStatusCode.Conflict, scene.ConfirmAsync);

        Assert.DoesNotContain(
            await scene.Picket.Client.Links(scene.Integration.Id).ToListAsync(Cancel),
            link => link.PersonId == grace
        );
    }

    [Fact]
    public async Task A_request_is_declined_taken_back_and_ends_by_itself()
    {
        var clock = new SettableClock();
        await using var scene = await Scene.StartAsync(clock);
        var (made, owner) = (scene.Integration, scene.Picket.Client);
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));

        await scene.Grace.Browser.FollowAsync(scene.Ask);
        var first = Assert.Single(await owner.LinkRequests(made.Id).ToListAsync(Cancel));
        await Expect.RefusedAsync(
            HttpStatusCode.Forbidden,
            () => analyst.Client.DeclineLinkAsync(made.Id, first.Id, Cancel)
        );
        await owner.DeclineLinkAsync(made.Id, first.Id, Cancel);
        await scene.Grace.Browser.FollowAsync(scene.Ask);
        var second = Assert.Single(await owner.LinkRequests(made.Id).ToListAsync(Cancel));
        await scene.Grace.Client.DeclineLinkAsync(made.Id, second.Id, Cancel);
        await scene.Grace.Browser.FollowAsync(scene.Ask);
        var third = Assert.Single(await owner.LinkRequests(made.Id).ToListAsync(Cancel));
        clock.Advance(TimeSpan.FromDays(8));

        Assert.Empty(await owner.LinkRequests(made.Id).ToListAsync(Cancel));
        await Expect.RefusedAsync(HttpStatusCode.NotFound, () => owner.ConfirmLinkAsync(made.Id, third.Id, Cancel));
    }

    private static int TopGroup(PicketApplication picket) => picket.Emulator.Groups.Customer.Index;

    private static async Task<IntegrationView> ChangeAsync(Colleague who, Guid integration)
    {
        var shown = await who.Client.IntegrationAsync(integration, Cancel);
        var change = new ChangeIntegration { QuotaSharePercent = 21 };
        return await who.Client.ChangeIntegrationAsync(integration, shown.Version, change, Cancel);
    }

    /// <summary>An integration, and Grace: bound to her account at the provider, with an account of the UEM of that address.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private Scene(PicketApplication picket, Provider provider, IntegrationView integration, Colleague grace) =>
            (Picket, Provider, Integration, Grace) = (picket, provider, integration, grace);

        public PicketApplication Picket { get; }
        public Provider Provider { get; }
        public IntegrationView Integration { get; }
        public Colleague Grace { get; }

        /// <summary>Where her browser starts.</summary>
        public string Ask => $"/account/provider/integration/{Integration.Id}";

        public static async Task<Scene> StartAsync(TimeProvider? time = null)
        {
            var provider = await Provider.StartAsync();
            var picket = await PicketApplication.StartAsync(new() { Settings = provider.Settings, Time = time });
            var made = await picket.CreateIntegrationAsync();
            foreach (var name in new[] { "grace", "bob" })
            {
                picket.Emulator.Access.AddAccount(name, "not told", "Console Administrator", TopGroup(picket));
            }

            var grace = await Colleague.JoinAsync(picket, new Grant(Role.Administrator, null));
            await grace.Browser.FollowAsync("/account/provider");
            return new Scene(picket, provider, made, grace);
        }

        public async Task<AdministratorLink> ConfirmAsync()
        {
            var request = (await Picket.Client.LinkRequests(Integration.Id).ToListAsync(Cancel)).Single();
            return await Picket.Client.ConfirmLinkAsync(Integration.Id, request.Id, Cancel);
        }

        public async ValueTask DisposeAsync()
        {
            Grace.Dispose();
            await Picket.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
