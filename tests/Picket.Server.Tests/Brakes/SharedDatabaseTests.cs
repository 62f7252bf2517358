using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Tests.Brakes;

/// <summary>Servers that share a database follow each other, and the answer to a stop says who has not followed yet.</summary>
public sealed class SharedDatabaseTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_waits_for_the_other_servers_and_names_the_one_that_does_not_follow()
    {
        await using var picket = await PicketApplication.StartAsync(
            new PicketApplicationOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel),
                },
            }
        );
        await using var db = picket.OpenDatabase();
        var gate = picket.Service<WriteGate>();
        // Another server, as far as this one can tell: what it says stands in the database.
        var other = new BrakeServerRow
        {
            Id = Guid.NewGuid(),
            Name = "other",
            Seen = 1,
            UnderWay = 2,
            SeenAt = TimeProvider.System.GetUtcNow(),
        };
        db.BrakeServers.Add(other);
        await db.SaveChangesAsync(Cancel);

        var stopping = picket.Client.StopWritesAsync("Look at the profiles.", Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancel);
        Assert.False(stopping.IsCompleted);
        (other.Seen, other.UnderWay) = (long.MaxValue, 0);
        await db.SaveChangesAsync(Cancel);
        var stopped = await stopping;
        Assert.Equal(0, stopped.UnderWay);
        Assert.Empty(stopped.Unseen);

        // The other one releases, and stops again: this one follows.
        await db.WriteStops.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ReleasedAt, other.SeenAt).SetProperty(row => row.ReleasedBy, "somebody"),
            Cancel
        );
        await UntilAsync(() => gate.Closed is null);
        db.WriteStops.Add(
            new WriteStopRow
            {
                Id = Guid.NewGuid(),
                Number = stopped.Stop.Number + 1,
                StoppedBy = "somebody",
                StoppedAt = other.SeenAt,
                Reason = "From elsewhere.",
            }
        );
        await db.SaveChangesAsync(Cancel);
        await UntilAsync(() => gate.Closed?.Contains("From elsewhere.", StringComparison.Ordinal) is true);
        var own = await db.BrakeServers.AsNoTracking().SingleAsync(row => row.Id != other.Id, Cancel);
        Assert.True(own.Seen > 1);

        (other.Seen, other.SeenAt) = (1, TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync(Cancel);
        var again = await picket.Client.StopWritesAsync("Once more.", Cancel);
        Assert.Equal(["other"], again.Unseen);
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!reached())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
