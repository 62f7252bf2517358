using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Inventory;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Sync;

/// <summary>The listings beside the devices obey the same law: absence is not proof.</summary>
public sealed class ListingLossTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Organization groups", "/children")]
    [InlineData("Administrators", "admins/search")]
    [InlineData("Users", "users/search")]
    [InlineData("User groups", "usergroups/search")]
    [InlineData("Smart groups", "smartgroups/search")]
    [InlineData("Tags", "tags/search")]
    public async Task Keeps_every_row_when_a_listing_is_suddenly_empty(string words, string path)
    {
        await using var scene = await SyncScene.StartAsync();
        scene.Uem.Tags.Create("Ours", scene.Uem.OrganizationGroup.Index);
        await scene.RunAsync();
        var before = await PresentAsync(scene);
        scene.Uem.Faults = FaultScript.Of(new FaultRule { Path = path, Action = FaultAction.Nothing });

        var run = await scene.RunAsync();

        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, reason => reason.StartsWith(words + ":", StringComparison.Ordinal));
        Assert.Equal(before, await PresentAsync(scene));
    }

    [Theory]
    [InlineData("Users", "users/search", 100)]
    [InlineData("User groups", "usergroups/search", 6)]
    [InlineData("Smart groups", "smartgroups/search", 6)]
    [InlineData("Organization groups", "/children", 1)]
    [InlineData("Organization groups", "/children", 7)]
    public async Task Keeps_the_rows_that_a_cut_listing_lacks(string words, string path, int rows)
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var before = await PresentAsync(scene);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = path,
                Action = FaultAction.Omit,
                Rows = rows,
            }
        );

        var run = await scene.RunAsync();

        Assert.Equal(before, await PresentAsync(scene));
        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, reason => reason.StartsWith(words + ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_the_members_of_a_user_group_that_seems_empty()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var before = await MembersAsync(scene);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "usergroups/",
                From = 2,
                Action = FaultAction.Nothing,
            }
        );

        var run = await scene.RunAsync();

        Assert.NotEmpty(before);
        Assert.Equal(RunState.Incomplete, run.State);
        Assert.Contains(run.IncompleteReasons, reason => reason.Contains("members of", StringComparison.Ordinal));
        Assert.Equal(before, await MembersAsync(scene));
    }

    [Fact]
    public async Task Believes_a_great_loss_when_somebody_who_may_says_that_it_is_real()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "users/search",
                Action = FaultAction.Omit,
                Rows = 30,
            }
        );
        var accept = new StartRun(AcceptLosses: true);
        var doubted = await scene.RunAsync();
        var writer = new PicketClient(await scene.Picket.NewHttpAsync(TokenScope.Write));

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            writer.StartRunAsync(scene.Integration, accept, Cancel)
        );
        var started = await scene.Picket.Client.StartRunAsync(scene.Integration, accept, Cancel);
        var believed = await scene.EndAsync(started.Id);

        Assert.Equal(0, doubted.Counts["users"].Removed);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.Status);
        Assert.True(believed.State == RunState.Completed, string.Join("\n", believed.IncompleteReasons));
        Assert.Equal(30, believed.Counts["users"].Removed);
    }

    [Fact]
    public async Task Lets_a_group_go_that_was_removed_in_the_UEM()
    {
        await using var scene = await SyncScene.StartAsync();
        await scene.RunAsync();
        var doomed = scene.Uem.Groups.All.Last();
        scene.Uem.Fleet.RemoveGroup(doomed);

        await scene.RunAsync();

        await using var db = scene.Picket.OpenDatabase();
        var gone = await db.OrganizationGroups.Where(row => row.GoneAt != null).ToListAsync(Cancel);
        Assert.Equal([doomed.Id], gone.Select(row => row.RemoteId));
    }

    private static async Task<List<string>> MembersAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        return await db
            .UserGroupMembers.Select(row => row.UserGroupId + " " + row.UserName)
            .OrderBy(line => line)
            .ToListAsync(Cancel);
    }

    private static async Task<List<string>> PresentAsync(SyncScene scene)
    {
        await using var db = scene.Picket.OpenDatabase();
        var lines = new List<string>();
        await AddAsync(db.OrganizationGroups);
        await AddAsync(db.Administrators);
        await AddAsync(db.Users);
        await AddAsync(db.UserGroups);
        await AddAsync(db.SmartGroups);
        await AddAsync(db.Tags);
        return lines;

        async Task AddAsync<TRow>(IQueryable<TRow> rows)
            where TRow : class, IListedRow =>
            lines.AddRange(
                (await rows.Where(row => row.GoneAt == null).Select(row => row.Id).Order().ToListAsync(Cancel)).Select(
                    id => $"{typeof(TRow).Name} {id}"
                )
            );
    }
}
