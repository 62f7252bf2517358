using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Lists of denied apps: made, filled, emptied and deleted.</summary>
public sealed class AppGroupTests
{
    private static readonly UemAppGroupItem Bad = new("com.example.bad", "Bad");
    private static readonly UemAppGroupItem Worse = new("com.example.worse", "Worse");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Makes_a_group_that_is_read_back_listed_filled_and_deleted()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();

        var id = await client.AppGroups.CreateAsync(Denied(uem, "Picket: denied apps"), Cancel);
        await client.AppGroups.CreateAsync(Denied(uem, "Another"), Cancel);
        await client.AppGroups.AddApplicationsAsync(id, [Worse], Cancel);

        var group = await client.AppGroups.GetAsync(id, Cancel);
        Assert.Equal(
            ("Picket: denied apps", 2, uem.Group),
            (group.Name, group.AppCount, group.ManagedByOrganizationGroupId)
        );
        Assert.True(group.Denies && group.IsFor("Android") && !group.IsFor("Apple"));
        Assert.Equal([Bad, Worse], group.Applications);
        var listing = await client.AppGroups.Search(uem.Group, paging: new() { PageSize = 1 }).ReadAllAsync(Cancel);
        Assert.True(listing.Report.Complete);
        Assert.Equal(["Picket: denied apps", "Another"], listing.Items.Select(one => one.Name));
        Assert.Single((await client.AppGroups.Search(name: "picket").ReadAllAsync(Cancel)).Items);

        await client.AppGroups.RemoveApplicationsAsync(id, [Bad], Cancel);
        Assert.Equal([Worse], (await client.AppGroups.GetAsync(id, Cancel)).Applications);
        var deleted = await client.AppGroups.DeleteAsync([id, 1], Cancel);
        Assert.Equal((1, 1), (deleted.AcceptedItems, deleted.FailedItems));
        Assert.Equal((404, "1"), (deleted.Faults[0].ErrorCode, deleted.Faults[0].ItemValue));
        await Assert.ThrowsAsync<NotFoundException>(() => client.AppGroups.GetAsync(id, Cancel));
    }

    [Fact]
    public async Task Tells_apart_what_is_there_what_is_not_and_what_is_the_last()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var id = await client.AppGroups.CreateAsync(Denied(uem, "Denied"), Cancel);

        await Assert.ThrowsAsync<AlreadyThereException>(() =>
            client.AppGroups.AddApplicationsAsync(id, [Worse, Bad], Cancel)
        );
        await Assert.ThrowsAsync<NotFoundException>(() =>
            client.AppGroups.RemoveApplicationsAsync(id, [Worse], Cancel)
        );
        await Assert.ThrowsAsync<NotFoundException>(() => client.AppGroups.AddApplicationsAsync(7, [Worse], Cancel));
        var last = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.AppGroups.RemoveApplicationsAsync(id, [Bad], Cancel)
        );
        Assert.Contains("minimum of one app", last.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OutOfScopeException>(() =>
            client.AppGroups.CreateAsync(Denied(uem, "Elsewhere") with { OrganizationGroupId = 1 }, Cancel)
        );
        var unknown = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.AppGroups.CreateAsync(Denied(uem, "Toasters") with { Platform = "Toaster" }, Cancel)
        );
        Assert.Contains("device type", unknown.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.AppGroups.AddApplicationsAsync(id, [new UemAppGroupItem("", "Nameless")], Cancel)
        );
        Assert.Equal([Bad], (await client.AppGroups.GetAsync(id, Cancel)).Applications);
    }

    [Fact]
    public async Task Makes_once_and_repeats_what_is_a_state_when_answers_are_lost()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        uem.LoseAnswer("mam/apps/appgroups", "POST");

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.AppGroups.CreateAsync(Denied(uem, "Denied"), Cancel)
        );
        var made = Assert.Single((await client.AppGroups.Search(uem.Group, "Denied").ReadAllAsync(Cancel)).Items);
        Assert.Equal(1, uem.Host.RequestLog.Count("POST mam/apps/appgroups"));

        // The second sending is refused since the first one was done: the caller is told, and reads.
        uem.LoseAnswer("/applications", "POST");
        var twice = await Assert.ThrowsAsync<AlreadyThereException>(() =>
            client.AppGroups.AddApplicationsAsync(made.Id, [Worse], Cancel)
        );
        Assert.True(twice.SentBefore);
        Assert.Equal([Bad, Worse], (await client.AppGroups.GetAsync(made.Id, Cancel)).Applications);
        uem.LoseAnswer("mam/apps/appgroups", "DELETE");
        Assert.Equal(404, (await client.AppGroups.DeleteAsync([made.Id], Cancel)).Faults[0].ErrorCode);
        Assert.Empty((await client.AppGroups.Search(uem.Group).ReadAllAsync(Cancel)).Items);
    }

    [Fact]
    public async Task Names_the_missing_right_and_passes_no_closed_gate()
    {
        await using var uem = await PublishingUem.StartAsync();
        var gate = new WriteGate();
        var client = uem.Client(uem.Options with { Writes = gate });
        gate.Close("Somebody looks.");

        await Assert.ThrowsAsync<WritesStoppedException>(() =>
            client.AppGroups.CreateAsync(Denied(uem, "Denied"), Cancel)
        );
        Assert.Equal(0, uem.Host.RequestLog.Count("POST mam/apps/appgroups"));

        var open = uem.Client();
        uem.Host.Access.Account(uem.Host.Credentials.Account).Role = uem.Host.Access.Role("Read Only");
        await Assert.ThrowsAsync<PermissionMissingException>(() =>
            open.AppGroups.CreateAsync(Denied(uem, "Denied"), Cancel)
        );
    }

    private static NewAppGroup Denied(Uem uem, string name) =>
        new(name, "Android", uem.Group, [Bad]) { Description = "What is listed here is not wanted." };
}
