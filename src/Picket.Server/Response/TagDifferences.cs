using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using NeverTouched = Picket.Core.Response.NeverTouched;
using TagState = Picket.Core.Response.TagState;

namespace Picket.Server.Response;

/// <summary>
/// The tags that devices should carry, against those that they do as last confirmed. Compared by the database: only what
/// differs leaves it, so a fleet that is as it should be costs next to nothing.
/// </summary>
internal sealed class TagDifferences
{
    private readonly PicketDbContext db;
    private readonly Guid integration;
    private readonly IntegrationRow settings;
    private readonly TagRunKind kind;
    private readonly IReadOnlyList<OwnedTagRow> owned;
    private readonly Dictionary<RiskLevel, Guid> wanted;

    /// <param name="owned">The integration's tags. One that has to be made is missing on all devices of its level.</param>
    public TagDifferences(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        TagRunKind kind = TagRunKind.Levels
    )
    {
        (this.db, this.integration, this.owned) = (db, integration.Id, owned);
        (settings, this.kind) = (integration, kind);
        wanted =
            kind == TagRunKind.CleanUp
                ? []
                : TagLevels
                    .NamesOf(integration)
                    .ToDictionary(
                        level => level.Key,
                        level =>
                            owned
                                .FirstOrDefault(tag =>
                                    tag.RemoteId is not null && tag.IsCalled(level.Value, integration)
                                )
                                ?.Id
                            ?? Guid.Empty
                    );
    }

    /// <summary>Whether anything differs that Picket may touch.</summary>
    public async Task<bool> AnyAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (
            await NeverTouchLists.InForce(db, integration, now).AnyAsync(cancellation)
            || await DriftedDevices.Leaving(db, integration).AnyAsync(cancellation)
            || await SharedDevices.Others(db, settings).AnyAsync(cancellation)
        )
        {
            return (await LoadAsync(now, cancellation)).Touched.Any();
        }

        return (Missing() is { } missing && await missing.AnyAsync(cancellation))
            || (Stale() is { } stale && await stale.AnyAsync(cancellation));
    }

    /// <summary>The devices that differ, and which of them are never touched.</summary>
    public async Task<DifferingDevices> LoadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var states = await StatesAsync(cancellation);
        int[] numbers = [.. states.Select(state => (int)state.Device)];
        return new DifferingDevices(
            states,
            await NeverTouchLists.OfAsync(db, integration, numbers, now, cancellation),
            await LeftAsync(states, cancellation)
        );
    }

    /// <summary>As others left them, and what is another integration's. Our own tags are taken off wherever they are.</summary>
    private async Task<IReadOnlySet<long>> LeftAsync(IReadOnlyList<TagState> states, CancellationToken cancellation)
    {
        var drifted = await DriftedDevices.LeftAsync(db, integration, states, cancellation);
        if (kind == TagRunKind.CleanUp || states.Count == 0)
        {
            return drifted;
        }

        var others = SharedDevices.Others(db, settings);
        var notOurs = await SharedDevices.NotOursAsync(db, settings, others, cancellation);
        return drifted.Concat(notOurs.Keys.Select(device => (long)device)).ToHashSet();
    }

    /// <summary>Of each device that differs the level whose tag is missing, and our tags that it should not carry.</summary>
    private async Task<IReadOnlyList<TagState>> StatesAsync(CancellationToken cancellation)
    {
        var numbers = owned
            .Where(tag => tag.RemoteId is not null)
            .ToDictionary(tag => tag.Id, tag => (long)tag.RemoteId!.Value);
        List<DeviceTagRow> carriers = Stale() is { } rows ? await rows.ToListAsync(cancellation) : [];
        var stale = carriers
            .Where(row => numbers.ContainsKey(row.OwnedTagId))
            .GroupBy(row => row.RemoteId, row => numbers[row.OwnedTagId])
            .ToDictionary(device => device.Key, device => device.ToList());
        var states = new List<TagState>();
        foreach (var device in Missing() is { } missing ? await missing.ToListAsync(cancellation) : [])
        {
            states.Add(
                new TagState(
                    device.RemoteId,
                    (int)device.Level,
                    stale.Remove(device.RemoteId, out var tags) ? tags : []
                )
            );
        }

        states.AddRange(stale.Select(device => new TagState(device.Key, null, device.Value)));
        return states;
    }

    /// <summary>Of all levels in one question; null where no level has a tag.</summary>
    private IQueryable<LevelOfDevice>? Missing() =>
        wanted.Select(level => Missing(level.Key, level.Value)).Aggregate((IQueryable<LevelOfDevice>?)null, Together);

    private IQueryable<LevelOfDevice> Missing(RiskLevel level, Guid tag) =>
        db
            .Devices.Where(device =>
                device.IntegrationId == integration && device.GoneAt == null && device.Level == level
            )
            .Where(device => !db.DeviceTags.Any(row => row.OwnedTagId == tag && row.RemoteId == device.RemoteId))
            .Select(device => new LevelOfDevice { RemoteId = device.RemoteId, Level = device.Level });

    /// <summary>The same of carriers that should not be; null where no tag is ours.</summary>
    private IQueryable<DeviceTagRow>? Stale() =>
        owned.Select(tag => Stale(tag.Id)).Aggregate((IQueryable<DeviceTagRow>?)null, Together);

    /// <summary>Carriers that should not be: another level, or no device of the fleet at all.</summary>
    private IQueryable<DeviceTagRow> Stale(Guid tag)
    {
        var carriers = db.DeviceTags.AsNoTracking().Where(row => row.OwnedTagId == tag);
        foreach (var (level, _) in wanted.Where(level => level.Value == tag))
        {
            carriers = carriers.Where(row =>
                !db.Devices.Any(device =>
                    device.IntegrationId == integration
                    && device.RemoteId == row.RemoteId
                    && device.GoneAt == null
                    && device.Level == level
                )
            );
        }

        return carriers;
    }

    private static IQueryable<T> Together<T>(IQueryable<T>? some, IQueryable<T> others) =>
        some?.Concat(others) ?? others;

    private sealed record LevelOfDevice
    {
        public int RemoteId { get; init; }
        public RiskLevel Level { get; init; }
    }
}

/// <summary>Devices that do not carry what they should.</summary>
/// <param name="Never">By number those of them that are on the never-touch list: they stay as they are.</param>
/// <param name="Drifted">
/// Numbers of those that others changed, and that stay so until a person decides; and of those that are another integration's.
/// </param>
internal sealed record DifferingDevices(
    IReadOnlyList<TagState> All,
    IReadOnlyDictionary<int, NeverTouched> Never,
    IReadOnlySet<long> Drifted
)
{
    public IEnumerable<TagState> Touched =>
        All.Where(state => !Never.ContainsKey((int)state.Device) && !Drifted.Contains(state.Device));

    public IEnumerable<TagState> Left => All.Where(state => Never.ContainsKey((int)state.Device));

    /// <summary>For the planner.</summary>
    public IReadOnlySet<long> LeftNumbers => Never.Keys.Select(number => (long)number).Concat(Drifted).ToHashSet();

    /// <summary>Those of which it is not known whether an entry names them.</summary>
    public int InDoubt => Never.Values.Count(never => !never.IsCertain);
}
