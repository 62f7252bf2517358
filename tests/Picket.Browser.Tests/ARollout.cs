using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Deployment;
using Picket.Core.Risk;
using Picket.Server.Deployment;

namespace Picket.Browser.Tests;

/// <summary>
/// A publication that paused in its second ring, as the last reading left it: nothing of it happens by itself, so every
/// page that is looked at shows the same.
/// </summary>
internal static class ARollout
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Guid> UnderWayAsync(Site site)
    {
        await using var db = site.Picket.OpenDatabase();
        if (
            await db.Publications.FirstOrDefaultAsync(row => row.State == PublicationState.Paused, Cancellation) is
            { } there
        )
        {
            return there.Id;
        }

        var now = TimeProvider.System.GetUtcNow();
        var publication = new PublicationRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = site.Integration.Id,
            Name = "Guard for everybody",
            AppUuid = Guid.NewGuid(),
            AppName = "Guard",
            BundleId = "com.example.guard",
            Kind = PublishedAppKind.Public,
            Platform = 5,
            Configuration = Json([
                ("ServerUrl", "https://picket.example.com"),
                ("IntegrationId", $"{site.Integration.Id}"),
                ("DeviceId", "{DeviceUid}"),
            ]),
            WatchMinutes = 1440,
            DeadlineHours = 168,
            InstalledPercent = 90,
            FailedPercent = 5,
            WorsenedPercent = 5,
            State = PublicationState.Paused,
            Begun = 2,
            Reason = "The app failed on 3 of 24 devices. Look at their reasons before you go on.",
            ReadAt = now.AddMinutes(-4),
            MadeBy = "owner",
            MadeAt = now.AddDays(-2),
            StartedAt = now.AddDays(-2),
        };
        db.Add(publication);
        db.AddRange(
            Ring(publication, 0, "Canary", "IT staff", null, RingState.Done, 8, 8, 0),
            Ring(publication, 1, "A third", "All Android", 33, RingState.Watching, 24, 17, 3),
            Ring(publication, 2, "Everybody", "All Android", null, RingState.Waiting, 0, 0, 0)
        );
        var nudge = Nudge(publication, now);
        db.Add(nudge);
        var devices = await db
            .Devices.Where(row => row.Platform == "Android" && row.GoneAt == null)
            .OrderBy(row => row.RemoteId)
            .Take(70)
            .ToListAsync(Cancellation);
        foreach (var (device, at) in devices.Select((device, at) => (device, at)))
        {
            var (ring, stage, gap, said) = Place(at);
            db.Add(
                new PublicationDeviceRow
                {
                    Id = PublicationDeviceRow.IdOf(publication.Id, device.RemoteId),
                    PublicationId = publication.Id,
                    RemoteId = device.RemoteId,
                    Ring = ring,
                    Stage = stage,
                    Gap = gap,
                    UemReason = said,
                    LevelThen = RiskLevel.Unknown,
                    SeenAt = now,
                }
            );
            if (gap == FunnelGap.Failed)
            {
                db.Add(
                    new NudgeDeviceRow
                    {
                        Id = NudgeDeviceRow.IdOf(nudge.Id, device.RemoteId),
                        NudgeId = nudge.Id,
                        PublicationId = publication.Id,
                        RemoteId = device.RemoteId,
                        State = NudgeDeviceState.Sent,
                        SentAt = now,
                    }
                );
            }
        }

        await db.SaveChangesAsync(Cancellation);
        return publication.Id;
    }

    /// <summary>8 of the canary ring have it, 17 of the next; 3 failed, 3 wait, one is silent; the others have no ring yet.</summary>
    private static (int Ring, FunnelStage Stage, FunnelGap Gap, string? Said) Place(int at) =>
        at switch
        {
            < 8 => (0, FunnelStage.Installed, FunnelGap.None, null),
            < 25 => (1, FunnelStage.Installed, FunnelGap.None, null),
            < 28 => (1, FunnelStage.Assigned, FunnelGap.Failed, "No space left on the device"),
            < 31 => (1, FunnelStage.Assigned, FunnelGap.Pending, null),
            31 => (1, FunnelStage.Assigned, FunnelGap.NotSeen, null),
            _ => (2, FunnelStage.InScope, FunnelGap.NoRing, null),
        };

    private static string Json(IEnumerable<(string Key, string Value)> keys) =>
        JsonSerializer.Serialize(keys.Select(key => new { key = key.Key, value = key.Value }));

    private static NudgeRow Nudge(PublicationRow publication, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = publication.IntegrationId,
            PublicationId = publication.Id,
            Gap = FunnelGap.Failed,
            Channel = NudgeChannel.Push,
            Text = "Please make room on your phone: an app of your company could not be installed.",
            State = NudgeState.Completed,
            MadeBy = "owner",
            MadeAt = now.AddMinutes(-2),
            EndedAt = now.AddMinutes(-2),
        };

    private static PublicationRingRow Ring(
        PublicationRow publication,
        int number,
        string name,
        string group,
        int? share,
        RingState state,
        int assigned,
        int installed,
        int failed
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            PublicationId = publication.Id,
            Number = number,
            Name = name,
            Groups = JsonSerializer.Serialize(
                new[]
                {
                    new
                    {
                        id = number + 1,
                        uuid = Guid.NewGuid(),
                        name = group,
                    },
                }
            ),
            SharePercent = share,
            State = state,
            BeganAt = state == RingState.Waiting ? null : publication.StartedAt!.Value.AddDays(number),
            Assigned = assigned,
            Installed = installed,
            Failed = failed,
            Worsened = 0,
        };
}
