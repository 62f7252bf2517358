using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Deployment;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>A publication whose first ring was assigned, and none of whose devices has reported since: all are pending.</summary>
internal sealed class NudgeScene : IAsyncDisposable
{
    public const string Words = "Please open the Hub and install Guard. <b>Thanks!</b>";

    private NudgeScene(PublicationScene scene, Guid publication) => (Scene, Publication) = (scene, publication);

    public PublicationScene Scene { get; }

    public Guid Publication { get; }

    public PicketApplication Picket => Scene.Picket;

    public PicketClient Client => Scene.Client;

    public EmulatorHost Uem => Scene.Uem;

    /// <summary>Numbers of the devices that are pending, in order.</summary>
    public IReadOnlyList<int> Pending { get; private set; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<NudgeScene> StartAsync(
        string group = PublicationScene.Canary,
        Dictionary<string, string?>? settings = null
    )
    {
        var scene = await PublicationScene.StartAsync(settings);
        var started = await scene.StartedAsync(PublicationScene.Wish(groups: group));
        await scene.WatchingAsync(started.Id);
        await scene.UntilAsync(started.Id, view => view.ReadAt is not null);
        var nudging = new NudgeScene(scene, started.Id);
        nudging.Pending =
        [
            .. (
                await scene.DevicesAsync(started.Id, new PublicationDeviceFilter { Gap = DeploymentGap.Pending })
            ).Select(device => device.UemId),
        ];
        return nudging;
    }

    public static CreateNudge Wish(DeploymentGap gap = DeploymentGap.Pending) => new() { Gap = gap, Text = Words };

    public Task<NudgeView> NudgeAsync(CreateNudge? wish = null) =>
        Client.NudgeAsync(Publication, wish ?? Wish(), Cancel);

    public async Task<NudgeView> NudgedAsync(CreateNudge? wish = null) => await EndAsync((await NudgeAsync(wish)).Id);

    public Task<NudgeView> EndAsync(Guid nudge) =>
        TagScene.UntilAsync(() => Client.NudgeAsync(nudge, Cancel), view => view.State != NudgeState.Sending);

    /// <summary>Of each pending device, how many messages the UEM has for it.</summary>
    public IReadOnlyList<int> Got(string name = "PushMessage") =>
        [
            .. Pending.Select(number =>
                Uem.Commands.Of(Uem.Fleet.ById(number)!).Count(command => command.Name == name && command.Text == Words)
            ),
        ];

    /// <summary>All messages that the UEM was asked for, to whomever.</summary>
    public int Messages =>
        Uem.Commands.All.Count(command => command.Name.EndsWith("Message", StringComparison.Ordinal));

    public void OnMessage(
        FaultAction action,
        int from = 1,
        int times = int.MaxValue,
        int every = 1,
        int milliseconds = 1000
    ) =>
        Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/messages/push",
                Action = action,
                From = from,
                Times = times,
                Every = every,
                Milliseconds = milliseconds,
                Status = 429,
                RetryAfter = 1,
            }
        );

    /// <summary>The ledger's entries of messages: how many of each kind, state and number of sendings.</summary>
    public async Task<IReadOnlyDictionary<string, int>> LedgerAsync() =>
        (await Scene.LedgerAsync(Publication))
            .Where(entry => entry.StartsWith("SendMessage", StringComparison.Ordinal))
            .CountBy(entry => entry)
            .ToDictionary(each => each.Key, each => each.Value);

    public async Task<List<NudgeDeviceView>> DevicesAsync(Guid nudge, NudgeDeviceFilter? filter = null)
    {
        var devices = new List<NudgeDeviceView>();
        await foreach (var device in Client.NudgeDevices(nudge, filter).WithCancellation(Cancel))
        {
            devices.Add(device);
        }

        return devices;
    }

    /// <summary>As if each message had gone out so much earlier.</summary>
    public async Task AgeAsync(TimeSpan time)
    {
        await using var db = Picket.OpenDatabase();
        foreach (var row in await db.NudgeDevices.Where(row => row.SentAt != null).ToListAsync(Cancel))
        {
            row.SentAt -= time;
        }

        await db.SaveChangesAsync(Cancel);
    }

    /// <summary>A publication that was read, with so many devices on which it failed. The UEM knows nothing of it.</summary>
    public async Task<Guid> FabricateAsync(int devices)
    {
        var now = TimeProvider.System.GetUtcNow();
        var publication = new PublicationRow
        {
            Id = Guid.CreateVersion7(now),
            IntegrationId = Scene.Integration,
            Name = "Large",
            AppUuid = Guid.NewGuid(),
            AppName = "Large",
            Configuration = "[]",
            State = PublicationState.Completed,
            ReadAt = now,
            MadeBy = "test",
            MadeAt = now,
        };
        await using var db = Picket.OpenDatabase();
        db.Publications.Add(publication);
        db.PublicationDevices.AddRange(
            Enumerable
                .Range(9_000_000, devices)
                .Select(number => new PublicationDeviceRow
                {
                    Id = PublicationDeviceRow.IdOf(publication.Id, number),
                    PublicationId = publication.Id,
                    RemoteId = number,
                    Stage = Core.Deployment.FunnelStage.Assigned,
                    Gap = Core.Deployment.FunnelGap.Failed,
                })
        );
        await db.SaveChangesAsync(Cancel);
        return publication.Id;
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
