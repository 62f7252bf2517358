using Microsoft.EntityFrameworkCore;
using Picket.Core.Devices;
using Picket.Core.Response;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Response;

/// <summary>Reads which apps an integration's findings want denied. Nothing of the wish is in memory.</summary>
internal static class DeniedAppReading
{
    public static async Task<IReadOnlyList<DeniedApp>> OfAsync(
        PicketDbContext db,
        Guid integration,
        CancellationToken cancellation
    )
    {
        var kinds = DenyList.Kinds;
        var open =
            from finding in db.Findings.AsNoTracking()
            join device in db.Devices on finding.DeviceId equals device.Id
            where
                finding.IntegrationId == integration
                && finding.ClearedAt == null
                && kinds.Contains(finding.Kind)
                && device.GoneAt == null
            select new { finding, device.Platform };
        var rows = await open.Select(row => new
            {
                Of = new
                {
                    row.finding.Key,
                    row.finding.Level,
                    row.finding.Standing,
                    row.finding.Exception,
                    row.Platform,
                },
                row.finding.DeviceId,
            })
            .ToListAsync(cancellation);
        // What is told of the app, its feed and its confidence is the same on all devices: one of them is read whole.
        var details = await open.GroupBy(row => new
            {
                row.finding.Key,
                row.finding.Level,
                row.finding.Standing,
                row.finding.Exception,
                row.Platform,
            })
            .Select(group => new { Of = group.Key, Detail = group.Min(row => row.finding.Detail)! })
            .ToListAsync(cancellation);
        var findings = details.ToDictionary(
            one => one.Of,
            one =>
                (
                    Platform: DenyList.PlatformOf(DevicePlatforms.Recognise(one.Of.Platform)),
                    Finding: FindingJson.Read(one.Detail)
                )
        );
        return DenyList.Of(
            rows.Select(row => (row.DeviceId, Found: findings.GetValueOrDefault(row.Of)))
                .Where(row => row.Found is { Platform: not null, Finding: not null })
                .Select(row => new AppSighting(row.DeviceId, row.Found.Platform!.Value, row.Found.Finding))
        );
    }

    /// <summary>Ids that are to be denied on a platform.</summary>
    public static IEnumerable<string> Wanted(this IEnumerable<DeniedApp> apps, DenyPlatform platform) =>
        apps.Where(app => app.Platform == platform && app.LeftOut is null).Select(app => app.AppId);
}
