using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Server.Commands;
using Picket.Server.Storage;
using Picket.Server.Tests.People;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Storage;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Grant = Picket.Core.Identity.Grant;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Commands;

/// <summary>Servers that share a PostgreSQL count what goes within an hour one after the other. SQLite has one server.</summary>
public sealed class SharedCapTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_that_another_server_is_about_to_send_counts()
    {
        await using var scene = await SyncScene.StartAsync(
            new EmulatorOptions { Devices = 10 },
            new()
            {
                ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel),
                ["Commands:LookEveryMilliseconds"] = "50",
            },
            row => (row.CommandsEnabled, row.CommandFreshHours, row.LocksPerHour) = (true, 720, 1)
        );
        await scene.RunAsync();
        var device = (await scene.DevicesAsync()).First(row => row.EnrollmentStatus == "Enrolled");
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));
        await using var other = scene.Picket.OpenDatabase();
        await using var mark = await other.Database.BeginTransactionAsync(Cancel);
        await MarkAsync(other, scene.Integration);

        var wish = new CreateCommand { Command = DeviceCommand.Lock, Reason = "Left in a taxi" };
        var asked = await analyst.Client.CommandAsync(device.Id, wish, Cancel);
        await TagScene.UntilAsync(() => WaitingAsync(other), count => count == 1);
        await mark.CommitAsync(Cancel);

        await TagScene.UntilAsync(
            () => scene.Picket.Client.CommandAsync(asked.Id, Cancel),
            view => view.Brake == DeviceCommandBrake.LockCap
        );
        Assert.Empty(scene.Uem.Commands.Of(scene.Uem.Fleet.ById(device.RemoteId)!));
    }

    /// <summary>As another server does it, which has not committed yet.</summary>
    private static async Task MarkAsync(PicketDbContext db, Guid integration)
    {
        var (name, now) = ($"commands {integration}", TimeProvider.System.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", Cancel);
        db.DeviceCommands.Add(
            new DeviceCommandRow
            {
                Id = Guid.CreateVersion7(now),
                IntegrationId = integration,
                DeviceId = Guid.NewGuid(),
                RemoteId = 1,
                Kind = CommandKind.Lock,
                State = CommandState.Sending,
                WantedBy = "test",
                WantedAt = now,
                SentAt = now,
            }
        );
        await db.SaveChangesAsync(Cancel);
    }

    private static Task<int> WaitingAsync(PicketDbContext db) =>
        db
            .Database.SqlQuery<int>(
                $"""
                SELECT count(*)::int AS "Value" FROM pg_locks
                WHERE locktype = 'advisory' AND NOT granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            )
            .SingleAsync(Cancel);
}
