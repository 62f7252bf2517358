using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Sync;

/// <summary>The whole inventory as lines, without what differs between two readings of the same fleet (ids, times).</summary>
internal static class Inventories
{
    public static async Task<List<string>> OfAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var devices = await db.Devices.AsNoTracking().ToListAsync(cancellation);
        var apps = await db.Apps.AsNoTracking().ToDictionaryAsync(row => row.Id, cancellation);
        var onDevices = (await db.DeviceApps.AsNoTracking().ToListAsync(cancellation)).ToLookup(row => row.DeviceId);
        foreach (var device in devices)
        {
            lines.Add(
                $"device {device.RemoteId} {Convert.ToHexString(device.Hash)} gone:{device.GoneAt is not null} "
                    + $"{device.AppsState} {device.SecurityState} {device.PasscodePresent} {device.Encrypted} {device.Level}"
            );
            lines.AddRange(
                onDevices[device.Id]
                    .Select(row =>
                        $"app {device.RemoteId} {(apps[row.AppId].Hashed ? "hashed" : apps[row.AppId].Identifier)} "
                        + $"{row.Version} {row.Managed} gone:{row.GoneAt is not null}"
                    )
            );
        }

        await AddAsync("group", db.OrganizationGroups.Select(row => new Line(row.RemoteId, row.Hash, row.GoneAt)));
        await AddAsync("user", db.Users.Select(row => new Line(row.RemoteId, row.Hash, row.GoneAt)));
        await AddAsync("userGroup", db.UserGroups.Select(row => new Line(row.RemoteId, row.Hash, row.GoneAt)));
        await AddAsync("smartGroup", db.SmartGroups.Select(row => new Line(row.RemoteId, row.Hash, row.GoneAt)));
        await AddAsync("tag", db.Tags.Select(row => new Line(row.RemoteId, row.Hash, row.GoneAt)));
        lines.AddRange(
            await (
                from member in db.UserGroupMembers
                join userGroup in db.UserGroups on member.UserGroupId equals userGroup.Id
                select "member " + userGroup.RemoteId + " " + member.UserName
            ).ToListAsync(cancellation)
        );
        lines.AddRange(
            (await db.Administrators.AsNoTracking().ToListAsync(cancellation)).Select(row =>
                $"administrator {row.UserName} {Convert.ToHexString(row.Hash)} gone:{row.GoneAt is not null}"
            )
        );
        var names = devices.ToDictionary(device => device.Id, device => device.RemoteId);
        lines.AddRange(
            (await db.Findings.AsNoTracking().ToListAsync(cancellation)).Select(finding =>
                $"finding {names[finding.DeviceId]} {finding.Key} {finding.Level} ended:{finding.ClearedAt is not null}"
            )
        );
        lines.Sort(StringComparer.Ordinal);
        return lines;

        async Task AddAsync(string kind, IQueryable<Line> rows) =>
            lines.AddRange(
                (await rows.ToListAsync(cancellation)).Select(row =>
                    $"{kind} {row.RemoteId} {Convert.ToHexString(row.Hash)} gone:{row.GoneAt is not null}"
                )
            );
    }

    /// <summary>Shows what differs, not where in thousands of lines it begins.</summary>
    public static void AssertAlike(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        string[] differences =
        [
            .. expected.Except(actual).Select(line => $"lacks {line}"),
            .. actual.Except(expected).Select(line => $"has {line}"),
        ];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(40)));
        Assert.Equal(expected.Count, actual.Count);
    }

    private sealed record Line(int RemoteId, byte[] Hash, DateTimeOffset? GoneAt);
}
