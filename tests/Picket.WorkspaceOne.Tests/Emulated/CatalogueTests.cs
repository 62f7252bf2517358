using System.Net;
using Picket.WorkspaceOne.Paging;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Store apps added, found, switched and taken out; where apps are, and what they can be told.</summary>
public sealed class CatalogueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adds_a_store_app_and_finds_it_by_its_bundle_id()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();

        var made = await uem.AddGuardAsync(client);

        var found = Assert.Single(
            (await client.Apps.Search(CatalogueKind.Public, "com.example.guard").ReadAllAsync(Cancel)).Items
        );
        Assert.Equal((made.Id, made.Uuid), (found.Id, found.Uuid));
        Assert.Equal(
            ("Guard", "Public", "Active", 5),
            (found.Name, found.AppType, found.Status, found.Platform.Number)
        );
        Assert.Equal(uem.Group, found.OrganizationGroupId);
        Assert.Equal("com.example.guard", (await client.Apps.PublicAsync(made.Id, Cancel)).BundleId);
        Assert.Empty(
            (await client.Apps.Search(CatalogueKind.Internal, "com.example.guard").ReadAllAsync(Cancel)).Items
        );
    }

    [Fact]
    public async Task Says_that_the_app_is_there_already_and_what_an_apple_app_lacks()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        await uem.AddGuardAsync(client);

        await Assert.ThrowsAsync<AlreadyThereException>(() => uem.AddGuardAsync(client));
        var refused = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.Apps.AddPublicAsync(new NewPublicApp("Guard", 2) { BundleId = "com.example.guard" }, Cancel)
        );

        Assert.Contains("External Id", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_adds_an_app_twice_when_the_answer_is_lost()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        uem.LoseAnswer("mam/apps/public", "POST");

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() => uem.AddGuardAsync(client));

        Assert.Single((await client.Apps.Search(CatalogueKind.Public, "com.example.guard").ReadAllAsync(Cancel)).Items);
        Assert.Equal(1, uem.Host.RequestLog.Count("POST mam/apps/public"));
    }

    [Fact]
    public async Task Switches_an_app_off_and_on_also_when_answers_are_lost_and_it_is_so_already()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var app = await uem.AddGuardAsync(client);

        uem.LoseAnswer("deactivate");
        await client.Apps.SwitchPublicAsync(app.Id, active: false, Cancel);
        await client.Apps.SwitchPublicAsync(app.Id, active: false, Cancel);
        Assert.Equal("Inactive", (await client.Apps.PublicAsync(app.Id, Cancel)).Status);
        uem.LoseAnswer("/activate");
        await client.Apps.SwitchPublicAsync(app.Id, active: true, Cancel);

        Assert.Equal("Active", (await client.Apps.PublicAsync(app.Id, Cancel)).Status);
    }

    [Fact]
    public async Task Takes_an_app_out_and_says_so_when_it_is_gone_since_a_lost_answer()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var app = await uem.AddGuardAsync(client);
        uem.LoseAnswer("mam/apps/public", "DELETE");

        await Assert.ThrowsAsync<NotFoundException>(() => client.Apps.DeletePublicAsync(app.Id, Cancel));

        Assert.Empty((await client.Apps.Search(CatalogueKind.Public, "com.example.guard").ReadAllAsync(Cancel)).Items);
    }

    [Fact]
    public async Task The_401_of_a_missing_app_is_no_refused_credential()
    {
        await using var uem = await PublishingUem.StartAsync();
        var refusals = 0;
        var client = uem.Client(uem.Options with { SignInRefused = _ => refusals++ });

        foreach (var number in Enumerable.Range(1, 8))
        {
            var missing = await Assert.ThrowsAsync<NotFoundException>(() => client.Apps.PublicAsync(number, Cancel));
            Assert.Equal((HttpStatusCode.Unauthorized, 7000), (missing.Status, missing.ErrorCode));
        }

        await Assert.ThrowsAsync<NotFoundException>(() => client.InternalApps.GetAsync(1, Cancel));
        Assert.Equal(0, refusals);
        Assert.NotNull(await client.GetSystemInfoAsync(Cancel));
    }

    [Fact]
    public async Task Tells_on_which_devices_an_app_is_page_by_page()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var app = await uem.AddGuardAsync(client);
        var android = await client.GroupAsync();
        var rules = await client.AppAssignments.ReadAsync(app.Uuid!.Value, Cancel);
        await client.AppAssignments.ReplaceAsync(app.Uuid.Value, rules.With("All", android.Uuid!.Value), Cancel);
        uem.Host.FailInstalls(new("com.example.guard", 0.3, [], "Not enough space"));

        var before = await ReadAsync();
        uem.Host.Clock.Step(TimeSpan.FromHours(6));
        var after = await ReadAsync();

        Assert.True(before.Report.Complete);
        Assert.NotEmpty(before.Items);
        Assert.All(
            before.Items,
            one => Assert.Equal(("Assigned", "NotInstalled"), (one.AssignmentStatus, one.InstalledStatus))
        );
        Assert.Equal(before.Items.Select(one => one.DeviceId), after.Items.Select(one => one.DeviceId));
        Assert.Contains(after.Items, one => one.InstalledStatus == "Installed" && one.DeviceUuid is not null);
        Assert.Contains(after.Items, one => one is { LastAction: "Failed", Reason: "Not enough space" });

        Task<ListingResult<UemAppDevice>> ReadAsync() =>
            client
                .Apps.Devices(app.Uuid.Value, uem.Host.OrganizationGroup.Uuid, new() { PageSize = 7 })
                .ReadAllAsync(Cancel);
    }

    [Fact]
    public async Task Tells_what_an_app_can_be_told_and_which_names_are_filled_in()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var app = await uem.AddGuardAsync(client);

        var keys = await client.Apps.ConfigurationKeysAsync(app.Uuid!.Value, Cancel);
        var names = await client.OrganizationGroups.LookupKeysAsync(uem.Host.OrganizationGroup.Uuid, Cancel);

        Assert.Contains(keys, key => key is { Key: "ServerUrl", Type: "STRING" });
        Assert.Contains(names, name => name.Key == "DeviceUid");
        await Assert.ThrowsAsync<NotFoundException>(() => client.Apps.ConfigurationKeysAsync(Guid.NewGuid(), Cancel));
        await Assert.ThrowsAsync<OutOfScopeException>(() =>
            client.OrganizationGroups.LookupKeysAsync(Guid.NewGuid(), Cancel)
        );
    }

    [Fact]
    public async Task Names_the_missing_right()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        uem.Host.Access.Account(uem.Host.Credentials.Account).Role = uem.Host.Access.Role("Read Only");

        await Assert.ThrowsAsync<PermissionMissingException>(() => uem.AddGuardAsync(client));
    }
}
