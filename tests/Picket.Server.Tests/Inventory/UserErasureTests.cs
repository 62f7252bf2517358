using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Audit;
using Picket.Server.Inventory;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Storage;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Inventory;

/// <summary>An erased person leaves no name behind, and no reading of the UEM brings it back.</summary>
public sealed class UserErasureTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task No_table_holds_the_name_of_an_erased_person_and_no_run_brings_it_back(DatabaseKind kind)
    {
        await using var scene = await StartAsync(kind, devices: 60);
        await scene.RunAsync();
        var user = await SomebodyAsync(scene);
        var device = (await DevicesOfAsync(scene, user)).First();
        scene.Uem.Fleet.Change((int)device.UemId, it => it with { FriendlyName = $"{user.UserName} on the move" });
        await scene.RunAsync();
        Assert.Contains(user.UserName, await StoredAsync(scene), StringComparison.OrdinalIgnoreCase);

        var preview = await scene.Picket.Client.ErasureOfUserAsync(user.Id, Cancel);
        var erased = await scene.Picket.Client.EraseUserAsync(user.Id, new EraseUser(user.UserName), Cancel);

        Assert.Equal(preview, erased);
        Assert.True(
            erased is { Remembered: true, Users: 1, Groups: > 0, Devices: > 0, HistoryEntries: > 0 },
            $"{erased}"
        );
        await AssertForgottenAsync(scene, user);
        foreach (var kindOfRun in new[] { RunKind.Full, RunKind.Incremental, RunKind.Device })
        {
            Guid? one = kindOfRun is RunKind.Device ? device.Id : null;
            var run = await scene.RunAsync(kindOfRun, one);

            Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
            Assert.Equal(0, run.Counts.GetValueOrDefault("users")?.Changed ?? 0);
            Assert.Equal(0, run.Counts["devices"].Changed);
            await AssertForgottenAsync(scene, user);
        }

        var shown = await scene.Picket.Client.UserAsync(user.Id, Cancel);
        Assert.True(shown is { User: { Erased: true, UserName: "" }, ErasedAt: not null, Groups: 0 });
        Assert.Equal(
            device.SerialNumber,
            (await scene.Picket.Client.DeviceAsync(device.Id, Cancel)).Device.FriendlyName
        );
        Assert.Equal(
            new ErasureView(
                true,
                Users: 0,
                Groups: 0,
                Devices: 0,
                HistoryEntries: 0,
                NamedElsewhere: 0,
                ImportLines: 0
            ),
            await scene.Picket.Client.ErasureOfUserAsync(user.Id, Cancel)
        );
    }

    /// <summary>The first page of devices was compared, names and all, before the person was erased; it is written afterwards.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_run_that_has_read_the_name_already_does_not_write_it(DatabaseKind kind)
    {
        await using var scene = await StartAsync(kind, devices: 620);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "devices/search",
                Query = "page=1",
                Action = FaultAction.Slow,
                Milliseconds = 15_000,
            }
        );
        var started = await scene.Picket.Client.StartRunAsync(scene.Integration, new StartRun(), Cancel);
        await SyncScene.UntilAsync(scene.Picket.Client, started.Id, _ => scene.Uem.FaultHits.Sum() > 0);
        await using var db = scene.Picket.OpenDatabase();
        var some = await db.Users.OrderBy(row => row.RemoteId).Take(12).ToListAsync(Cancel);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancel); // The first page is compared meanwhile.

        foreach (var row in some)
        {
            await scene.Picket.Client.EraseUserAsync(row.Id, new EraseUser(row.UserName!), Cancel);
        }

        Assert.Empty(await db.Devices.ToListAsync(Cancel)); // Else this proves nothing.
        var run = await scene.EndAsync(started.Id);

        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        var numbers = some.Select(row => row.RemoteId).ToHashSet();
        var devices = await scene.DevicesAsync();
        Assert.Equal(620, devices.Count);
        Assert.All(
            devices,
            device => Assert.Equal(numbers.Contains(device.UserRemoteId!.Value), device.UserName is null)
        );
        Assert.Contains(devices, device => device is { UserName: null, FriendlyName: null });
        var stored = await StoredAsync(scene);
        Assert.All(some, row => Assert.DoesNotContain(row.Email!, stored, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_is_kept_by_name_again_comes_back_with_the_next_run()
    {
        await using var scene = await StartAsync(DatabaseKind.Sqlite, devices: 60);
        await scene.RunAsync();
        var user = await SomebodyAsync(scene);
        await scene.Picket.Client.EraseUserAsync(user.Id, new EraseUser(user.UserName), Cancel);
        await scene.RunAsync();

        await scene.Picket.Client.LiftErasureOfUserAsync(user.Id, Cancel);
        await scene.RunAsync();

        var shown = await scene.Picket.Client.UserAsync(user.Id, Cancel);
        Assert.Equal(user, shown.User);
        Assert.True(shown is { ErasedAt: null, Groups: > 0 });
        Assert.All(await DevicesOfAsync(scene, user), device => Assert.Equal(user.UserName, device.User));
        var again = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.LiftErasureOfUserAsync(user.Id, Cancel)
        );
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
    }

    /// <summary>Members of a group are told by name alone: a new sign-in name must not slip in where no number stands.</summary>
    [Fact]
    public async Task A_new_sign_in_name_of_an_erased_person_is_not_kept_either()
    {
        await using var scene = await StartAsync(DatabaseKind.Sqlite, devices: 60);
        await scene.RunAsync();
        var user = await SomebodyAsync(scene);
        await using (var db = scene.Picket.OpenDatabase())
        {
            // As if the UEM had called them otherwise when they were erased.
            await db
                .Users.Where(row => row.Id == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UserName, "maiden.name"), Cancel);
        }

        await scene.Picket.Client.EraseUserAsync(user.Id, new EraseUser("maiden.name"), Cancel);
        await scene.RunAsync();

        await using var after = scene.Picket.OpenDatabase();
        Assert.False(await after.UserGroupMembers.AnyAsync(row => row.UserName == user.UserName, Cancel));
    }

    [Fact]
    public async Task Another_name_erases_nobody_and_the_audit_names_whom_it_was_by_ids_alone()
    {
        await using var scene = await StartAsync(DatabaseKind.Sqlite, devices: 60);
        await scene.RunAsync();
        var user = await SomebodyAsync(scene);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.EraseUserAsync(user.Id, new EraseUser("somebody.else"), Cancel)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(user.UserName, (await scene.Picket.Client.UserAsync(user.Id, Cancel)).User.UserName);

        await scene.Picket.Client.EraseUserAsync(user.Id, new EraseUser(user.UserName.ToUpperInvariant()), Cancel);

        await using var db = scene.Picket.OpenDatabase();
        var entry = await db.Audit.SingleAsync(row => row.Subject == $"{user.Id}", Cancel);
        Assert.Equal(("user.erased", AuditOutcome.Done), (entry.Action, entry.Outcome));
        Assert.Contains($"\"UemId\":{user.UemId}", entry.After, StringComparison.Ordinal);
        Assert.DoesNotContain(user.UserName, entry.After, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Role.Analyst)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Approver)]
    public async Task Only_administrators_erase(Role role)
    {
        await using var scene = await StartAsync(DatabaseKind.Sqlite, devices: 20);
        await scene.RunAsync();
        var user = await SomebodyAsync(scene);
        using var who = await Colleague.JoinAsync(scene.Picket, new Grant(role, scene.Integration));

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            who.Client.EraseUserAsync(user.Id, new EraseUser(user.UserName), Cancel)
        );

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.False((await who.Client.UserAsync(user.Id, Cancel)).User.Erased);
    }

    private async Task<SyncScene> StartAsync(DatabaseKind kind, int devices) =>
        await SyncScene.StartAsync(
            new EmulatorOptions { Devices = devices },
            kind is DatabaseKind.Postgres
                ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) }
                : []
        );

    /// <summary>A user who has devices and is in a group.</summary>
    private static async Task<UserView> SomebodyAsync(SyncScene scene)
    {
        await foreach (var device in scene.Picket.Client.Devices())
        {
            if (
                device.UserId is { } id
                && await scene.Picket.Client.UserAsync(id, Cancel) is { Groups: > 0, User: var user }
            )
            {
                return user;
            }
        }

        throw new InvalidOperationException("The emulator has nobody with a device and a group.");
    }

    private static async Task<List<DeviceSummary>> DevicesOfAsync(SyncScene scene, UserView user) =>
        await scene.Picket.Client.Devices(new DeviceFilter { UserId = user.Id }).ToListAsync(Cancel);

    private static async Task AssertForgottenAsync(SyncScene scene, UserView user)
    {
        var stored = await StoredAsync(scene);
        Assert.DoesNotContain(user.UserName, stored, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(user.Email!, stored, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Every row of every table, as text.</summary>
    private static async Task<string> StoredAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        await db.Database.OpenConnectionAsync(Cancel);
        var text = new StringBuilder();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    text.Append(reader.GetValue(column)).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
