using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Notices;
using Picket.Core.Risk;
using Picket.Server.Hosting;
using Picket.Server.Storage;

namespace Picket.Server.Notices;

/// <summary>
/// Findings that became true since the last look, of all devices of an integration in one notice. It waits until nobody is
/// being judged, so that a run is told as one; a fleet that never comes to rest is told after a while all the same. The
/// mark of what was told is moved in the transaction of the notice.
/// </summary>
internal sealed class NoticeFindings(TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public async Task AddAsync(
        PicketDbContext db,
        IReadOnlyList<(NoticeChannelRow Channel, NoticeSubscriber Subscriber)> channels,
        CancellationToken cancellation
    )
    {
        var telling = channels.Where(each => each.Channel.Kinds.Contains($"{Api.NoticeKind.Findings}")).ToList();
        if (telling.Count == 0)
        {
            return;
        }

        var marks = await db.NoticeMarks.ToListAsync(cancellation);
        var integrations = await db
            .Integrations.AsNoTracking()
            .Select(row => new { row.Id, row.Name })
            .ToListAsync(cancellation);
        foreach (var integration in integrations)
        {
            var settled = !await db.Devices.AnyAsync(
                row => row.IntegrationId == integration.Id && row.GoneAt == null && row.JudgingDue,
                cancellation
            );
            foreach (var (channel, subscriber) in telling)
            {
                if (subscriber.Wants($"{Api.NoticeKind.Findings}", integration.Id))
                {
                    var mark = marks.Find(row => row.ChannelId == channel.Id && row.IntegrationId == integration.Id);
                    await AddAsync(db, channel, integration.Id, integration.Name, mark, settled, cancellation);
                }
            }
        }
    }

    private async Task AddAsync(
        PicketDbContext db,
        NoticeChannelRow channel,
        Guid integration,
        string name,
        NoticeMarkRow? mark,
        bool settled,
        CancellationToken cancellation
    )
    {
        var since = mark?.FindingsUntil > channel.FindingsSince ? mark.FindingsUntil : channel.FindingsSince;
        var found = new List<Seen>();
        foreach (var level in Levels(channel.SmallestLevel))
        {
            found.AddRange(await SinceAsync(db, integration, level, since, cancellation));
        }

        if (found.Count == 0 || (!settled && time.GetUtcNow() - found.Min(each => each.At) < LongestWait))
        {
            return;
        }

        var until = found.Max(each => each.At);
        db.NoticeDeliveries.Add(Notice(channel, integration, name, found, until));
        if (mark is null)
        {
            mark = new NoticeMarkRow { ChannelId = channel.Id, IntegrationId = integration };
            db.NoticeMarks.Add(mark);
        }

        mark.FindingsUntil = until;
    }

    private static IEnumerable<RiskLevel> Levels(RiskLevel smallest) =>
        Enum.GetValues<RiskLevel>().Where(level => level >= smallest && level > RiskLevel.Secure);

    /// <summary>By the index of the list: ids are in the order of the times at which findings became true.</summary>
    private static async Task<List<Seen>> SinceAsync(
        PicketDbContext db,
        Guid integration,
        RiskLevel level,
        DateTimeOffset since,
        CancellationToken cancellation
    )
    {
        var first = Keyset.FirstAt(since);
        return await db
            .Findings.Where(row => row.ClearedAt == null && row.Level == level && row.Id >= first)
            .Where(row =>
                row.IntegrationId == integration && row.FirstTrueAt > since && row.Standing == FindingStanding.Counts
            )
            .Select(row => new Seen(row.DeviceId, row.Kind, row.Level, row.FirstTrueAt))
            .ToListAsync(cancellation);
    }

    private NoticeDeliveryRow Notice(
        NoticeChannelRow channel,
        Guid integration,
        string name,
        List<Seen> found,
        DateTimeOffset until
    )
    {
        var devices = found.Select(each => each.Device).Distinct().Count();
        var counted = found
            .GroupBy(each => (each.Kind, each.Level))
            .Select(group => new NewFindings(group.Key.Kind, group.Key.Level, group.Count()))
            .ToList();
        var page = $"/findings?integration={integration}";
        var data = NoticeData.Of(integration, "raised", FindingsNotice.Title(name, devices, counted), page);
        data["devices"] = devices;
        data["findings"] = new JsonArray([
            .. counted.Select(each =>
                (JsonNode)
                    new JsonObject
                    {
                        ["kind"] = each.Kind,
                        ["level"] = $"{each.Level}",
                        ["count"] = each.Count,
                    }
            ),
        ]);
        return NoticeData.Delivery(
            channel,
            $"findings:{integration}:{until.UtcTicks}",
            NoticeData.TypeOf(Api.NoticeKind.Findings, "raised"),
            FindingsNotice.Title(name, devices, counted),
            FindingsNotice.Text(counted),
            data,
            time.GetUtcNow()
        );
    }

    private sealed record Seen(Guid Device, string Kind, RiskLevel Level, DateTimeOffset At);
}
