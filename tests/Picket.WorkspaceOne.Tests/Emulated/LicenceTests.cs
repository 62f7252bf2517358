using System.Net;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Apps bought in volume: licences counted, given and taken back.</summary>
public sealed class LicenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_gives_changes_and_takes_back()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(client);
        Assert.Equal(
            (500, 0, 0, 500, "VPPUser"),
            (
                app.ManagedDistribution!.Purchased,
                app.ManagedDistribution.Burned,
                app.ManagedDistribution.OnHold,
                app.ManagedDistribution.Available,
                app.ManagedDistribution.AppLicenseEligibility
            )
        );

        await client.PurchasedApps.AllocateAsync(app.Id, group.Id, 400, Cancel);
        uem.LoseAnswer("mam/apps/purchased", "PUT");
        await client.PurchasedApps.ChangeAsync(app.Id, group.Id, 450, Cancel);

        var old = await client.PurchasedApps.GetAsync(app.Id, Cancel);
        Assert.Equal((group.Id, 450), (old.Assignments![0].SmartGroupId, old.Assignments[0].Allocated));
        Assert.Equal((500, 450, 50), (old.Licenses!.TotalLicenses, old.Licenses.Allocated, old.Licenses.Unallocated));
        var details = await client.PurchasedApps.GetAsync(app.Uuid!.Value, Cancel);
        Assert.Equal(
            (500, 450, 50),
            (details.Licences!.Total, details.Licences.Allocated, details.Licences.Unallocated)
        );
        Assert.Equal((group.Uuid, 450), (details.Assignments![0].SmartGroupUuid, details.Assignments[0].Allocated));
        await client.PurchasedApps.TakeBackAsync(app.Id, group.Id, Cancel);
        Assert.Empty((await client.PurchasedApps.GetAsync(app.Id, Cancel)).Assignments!);
    }

    [Theory]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.CrashAfter)]
    public async Task Never_gives_twice_when_the_answer_is_lost(FaultAction fault)
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(client);
        uem.Break(
            new FaultRule
            {
                Action = fault,
                Path = "assignment",
                Method = "POST",
                Times = 1,
            }
        );

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.PurchasedApps.AllocateAsync(app.Id, group.Id, 10, Cancel)
        );

        Assert.Equal(10, (await client.PurchasedApps.GetAsync(app.Id, Cancel)).Licenses!.Allocated);
        Assert.Equal(1, uem.Host.RequestLog.Count("POST mam/apps/purchased/{id}/assignment"));
    }

    [Fact]
    public async Task Tells_the_refusals_apart()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(client);

        var dear = await Assert.ThrowsAsync<NoLicenceLeftException>(() =>
            client.PurchasedApps.AllocateAsync(app.Id, group.Id, 501, Cancel)
        );
        var none = await Assert.ThrowsAsync<NotFoundException>(() =>
            client.PurchasedApps.ChangeAsync(app.Id, group.Id, 5, Cancel)
        );
        await client.PurchasedApps.AllocateAsync(app.Id, group.Id, 5, Cancel);
        var twice = await Assert.ThrowsAsync<AlreadyThereException>(() =>
            client.PurchasedApps.AllocateAsync(app.Id, group.Id, 5, Cancel)
        );
        uem.LoseAnswer("smartgroups", "DELETE");
        await Assert.ThrowsAsync<NotFoundException>(() => client.PurchasedApps.TakeBackAsync(app.Id, group.Id, Cancel));
        await Assert.ThrowsAsync<NotFoundException>(() => client.PurchasedApps.GetAsync(1, Cancel));

        Assert.Equal((7114, 7113, 7113), (dear.ErrorCode, none.ErrorCode, twice.ErrorCode));
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.Status,
                Status = 400,
                ErrorCode = 7112,
                Path = "purchased",
            }
        );
        await Assert.ThrowsAsync<NotLicenceBasedException>(() =>
            client.PurchasedApps.AllocateAsync(app.Id, group.Id, 5, Cancel)
        );
    }

    [Fact]
    public async Task Asks_by_unique_id_once_the_app_has_rules()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, group) = await PreparedAsync(client);
        var rules = await client.AppAssignments.ReadAsync(app.Uuid!.Value, Cancel);
        await client.AppAssignments.ReplaceAsync(app.Uuid.Value, rules.With("Canary", group.Uuid!.Value), Cancel);

        var old = await Assert.ThrowsAsync<NewerApiNeededException>(() =>
            client.PurchasedApps.GetAsync(app.Id, Cancel)
        );

        Assert.Equal((HttpStatusCode.NotImplemented, 7019), (old.Status, old.ErrorCode));
        Assert.Equal(500, (await client.PurchasedApps.GetAsync(app.Uuid.Value, Cancel)).Licences!.Total);
    }

    [Fact]
    public async Task Lets_licences_go_to_devices_also_when_the_answer_is_lost()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var (app, _) = await PreparedAsync(client);
        uem.LoseAnswer("EnableDeviceAssignment");

        await client.PurchasedApps.EnableDeviceLicencesAsync(app.Id, Cancel);

        Assert.Equal("Device", (await client.PurchasedApps.GetAsync(app.Uuid!.Value, Cancel)).Eligibility);
        await Assert.ThrowsAsync<NotFoundException>(() => client.PurchasedApps.EnableDeviceLicencesAsync(1, Cancel));
    }

    private static async Task<(CatalogueApp App, UemSmartGroup Group)> PreparedAsync(WorkspaceOneClient client) =>
        (
            (await client.Apps.PurchasedSearch().ReadAllAsync(Cancel)).Items[0],
            await client.GroupAsync("All Apple Mobile")
        );
}
