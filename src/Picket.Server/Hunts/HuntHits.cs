using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Hunts;
using Picket.Server.Inventory;
using Picket.Server.Inventory.Users;
using Picket.Server.Storage;

namespace Picket.Server.Hunts;

/// <summary>
/// A page of the devices that a hunt found, with what is known of from when to when. A reading sees what is there, not
/// when it came: each beginning lies between two readings.
/// </summary>
internal static class HuntHits
{
    private const int MostRuns = 2000;
    private const int MostNamed = 3;

    /// <param name="kept">Changes of devices before that may be deleted.</param>
    public static async Task<IReadOnlyList<HuntHit>> OfAsync(
        PicketDbContext db,
        Quarry quarry,
        IReadOnlyList<DeviceRow> devices,
        DateTimeOffset kept,
        CancellationToken cancellation
    )
    {
        var spans = await SpansAsync(db, quarry, devices, kept, cancellation);
        var users = await UserIds.OfAsync(db, devices, cancellation);
        return
        [
            .. from device in devices
            where spans.ContainsKey(device.Id) // Else it changed between two queries.
            let span = spans[device.Id]
            select new HuntHit
            {
                DeviceId = device.Id,
                IntegrationId = device.IntegrationId,
                DeviceName = DeviceViews.Name(device),
                User = device.UserName,
                UserId = users.Of(device),
                Value = span.Value,
                Version = span.Version,
                HasNow = span.GoneBy is null,
                FirstSeenAt = span.From,
                NotBefore = span.NotBefore,
                LastSeenAt = span.GoneBy is null ? span.LastRead : null,
                GoneBy = span.GoneBy,
            },
        ];
    }

    private static async Task<Dictionary<Guid, Span>> SpansAsync(
        PicketDbContext db,
        Quarry quarry,
        IReadOnlyList<DeviceRow> devices,
        DateTimeOffset kept,
        CancellationToken cancellation
    )
    {
        switch (quarry)
        {
            case AppQuarry apps:
                return await AppsAsync(db, apps, devices, cancellation);
            case AttributeQuarry attributes:
                return await AttributesAsync(db, attributes, devices, kept, cancellation);
            default:
                var spans = new Dictionary<Guid, Span>();
                foreach (var part in ((FeedQuarry)quarry).Parts)
                {
                    foreach (var (device, span) in await SpansAsync(db, part, devices, kept, cancellation))
                    {
                        spans[device] = spans.TryGetValue(device, out var known) ? Joined(known, span) : span;
                    }
                }

                return spans;
        }
    }

    private static Span Joined(Span one, Span other)
    {
        var first = one.From <= other.From ? one : other;
        var last = (one.GoneBy ?? DateTimeOffset.MaxValue) >= (other.GoneBy ?? DateTimeOffset.MaxValue) ? one : other;
        return last with { Value = $"{one.Value}, {other.Value}", From = first.From, NotBefore = first.NotBefore };
    }

    private sealed record Span(
        string Value,
        string? Version,
        DateTimeOffset From,
        DateTimeOffset? NotBefore,
        DateTimeOffset? LastRead,
        DateTimeOffset? GoneBy
    );

    private static async Task<Dictionary<Guid, Span>> AppsAsync(
        PicketDbContext db,
        AppQuarry quarry,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var (ids, rows) = (devices.Select(device => device.Id).ToList(), quarry.Apps.Rows);
        var held = await db
            .DeviceApps.AsNoTracking()
            .Where(row => rows.Contains(row.AppId) && ids.Contains(row.DeviceId))
            .ToListAsync(cancellation);
        var appIds = held.Select(row => row.AppId).Distinct().ToList();
        var names = await db
            .Apps.Where(app => appIds.Contains(app.Id) && !app.Hashed)
            .ToDictionaryAsync(app => app.Id, app => app.Identifier, cancellation);
        var readings = await AppReadingsAsync(db, ids, cancellation);
        var spans = new Dictionary<Guid, Span>();
        foreach (var device in devices)
        {
            var shown = quarry.ShownAt(device.IntegrationId);
            var own = held.Where(row => row.DeviceId == device.Id && shown.Contains(row.AppId)).ToList();
            if (own.Count > 0)
            {
                spans[device.Id] = Of(device, own, readings[device.Id], NameOf);
            }
        }

        return spans;

        string NameOf(Guid app) => names.GetValueOrDefault(app) ?? quarry.Names.GetValueOrDefault(app, "");
    }

    private static Span Of(
        DeviceRow device,
        List<DeviceAppRow> held,
        IEnumerable<DateTimeOffset> readings,
        Func<Guid, string> nameOf
    )
    {
        var from = held.Min(row => row.FirstSeenAt);
        var latest = held.OrderBy(row => row.GoneAt ?? DateTimeOffset.MaxValue).ThenBy(row => row.FirstSeenAt).Last();
        var named = held.Select(row => nameOf(row.AppId)).Distinct().Order(StringComparer.Ordinal).Take(MostNamed);
        return new Span(
            string.Join(", ", named),
            latest.Version,
            from,
            Latest(readings.Where(at => at < from && CouldSee(device, held.MinBy(row => row.FirstSeenAt)!, at))),
            latest.LastRead(device),
            latest.GoneAt ?? device.GoneAt
        );
    }

    /// <summary>Whether a reading that lacked the app says that it was not there.</summary>
    private static bool CouldSee(DeviceRow device, DeviceAppRow app, DateTimeOffset reading) =>
        app.Managed || (reading >= device.AppsWholeSince && reading <= device.AppsWholeAt);

    /// <summary>An app that came or went proves a reading of the list at that time.</summary>
    private static async Task<ILookup<Guid, DateTimeOffset>> AppReadingsAsync(
        PicketDbContext db,
        List<Guid> devices,
        CancellationToken cancellation
    )
    {
        var rows = db.DeviceApps.AsNoTracking().Where(row => devices.Contains(row.DeviceId));
        var came = await rows.Select(row => new { row.DeviceId, At = row.FirstSeenAt })
            .Distinct()
            .ToListAsync(cancellation);
        var went = await rows.Where(row => row.GoneAt != null)
            .Select(row => new { row.DeviceId, At = row.GoneAt!.Value })
            .Distinct()
            .ToListAsync(cancellation);
        return came.Concat(went).ToLookup(reading => reading.DeviceId, reading => reading.At);
    }

    private static async Task<Dictionary<Guid, Span>> AttributesAsync(
        PicketDbContext db,
        AttributeQuarry quarry,
        IReadOnlyList<DeviceRow> devices,
        DateTimeOffset kept,
        CancellationToken cancellation
    )
    {
        var (ids, names) = (devices.Select(device => device.Id).ToList(), quarry.Attributes);
        var changes = (
            await db
                .DeviceChanges.AsNoTracking()
                .Where(change => ids.Contains(change.DeviceId) && names.Contains(change.Attribute))
                .ToListAsync(cancellation)
        ).ToLookup(change => (change.DeviceId, change.Attribute));
        var runs = await WholeRunsAsync(db, devices, cancellation);
        var spans = new Dictionary<Guid, Span>();
        foreach (var device in await OfPlatformAsync(db, quarry, devices, cancellation))
        {
            var fitting = names
                .SelectMany(name =>
                    AttributeHistory.Spans(
                        HuntedAttributes.Current(device, name),
                        device.FirstSeenAt,
                        device.GoneAt,
                        kept,
                        changes[(device.Id, name)].Select(row => new AttributeChange(row.At, row.Before, row.After))
                    )
                )
                .Where(span => span.Value is { } value && quarry.Values.Contains(value))
                .ToList();
            if (fitting.Count > 0)
            {
                spans[device.Id] = Of(device, fitting, runs[device.IntegrationId]);
            }
        }

        return spans;
    }

    /// <summary>The others are here for another part of the feed.</summary>
    private static async Task<IEnumerable<DeviceRow>> OfPlatformAsync(
        PicketDbContext db,
        AttributeQuarry quarry,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        if (quarry.Platform is not { } platform)
        {
            return devices;
        }

        var ids = devices.Select(device => device.Id).ToList();
        var same = await db
            .Devices.Where(device => ids.Contains(device.Id))
            .WherePlatform(platform)
            .Select(device => device.Id)
            .ToHashSetAsync(cancellation);
        return devices.Where(device => same.Contains(device.Id));
    }

    private static Span Of(
        DeviceRow device,
        List<AttributeSpan> fitting,
        IEnumerable<(DateTimeOffset, DateTimeOffset)> runs
    )
    {
        var first = fitting.MinBy(span => span.From)!;
        var last = fitting.MaxBy(span => span.Until ?? DateTimeOffset.MaxValue)!;
        return new Span(
            last.Value ?? "",
            null,
            first.From,
            first.SinceFirstReading
                ? null
                : Latest(runs.Where(run => run.Item2 <= first.From).Select(run => run.Item1)),
            device.LastSeenAt,
            last.Until
        );
    }

    /// <summary>A run that ended whole has read every device: what a later one saw first came after it began.</summary>
    private static async Task<ILookup<Guid, (DateTimeOffset Started, DateTimeOffset Ended)>> WholeRunsAsync(
        PicketDbContext db,
        IReadOnlyList<DeviceRow> devices,
        CancellationToken cancellation
    )
    {
        var integrations = devices.Select(device => device.IntegrationId).Distinct().ToList();
        var runs = await db
            .SyncRuns.AsNoTracking()
            .Where(run => integrations.Contains(run.IntegrationId) && run.Kind == RunKind.Full)
            .Where(run => run.State == RunState.Completed && run.StartedAt != null && run.EndedAt != null)
            .OrderByDescending(run => run.Id)
            .Take(MostRuns)
            .Select(run => new
            {
                run.IntegrationId,
                Started = run.StartedAt!.Value,
                Ended = run.EndedAt!.Value,
            })
            .ToListAsync(cancellation);
        return runs.ToLookup(run => run.IntegrationId, run => (run.Started, run.Ended));
    }

    private static DateTimeOffset? Latest(IEnumerable<DateTimeOffset> times) =>
        times.Select(at => (DateTimeOffset?)at).DefaultIfEmpty(null).Max();
}
