using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Orleans;
using Picket.Api;
using Picket.Server.Brakes;
using Picket.Server.Hosting;
using Picket.Server.Response;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne;

namespace Picket.Server.Tests.Brakes;

/// <summary>Servers that share a database follow each other, and the answer to a stop says who has not followed yet.</summary>
public sealed class SharedDatabaseTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_waits_lastingthe_other_servers_and_names_the_one_that_does_not_follow()
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

    [Fact]
    public async Task One_of_two_servers_works_and_the_other_takes_over_when_it_is_gone()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel),
        };
        await using var first = await PicketApplication.StartAsync(
            new PicketApplicationOptions { Settings = settings }
        );
        await UntilAsync(() => first.Service<WorkLease>().IsHeld);
        await using var second = await PicketApplication.StartAsync(
            new PicketApplicationOptions
            {
                Settings = new Dictionary<string, string?>(settings) { ["Storage:DataFolder"] = first.DataFolder },
                Owned = false, // It has one from the first server.
            }
        );
        await using var db = second.OpenDatabase();
        await UntilAsync(() => second.Logs.All.Contains("stands by", StringComparison.Ordinal));
        Assert.False(second.Service<WorkLease>().IsHeld);
        Assert.True((await second.Http.GetAsync(Routes.Ready, Cancel)).IsSuccessStatusCode);
        Assert.Equal(2, await db.BrakeServers.CountAsync(Cancel));

        await first.StopServerAsync();
        await UntilAsync(() => second.Service<WorkLease>().IsHeld);

        // One that could not say for half a minute that it lives finds that another has taken over, and ends.
        var ending = second.Service<IHostApplicationLifetime>().ApplicationStopping;
        var (lease, gate) = (second.Service<WorkLease>(), second.Service<WriteGate>());
        await HoldAsync(second, TimeSpan.FromMinutes(5));
        await UntilAsync(() => ending.IsCancellationRequested);
        Assert.False(lease.IsHeld);
        Assert.NotNull(gate.Closed);
    }

    [Fact]
    public async Task A_server_that_stands_by_begins_nothing_until_the_lease_of_one_that_died_has_run_out()
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
        await UntilAsync(() => picket.Service<WorkLease>().IsHeld);
        await HoldAsync(picket, TimeSpan.FromMinutes(5)); // A server that was killed gave nothing back.
        await picket.RestartAsync();
        await using var db = picket.OpenDatabase();
        var run = db.TagRuns.Add(
            new TagRunRow
            {
                Id = Guid.CreateVersion7(),
                IntegrationId = Guid.NewGuid(),
                QueuedAt = TimeProvider.System.GetUtcNow(),
            }
        );
        await db.SaveChangesAsync(Cancel);

        await picket.Service<IGrainFactory>().GetGrain<ITaggingGrain>(run.Entity.IntegrationId).PokeAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Cancel);
        Assert.Equal(RunState.Queued, (await db.TagRuns.AsNoTracking().SingleAsync(Cancel)).State);

        await HoldAsync(picket, TimeSpan.FromMinutes(-1));
        await TagScene.UntilAsync(
            () => db.TagRuns.AsNoTracking().SingleAsync(Cancel),
            taken => taken.State != RunState.Queued
        );
    }

    /// <summary>As another server does, which is not asked for any more.</summary>
    private static async Task HoldAsync(PicketApplication picket, TimeSpan lasting)
    {
        var (other, until) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow() + lasting);
        await using var db = picket.OpenDatabase();
        await db.WorkLease.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Server, other).SetProperty(row => row.Until, until),
            Cancel
        );
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
