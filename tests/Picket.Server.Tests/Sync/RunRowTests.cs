using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Sync;

/// <summary>Behind each number of a run stand its rows.</summary>
public sealed class RunRowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_number_of_a_run_has_as_many_rows()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 120 });
        await HasTheRowsItCountsAsync(scene, await scene.RunAsync());

        var fleet = scene.Uem.Fleet.All.ToList();
        scene.Uem.Fleet.Change(fleet[3].Id, device => device with { FriendlyName = "Renamed" });
        scene.Uem.Fleet.Remove(fleet[5]);
        var second = await scene.RunAsync();
        scene.Uem.Fleet.Restore(fleet[5].Index);
        var third = await scene.RunAsync();

        Assert.Equal((0, 1, 1), Numbers(second));
        await HasTheRowsItCountsAsync(scene, second);
        var renamed = Assert.Single(await RowsAsync(scene, second, "devices", RunRowChange.Changed));
        Assert.Equal(
            new RunRowPart("friendlyName", fleet[3].FriendlyName, "Renamed"),
            Assert.Single(renamed.What, part => part.Fact == "friendlyName")
        );
        Assert.Equal(
            fleet[5].FriendlyName,
            Assert.Single(await RowsAsync(scene, second, "devices", RunRowChange.Removed)).Name
        );
        Assert.Equal((1, 0, 0), Numbers(third));
        await HasTheRowsItCountsAsync(scene, third);
    }

    [Fact]
    public async Task A_user_who_moved_is_among_the_changed_ones_of_that_run_alone()
    {
        await using var scene = await SyncScene.StartAsync();
        var first = await scene.RunAsync();
        var user = (await scene.Picket.Client.Users().ToListAsync(Cancel))[0];
        var group = scene.Uem.Groups.All.Last(each => each.Name != user.OrganizationGroup);
        scene.Uem.Fleet.MoveUser(user.UserName, group);

        var second = await scene.RunAsync();

        Assert.Equal(user.Id, Assert.Single(await RowsAsync(scene, second, "users", RunRowChange.Changed)).Id);
        Assert.Empty(await RowsAsync(scene, first, "users", RunRowChange.Changed));
        await HasTheRowsItCountsAsync(scene, second);
    }

    [Fact]
    public async Task A_held_run_names_what_would_go_and_after_the_approval_nothing_else_goes()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var fleet = scene.Uem.Fleet.All.ToList();
        scene.Uem.Fleet.RemoveShare(0.6);
        var lost = fleet
            .Except(
                scene.Uem.Fleet.All,
                EqualityComparer<Picket.WorkspaceOne.Emulator.Fleet.Device>.Create(
                    (one, other) => one?.Id == other?.Id,
                    device => device.Id
                )
            )
            .ToList();
        var held = await scene.RunAsync();

        Assert.Equal(RunState.Held, held.State);
        var shown = await RowsAsync(scene, held, "devices", RunRowChange.Missing);
        Assert.Equal(lost.Select(device => device.FriendlyName).Order(), shown.Select(row => row.Name).Order());

        // One of them comes back, and another goes, before somebody agrees to what was shown.
        var late = scene.Uem.Fleet.All.First();
        scene.Uem.Fleet.Restore(lost[0].Index);
        scene.Uem.Fleet.Remove(late);
        await scene.Picket.Client.ApproveRunAsync(held.Id, Cancel);
        var ended = await scene.EndAsync(held.Id);

        var gone = (await scene.DevicesAsync()).Where(row => row.GoneAt is not null).Select(row => row.RemoteId);
        Assert.Equal(lost.Skip(1).Select(device => device.Id).Order(), gone.Order());
        Assert.Contains(ended.Notes, note => note.Contains("1 device went missing after", StringComparison.Ordinal));
        await scene.RunAsync();
        var next = (await scene.DevicesAsync()).Single(row => row.RemoteId == late.Id);
        Assert.NotNull(next.GoneAt);
    }

    [Fact]
    public async Task A_kind_that_no_run_counts_is_refused_and_a_run_that_is_not_there_is_not_found()
    {
        await using var scene = await SyncScene.StartAsync();
        var run = await scene.RunAsync();

        var mistake = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.RunRows(run.Id, new RunRowFilter { Kind = "cars" }).PageAsync(Cancel)
        );
        var nothing = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Picket.Client.RunRows(Guid.NewGuid()).PageAsync(Cancel)
        );

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (mistake.Status, nothing.Status));
    }

    [Fact]
    public async Task After_a_month_it_is_forgotten_which_users_a_run_changed()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var user = (await scene.Picket.Client.Users().ToListAsync(Cancel))[0];
        scene.Uem.Fleet.MoveUser(user.UserName, scene.Uem.Groups.All.Last(each => each.Name != user.OrganizationGroup));
        var moving = await scene.RunAsync();
        Assert.Single(await RowsAsync(scene, moving, "users", RunRowChange.Changed));

        await using (var db = scene.Picket.OpenDatabase())
        {
            var then = TimeProvider.System.GetUtcNow().AddDays(-31);
            await db
                .SyncRuns.Where(run => run.Id == moving.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.RequestedAt, then), Cancel);
        }

        await scene.RunAsync();

        Assert.Empty(await RowsAsync(scene, moving, "users", RunRowChange.Changed));
    }

    [Fact]
    public async Task A_run_closes_also_when_what_is_old_could_not_be_forgotten()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE run_traces RENAME TO away", Cancel);
        }

        var quiet = await scene.RunAsync();

        Assert.Equal(RunState.Completed, quiet.State);
        Assert.Equal(1, scene.Picket.Logs.Count("could not be forgotten"));
    }

    private static (int Added, int Changed, int Removed) Numbers(RunView run) =>
        (run.Counts["devices"].Added, run.Counts["devices"].Changed, run.Counts["devices"].Removed);

    private static async Task HasTheRowsItCountsAsync(SyncScene scene, RunView run)
    {
        Assert.True(run.State == RunState.Completed, string.Join("\n", run.IncompleteReasons));
        foreach (var (kind, count) in run.Counts.Where(kind => kind.Key != "details"))
        {
            Assert.Equal(
                (kind, count.Added, count.Changed, count.Removed),
                (
                    kind,
                    (await RowsAsync(scene, run, kind, RunRowChange.Added)).Count,
                    (await RowsAsync(scene, run, kind, RunRowChange.Changed)).Count,
                    (await RowsAsync(scene, run, kind, RunRowChange.Removed)).Count
                )
            );
        }

        var details = run.Counts.GetValueOrDefault("details") ?? new RunCounts(0, 0, 0, 0, 0);
        Assert.Equal(details.Added, Apps(await RowsAsync(scene, run, "details", RunRowChange.Added)));
        Assert.Equal(details.Removed, Apps(await RowsAsync(scene, run, "details", RunRowChange.Removed)));
        Assert.Equal(details.Read, (await RowsAsync(scene, run, "details", RunRowChange.Read)).Count);
    }

    private static int Apps(IEnumerable<RunRow> rows) =>
        rows.SelectMany(row => row.What).Sum(part => int.Parse(part.After!, null));

    private static async Task<List<RunRow>> RowsAsync(SyncScene scene, RunView run, string kind, RunRowChange change) =>
        await scene
            .Picket.Client.RunRows(
                run.Id,
                new RunRowFilter
                {
                    Kind = kind,
                    Change = change,
                    Limit = 50,
                }
            )
            .ToListAsync(Cancel);
}
