using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Paging;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Every operation once, over TLS with a private CA.</summary>
public sealed class ReadingTests
{
    private static readonly PagingOptions SmallPages = new() { PageSize = 20 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_the_whole_fleet_in_the_fewest_calls()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();

        var result = await client.Devices.Search(uem.Group, paging: SmallPages).ReadAllAsync(Cancel);

        Assert.True(result.Report.Complete, result.Report.ToString());
        Assert.True(result.Items.Count > 60);
        Assert.Equal((result.Items.Count + 19) / 20, uem.Host.RequestLog.Count("GET mdm/devices/search"));
        Assert.All(
            result.Items,
            device => Assert.True(device is { Uuid: not null, OrganizationGroup.Id: > 0, Platform: not null })
        );
        Assert.Contains(result.Items, device => device.CompromisedStatus is null);
        Assert.NotNull(client.Quota.Remaining);
    }

    [Fact]
    public async Task Reads_what_belongs_to_a_device()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();
        var devices = (await client.Devices.Search(uem.Group).ReadAllAsync(Cancel)).Items;
        var device = devices.First(one => one is { EnrollmentStatus: "Enrolled", Ownership: "C", Platform: "Android" });

        var details = await client.Devices.GetAsync(device.Id, Cancel);
        var apps = await client.Devices.Apps(device.Uuid!.Value).ReadAllAsync(Cancel);
        var security = await client.Devices.SecurityAsync(device.Id, Cancel);
        var compliance = await client.Devices.ComplianceAsync(device.Id, Cancel);

        Assert.Equal((device.Id, device.SerialNumber), (details.Id, details.SerialNumber));
        Assert.True(apps.Report.Complete, apps.Report.ToString());
        Assert.NotEmpty(apps.Items);
        Assert.All(apps.Items, app => Assert.NotNull(app.BundleId));
        Assert.NotNull(security.IsPasscodePresent);
        Assert.NotNull(compliance.OverallCompliantStatus);
        await Assert.ThrowsAsync<NotFoundException>(() => client.Devices.Apps(Guid.NewGuid()).ReadAllAsync(Cancel));
        await Assert.ThrowsAsync<NotFoundException>(() => client.Devices.SecurityAsync(999_999_999, Cancel));
    }

    [Fact]
    public async Task Reads_groups_people_and_settings()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();

        var info = await client.GetSystemInfoAsync(Cancel);
        var tree = await client.OrganizationGroups.ChildrenAsync(uem.Group, Cancel);
        var found = await client.OrganizationGroups.Search(paging: SmallPages).ReadAllAsync(Cancel);
        var self = await client.Administrators.Search(uem.Host.Credentials.Account).ReadAllAsync(Cancel);
        var users = await client.Users.Search(uem.Group, paging: SmallPages).ReadAllAsync(Cancel);
        var bulk = await client.Devices.BulkSettingsAsync(Cancel);

        Assert.NotNull(info.ProductVersion);
        Assert.Equal(uem.Group, tree[0].Id);
        Assert.All(tree.Skip(1), group => Assert.Contains(tree, parent => parent.Id == group.ParentLocationGroup.Id));
        Assert.Equal(tree[0].Uuid, (await client.OrganizationGroups.GetAsync(uem.Group, Cancel)).Uuid);
        Assert.True(found.Report.Complete, found.Report.ToString());
        Assert.NotEmpty(Assert.Single(self.Items).Roles);
        Assert.True(users.Report.Complete, users.Report.ToString());
        Assert.NotEmpty(users.Items);
        Assert.NotNull(bulk.LockDevice);
        await Assert.ThrowsAsync<OutOfScopeException>(() => client.OrganizationGroups.GetAsync(999_999, Cancel));
        await Assert.ThrowsAsync<OutOfScopeException>(() => client.Devices.Search(999_999).ReadAllAsync(Cancel));
    }

    [Fact]
    public async Task Reads_user_groups_smart_groups_and_the_catalogue()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client();

        var userGroups = await client.UserGroups.Search(uem.Group).ReadAllAsync(Cancel);
        var members = await client.UserGroups.Members(userGroups.Items[0].UserGroupId, SmallPages).ReadAllAsync(Cancel);
        var smartGroups = await client.SmartGroups.Search(uem.Group).ReadAllAsync(Cancel);
        var group = await client.SmartGroups.GetAsync(smartGroups.Items[0].Id, Cancel);
        var devices = await client.SmartGroups.DevicesAsync(group.Id, Cancel);
        var apps = await client.Apps.Search(uem.Group).ReadAllAsync(Cancel);
        var purchased = await client.Apps.PurchasedSearch(uem.Group).ReadAllAsync(Cancel);

        Assert.True(userGroups.Report.Complete, userGroups.Report.ToString());
        Assert.True(members.Report.Complete, members.Report.ToString());
        Assert.Equal(userGroups.Items[0].UserCount, members.Items.Count);
        Assert.True(smartGroups.Report.Complete, smartGroups.Report.ToString());
        Assert.Equal(smartGroups.Items[0].Name, group.Name);
        Assert.Equal(group.Devices, devices.Count);
        Assert.True(apps.Report.Complete, apps.Report.ToString());
        Assert.True(purchased.Report.Complete, purchased.Report.ToString());
        await Assert.ThrowsAsync<NotFoundException>(() => client.SmartGroups.GetAsync(999_999, Cancel));
    }

    [Fact]
    public async Task Signs_in_with_client_credentials()
    {
        await using var uem = await Uem.StartAsync();
        var secret = new OAuthCredential(
            uem.Host.TokenAddress,
            uem.Host.Credentials.ClientId,
            uem.Host.Credentials.ClientSecret
        );
        var client = uem.Client(uem.Options with { Credential = secret });
        var wrong = uem.Client(uem.Options with { Credential = secret with { ClientSecret = "wrong-secret" } });

        Assert.NotNull((await client.GetSystemInfoAsync(Cancel)).ProductVersion);
        await Assert.ThrowsAsync<SignInRefusedException>(() => wrong.GetSystemInfoAsync(Cancel));
    }

    [Fact]
    public async Task Refuses_a_server_whose_certificate_nobody_vouches_for()
    {
        await using var uem = await Uem.StartAsync();

        var probe = await uem.Client(trusted: false).ProbeAsync(new ProbeRequest("system/info"), Cancel);

        Assert.Equal(FailureStage.Tls, probe.Stage);
        Assert.Equal(0, uem.Host.RequestLog.Total);
    }

    [Fact]
    public async Task Refuses_an_answer_beyond_the_bound()
    {
        await using var uem = await Uem.StartAsync();
        var client = uem.Client(uem.Options with { MaxResponseBytes = 20_000 });

        var failure = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.Devices.Search(uem.Group).ReadAllAsync(Cancel)
        );

        Assert.Equal(FailureStage.TooLarge, failure.Stage);
        Assert.Equal(1, uem.Host.RequestLog.Total);
    }
}
