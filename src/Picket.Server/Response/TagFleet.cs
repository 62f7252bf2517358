using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using TagState = Picket.Core.Response.TagState;

namespace Picket.Server.Response;

/// <summary>What the tags of an integration should be, and what they were when last confirmed.</summary>
internal sealed record TagFleet(
    IReadOnlyList<TagState> States,
    TagSet Tags,
    IReadOnlyDictionary<long, Guid> DeviceIds,
    IReadOnlyDictionary<RiskLevel, int> PerLevel
)
{
    public int Devices => States.Count;

    public static async Task<TagFleet> LoadAsync(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        CancellationToken cancellation
    )
    {
        var devices = await db
            .Devices.AsNoTracking()
            .Where(row => row.IntegrationId == integration.Id && row.GoneAt == null)
            .Select(row => new
            {
                row.Id,
                row.RemoteId,
                row.Level,
            })
            .ToListAsync(cancellation);
        var remoteTags = owned
            .Where(tag => tag.RemoteId is not null)
            .ToDictionary(tag => tag.Id, tag => (long)tag.RemoteId!);
        var carried = (
            await db
                .DeviceTags.AsNoTracking()
                .Where(row => db.OwnedTags.Any(tag => tag.Id == row.OwnedTagId && tag.IntegrationId == integration.Id))
                .Select(row => new { row.DeviceId, row.OwnedTagId })
                .ToListAsync(cancellation)
        )
            .Where(row => remoteTags.ContainsKey(row.OwnedTagId))
            .ToLookup(row => row.DeviceId, row => remoteTags[row.OwnedTagId]);

        return new TagFleet(
            [
                .. devices.Select(device => new TagState(
                    device.RemoteId,
                    Wants(device.Level, integration) ? (int)device.Level : null,
                    [.. carried[device.Id]]
                )),
            ],
            new TagSet(owned.Select(tag => new OwnedTag(tag.RemoteId, tag.Name, (int?)tag.Level))),
            devices.ToDictionary(device => (long)device.RemoteId, device => device.Id),
            devices.CountBy(device => device.Level).ToDictionary()
        );
    }

    /// <summary>Levels that have a tag in this integration.</summary>
    public static IEnumerable<RiskLevel> Levels(IntegrationRow integration) =>
        Enum.GetValues<RiskLevel>().Where(level => Wants(level, integration));

    public LevelCounts Counts =>
        new(
            PerLevel.GetValueOrDefault(RiskLevel.Unknown),
            PerLevel.GetValueOrDefault(RiskLevel.Secure),
            PerLevel.GetValueOrDefault(RiskLevel.Low),
            PerLevel.GetValueOrDefault(RiskLevel.Medium),
            PerLevel.GetValueOrDefault(RiskLevel.High),
            PerLevel.GetValueOrDefault(RiskLevel.Critical)
        );

    private static bool Wants(RiskLevel level, IntegrationRow integration) =>
        level != RiskLevel.Unknown || integration.TagUnknown;
}
