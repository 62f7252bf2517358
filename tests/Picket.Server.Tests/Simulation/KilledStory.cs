using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Risk;
using Picket.Server.Deployment;
using Picket.Server.Storage;
using Picket.Server.Sync;
using Picket.Server.Tests.Deployment;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Simulation;

/// <summary>What goes on in the fleet, and how it has to end.</summary>
internal sealed class KilledStory(PublicationScene scene, Guid preview, Guid publication, Guid import, Guid lagging)
{
    private const int Lines = 150;

    private static readonly string[] Groups =
    [
        PublicationScene.Canary,
        "Corporate Dedicated",
        PublicationScene.Everybody,
    ];

    /// <summary>Few enough that nobody has to be asked before their tags change.</summary>
    private const int Moody = 5;

    /// <summary>The kill before which somebody wants the app back.</summary>
    private static readonly int Undo = KillsTests.Kills * 2 / 3;

    private static readonly RunKind[] Kinds = [RunKind.Full, RunKind.Incremental, RunKind.Full, RunKind.Device];

    private List<Guid> moody = [];
    private KilledPeople people = null!;
    private Guid nudge;
    private List<int> nudged = [];
    private JsonElement byHand;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KilledStory> BeginAsync(PublicationScene scene)
    {
        var byHand = await scene.WriteByHandAsync();
        var publication = (await scene.MakeAsync(PublicationScene.Wish(groups: Groups))).Id;
        var file = string.Join("\r\n", Names().Prepend("user_name"));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var import = await scene.Client.ImportAsync(scene.Integration, ImportKind.Users, "people.csv", content, Cancel);
        await Enrollment.ImportScene.EndAsync(scene.Client, import.Id);
        await using var db = scene.Picket.OpenDatabase();
        var devices = await db.Devices.AsNoTracking().OrderBy(row => row.RemoteId).ToListAsync(Cancel);
        // One without a verdict, which carries no tag that a wipe could take along.
        var victim = devices.Find(row => row is { Level: RiskLevel.Unknown, EnrollmentStatus: "Enrolled" })!;
        devices.RemoveAll(row => row.Level == RiskLevel.Unknown);
        var calm = devices.Take(Moody).Select(device => device.Id).ToList();
        var people = await KilledPeople.BeginAsync(scene, victim, calm);
        var preview = (await scene.Client.PreviewTagsAsync(scene.Integration, Cancel)).Id;
        var nudged = devices.ConvertAll(device => device.RemoteId);
        return new KilledStory(scene, preview, publication, import.Id, await LaggingAsync(scene, db, nudged))
        {
            people = people,
            moody = calm,
            nudged = nudged,
            byHand = byHand,
        };
    }

    /// <summary>An app that failed on devices, whose people get a message.</summary>
    private static async Task<Guid> LaggingAsync(PublicationScene scene, PicketDbContext db, List<int> devices)
    {
        var now = TimeProvider.System.GetUtcNow();
        var row = new PublicationRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = scene.Integration,
            Name = "Lagging",
            AppUuid = Guid.NewGuid(),
            AppName = "Lagging",
            Configuration = "[]",
            State = PublicationState.Completed,
            ReadAt = now,
            MadeBy = "test",
            MadeAt = now,
        };
        db.Publications.Add(row);
        db.PublicationDevices.AddRange(
            devices.Select(number => new PublicationDeviceRow
            {
                Id = PublicationDeviceRow.IdOf(row.Id, number),
                PublicationId = row.Id,
                RemoteId = number,
                Stage = FunnelStage.Assigned,
                Gap = FunnelGap.Failed,
            })
        );
        await db.SaveChangesAsync(Cancel);
        return row.Id;
    }

    /// <summary>Whether a person says something before the kill: the others need no server that is ready.</summary>
    public static bool IsSpokenAt(int kill) => kill == Undo || kill % 3 == 0;

    /// <summary>Whether a device is to be wiped just before the kill.</summary>
    public static bool IsWipedAt(int kill) => kill == 3;

    /// <summary>While no server runs, verdicts change, a reading falls due, and time passes for the devices.</summary>
    public async Task ChangeAsync(int kill)
    {
        var level = kill % 3 == 0 ? RiskLevel.Critical : RiskLevel.Medium;
        var some = moody.Skip(kill % 2).ToList();
        var database = new PicketDatabase(new StorageOptions { DataFolder = scene.Picket.DataFolder });
        await using var db = database.Open();
        await db
            .Devices.Where(row => some.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Level, level), Cancel);
        var kind = Kinds[kill % Kinds.Length];
        var device = kind == RunKind.Device ? nudged[0] : (int?)null;
        await new SyncQueue(database, TimeProvider.System).AddAsync(
            new RunWish(scene.Integration, kind, RunTrigger.Schedule, device),
            Cancel
        );
        scene.Pass(TimeSpan.FromHours(4));
    }

    public async Task GoOnAsync(PicketClient client, Uri address, int kill)
    {
        if (kill == 0)
        {
            await client.AcceptTagsAsync(scene.Integration, preview, Cancel);
            await client.StartImportAsync(import, Cancel);
            await client.StartPublicationAsync(publication, Cancel);
            nudge = (await client.NudgeAsync(lagging, NudgeScene.Wish(DeploymentGap.Failed), Cancel)).Id;
        }

        await people.SpeakAsync(client, address, kill);
        if (IsWipedAt(kill))
        {
            await people.WipeAsync(address);
        }

        if (kill == Undo)
        {
            await CompletedAsync(client);
            await client.UndoPublicationAsync(publication, cancellationToken: Cancel);
        }
    }

    /// <summary>Ring after ring the app has come to all, however often the server was killed.</summary>
    private async Task CompletedAsync(PicketClient client)
    {
        scene.Uem.Faults = new FaultScript();
        await TagScene.UntilAsync(
            () =>
            {
                scene.Pass(TimeSpan.FromHours(1));
                return client.PublicationAsync(publication, Cancel);
            },
            view => view.State == PublicationState.Completed
        );
    }

    public async Task AssertEndsAsync()
    {
        await AssertImportedAsync(); // Until then users come between the pages of a reading.
        await AssertReadAsync();
        await AssertTaggedAsync();
        await AssertMessagesAsync();
        await AssertPublishedAsync();
        await people.AssertEndsAsync();
    }

    /// <summary>The inventory is what the UEM holds; one more reading finds nothing new, and nothing was told twice.</summary>
    private async Task AssertReadAsync()
    {
        await SyncScene.UntilAsync(scene.Client, (await scene.Client.Runs().FirstAsync(Cancel)).Id, IsOver);
        var again = await scene.Sync.RunAsync();
        Assert.True(again.State == RunState.Completed, string.Join("\n", again.IncompleteReasons));
        await scene.Sync.JudgedAsync();
        Assert.Equal(scene.Sync.Truth(), await scene.Sync.PresentAsync());
        await using var db = scene.Picket.OpenDatabase();
        Assert.True(await db.SyncRuns.AnyAsync(row => row.Resumes > 0, Cancel));
        var changes = await db
            .DeviceChanges.Where(change => change.Attribute != "level")
            .OrderBy(change => change.Id)
            .Select(change => new
            {
                change.DeviceId,
                change.Attribute,
                change.After,
            })
            .ToListAsync(Cancel);
        foreach (var told in changes.GroupBy(change => (change.DeviceId, change.Attribute)))
        {
            var values = told.Select(change => change.After).ToList();
            Assert.DoesNotContain(values.Zip(values.Skip(1)), pair => pair.First == pair.Second);
        }
    }

    /// <summary>A device that took a command is read once more, and may be judged otherwise: then it is tagged anew.</summary>
    private async Task AssertTaggedAsync()
    {
        var tags = TagScene.Of(scene.Sync);
        var ended = await TagScene.UntilAsync(
            async () =>
            {
                var last = await tags.NewestAsync(run => run.State is not (RunState.Queued or RunState.Running));
                var (wanted, actual) = (Text(await tags.WantedAsync()), Text(tags.Actual()));
                return (last.State, Wanted: wanted, Actual: actual, Ledger: Text(await tags.LedgerAsync()));
            },
            now => now.State == RunState.Completed && now.Wanted == now.Actual && now.Actual == now.Ledger
        );
        Assert.NotEmpty(ended.Actual);

        static string Text(IEnumerable<string> lines) => string.Join("; ", lines);
    }

    private async Task AssertMessagesAsync()
    {
        var ended = await TagScene.UntilAsync(
            () => scene.Client.NudgeAsync(nudge, Cancel),
            view => view.State != NudgeState.Sending
        );
        Assert.Equal(NudgeState.Completed, ended.State);
        Assert.InRange(ended.Unclear, 0, KillsTests.Kills);
        Assert.Equal(nudged.Count, ended.Sent + ended.Unclear);
        var got = nudged.ConvertAll(number =>
            scene.Uem.Commands.Of(scene.Uem.Fleet.ById(number)!).Count(command => command.Text == NudgeScene.Words)
        );
        Assert.All(got, times => Assert.InRange(times, 0, 1));
        Assert.InRange(got.Sum(), ended.Sent, ended.Sent + ended.Unclear);
    }

    /// <summary>What was on its way at a kill and never arrived waits for a person, who says "again" once.</summary>
    private async Task AssertImportedAsync()
    {
        var ended = await Enrollment.ImportScene.EndAsync(scene.Client, import);
        Assert.Equal(Lines, ended.Done + ended.Unclear);
        Assert.InRange(ended.Unclear, 0, KillsTests.Kills);
        if (ended.Unclear > 0)
        {
            await scene.Client.RetryImportAsync(import, Cancel);
            ended = await Enrollment.ImportScene.EndAsync(scene.Client, import);
        }

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal(
            Names(),
            scene
                .Uem.UserNames.Where(name => name.StartsWith("trial.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        await using var db = scene.Picket.OpenDatabase();
        Assert.All(
            await db.Ledger.Where(row => row.ImportId == import).Select(row => row.Sends).ToListAsync(Cancel),
            sends => Assert.Equal(1, sends)
        );
    }

    private async Task AssertPublishedAsync()
    {
        await scene.BecomesAsync(publication, PublicationState.Undone);
        var left = await scene.RulesAsync();
        Assert.True(JsonElement.DeepEquals(byHand, left));
        Assert.Equal(
            byHand.GetProperty("assignments")[0].GetRawText(),
            left.GetProperty("assignments")[0].GetRawText()
        );
        var ledger = (await scene.LedgerAsync(publication)).ConvertAll(entry => entry[..entry.LastIndexOf(' ')]);
        Assert.Equal(Groups.Length + 1, ledger.Count);
        Assert.All(ledger[..^1], entry => Assert.Equal("PublishApp Confirmed", entry));
        Assert.Equal("WithdrawApp Confirmed", ledger[^1]);
        await using var db = scene.Picket.OpenDatabase();
        Assert.False(await db.OwnedAssignments.AnyAsync(row => row.Pending, Cancel));
    }

    private static IEnumerable<string> Names() => Enumerable.Range(1, Lines).Select(n => $"trial.{n:000}");

    private static bool IsOver(RunView run) => run.State is not (RunState.Queued or RunState.Running);
}
