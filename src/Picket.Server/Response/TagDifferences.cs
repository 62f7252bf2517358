using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Response;
using Picket.Core.Risk;
using Picket.Server.Brakes;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Storage;
using TagState = Picket.Core.Response.TagState;

namespace Picket.Server.Response;

/// <summary>
/// The tags that devices should carry, against those that they do as last confirmed. Compared by the database: only what
/// differs leaves it, so a fleet that is as it should be costs next to nothing.
/// </summary>
internal sealed class TagDifferences
{
    private const int MostToName = 500;

    private readonly PicketDbContext db;
    private readonly Guid integration;
    private readonly IntegrationRow settings;
    private readonly TagRunKind kind;
    private readonly IReadOnlyList<OwnedTagRow> owned;
    private readonly Dictionary<RiskLevel, Guid> wanted;
    private readonly int[]? among;
    private readonly Guid[] named;
    private readonly Guid[] retired;

    /// <param name="owned">The integration's tags. One that has to be made is missing on all devices that want it.</param>
    /// <param name="among">
    /// Numbers of the devices to look at, see <see cref="ChangedSinceAsync"/>: a fleet of any size costs the same. Null for all.
    /// </param>
    public TagDifferences(
        PicketDbContext db,
        IntegrationRow integration,
        IReadOnlyList<OwnedTagRow> owned,
        TagRunKind kind = TagRunKind.Levels,
        int[]? among = null
    )
    {
        this.among = among;
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
        var others = owned
            .Where(tag => !wanted.ContainsValue(tag.Id))
            .ToLookup(tag =>
                kind == TagRunKind.Levels
                && tag.RemoteId is not null
                && tag.OrganizationGroupId == integration.OrganizationGroupId
            );
        named = [.. others[true].Select(tag => tag.Id)];
        retired = [.. others[false].Select(tag => tag.Id)];
    }

    /// <summary>
    /// Devices for which the wish changed since the last run began, and the newest of those before, of which it may not have
    /// seen all (<see cref="TagRunTiming.Margin"/>).
    /// </summary>
    /// <returns>Null where they are so many that comparing all devices costs no more.</returns>
    public static async Task<int[]?> ChangedSinceAsync(
        PicketDbContext db,
        Guid integration,
        DateTimeOffset began,
        CancellationToken cancellation
    )
    {
        var from = began - TagRunTiming.Margin;
        var changed = await db
            .Devices.Where(device => device.IntegrationId == integration && device.WantedAt >= from)
            .OrderByDescending(device => device.WantedAt) // By this order SQLite takes the index of wishes, by no other.
            .Select(device => new { device.RemoteId, device.WantedAt })
            .Take(MostToName)
            .ToListAsync(cancellation);
        return changed.Count == MostToName && changed[^1].WantedAt >= began
            ? null
            : [.. changed.Select(device => device.RemoteId)];
    }

    /// <summary>Whether anything differs that Picket may touch.</summary>
    public async Task<bool> AnyAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (among is [])
        {
            return false;
        }

        if (
            await NeverTouchLists.InForce(db, integration, now).AnyAsync(cancellation)
            || await DriftedDevices.Leaving(db, integration).AnyAsync(cancellation)
            || await SharedDevices.Others(db, settings).AnyAsync(cancellation)
        )
        {
            return (await LoadAsync(now, cancellation)).Touched.Any();
        }

        return (MissingLevels() is { } levels && await levels.AnyAsync(cancellation))
            || (MissingOfSets() is { } sets && await sets.AnyAsync(cancellation))
            || await Stale().AnyAsync(cancellation);
    }

    /// <summary>The devices that differ, and which of them are never touched.</summary>
    public async Task<DifferingDevices> LoadAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var states = await DriftedDevices.WithoutLeftAsync(
            db,
            integration,
            await StatesAsync(cancellation),
            cancellation
        );
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

    /// <summary>Of each device that differs the tags that are missing, and those of ours that it should not carry.</summary>
    private async Task<IReadOnlyList<TagState>> StatesAsync(CancellationToken cancellation)
    {
        var numbers = owned
            .Where(tag => tag.RemoteId is not null)
            .ToDictionary(tag => tag.Id, tag => (long)tag.RemoteId!.Value);
        var levels = MissingLevels() is { } ofLevels
            ? await ofLevels.ToDictionaryAsync(device => device.RemoteId, device => (int)device.Level, cancellation)
            : [];
        List<TagOfDevice> ofSets = MissingOfSets() is { } missing ? await missing.ToListAsync(cancellation) : [];
        var sets = ofSets.ToLookup(row => row.RemoteId, row => row.Tag);
        var stale = (await Stale().ToListAsync(cancellation))
            .Where(row => numbers.ContainsKey(row.OwnedTagId))
            .ToLookup(row => row.RemoteId, row => numbers[row.OwnedTagId]);
        return
        [
            .. levels
                .Keys.Union(sets.Select(device => device.Key))
                .Union(stale.Select(device => device.Key))
                .Select(device => new TagState(
                    device,
                    levels.TryGetValue(device, out var level) ? level : null,
                    [.. stale[device]]
                )
                {
                    WantedOfSets = [.. sets[device]],
                }),
        ];
    }

    /// <summary>Devices without the tag of their level; null where no level has one.</summary>
    private IQueryable<TaggedLevel>? MissingLevels()
    {
        if (wanted.Count == 0)
        {
            return null;
        }

        var without = Enum.GetValues<RiskLevel>().Where(level => !wanted.ContainsKey(level)).ToArray();
        return WithTagOfLevel(Devices().Where(device => device.GoneAt == null && !without.Contains(device.Level)))
            .Where(device =>
                !db.DeviceTags.Any(row => row.RemoteId == device.RemoteId && row.OwnedTagId == device.Tag)
            );
    }

    /// <summary>
    /// That the level stands in an expression keeps SQLite from going through the whole fleet by it where a few devices are
    /// named.
    /// </summary>
    private IQueryable<TaggedLevel> WithTagOfLevel(IQueryable<DeviceRow> devices)
    {
        var (unknown, secure, low) = (TagOf(RiskLevel.Unknown), TagOf(RiskLevel.Secure), TagOf(RiskLevel.Low));
        var (medium, high, critical) = (TagOf(RiskLevel.Medium), TagOf(RiskLevel.High), TagOf(RiskLevel.Critical));
        return devices.Select(device => new TaggedLevel
        {
            RemoteId = device.RemoteId,
            Level = device.Level,
            Tag =
                device.Level == RiskLevel.Unknown ? unknown
                : device.Level == RiskLevel.Secure ? secure
                : device.Level == RiskLevel.Low ? low
                : device.Level == RiskLevel.Medium ? medium
                : device.Level == RiskLevel.High ? high
                : critical,
        });
    }

    private Guid TagOf(RiskLevel level) => wanted.GetValueOrDefault(level);

    /// <summary>Tags of the policy's sets that verdicts ask for and devices do not carry; null where none is to be carried.</summary>
    private IQueryable<TagOfDevice>? MissingOfSets() =>
        kind == TagRunKind.CleanUp
            ? null
            : from wish in db.WantedTags
            join device in Devices() on wish.DeviceId equals device.Id
            where
                device.GoneAt == null
                && db.PolicyTags.Any(tag => tag.Name == wish.Tag)
                && !db.DeviceTags.Any(row =>
                    row.RemoteId == device.RemoteId
                    && named.Contains(row.OwnedTagId)
                    && db.OwnedTags.Any(own => own.Id == row.OwnedTagId && own.Name == wish.Tag)
                )
            select new TagOfDevice { RemoteId = device.RemoteId, Tag = wish.Tag };

    /// <summary>The same of carriers that should not be: another level, no wish for it, or no device of the fleet at all.</summary>
    private IQueryable<DeviceTagRow> Stale()
    {
        var stale = StaleOfLevels().Concat(StaleOfSets());
        return retired.Length == 0 ? stale : stale.Concat(Retired());
    }

    private IQueryable<DeviceTagRow> StaleOfLevels()
    {
        Guid[] ofLevels = [.. wanted.Values];
        var fleet = db.Devices.Where(device => device.IntegrationId == integration && device.GoneAt == null);
        var devices = WithTagOfLevel(fleet);
        return Carriers()
            .Where(row =>
                ofLevels.Contains(row.OwnedTagId)
                && !devices.Any(device => device.RemoteId == row.RemoteId && device.Tag == row.OwnedTagId)
            );
    }

    /// <summary>
    /// Of tags that stand for no level now: what is in no set of the policy, nobody wants. A device that waits for its verdict
    /// keeps what it carries: by a new policy it may be to get another tag of the set, and that one is to come first.
    /// </summary>
    private IQueryable<DeviceTagRow> StaleOfSets() =>
        from row in Carriers()
        join own in db.OwnedTags on row.OwnedTagId equals own.Id
        where
            named.Contains(row.OwnedTagId)
            && !db.Devices.Any(device =>
                device.IntegrationId == integration
                && device.RemoteId == row.RemoteId
                && device.GoneAt == null
                && (
                    device.JudgingDue
                    || (
                        db.PolicyTags.Any(tag => tag.Name == own.Name)
                        && db.WantedTags.Any(wish => wish.DeviceId == device.Id && wish.Tag == own.Name)
                    )
                )
            )
        select row;

    private IQueryable<DeviceTagRow> Retired() =>
        db.DeviceTags.AsNoTracking().Where(row => retired.Contains(row.OwnedTagId));

    private IQueryable<DeviceTagRow> Carriers()
    {
        var carriers = db.DeviceTags.AsNoTracking();
        return among is null ? carriers : carriers.Where(row => among.Contains(row.RemoteId));
    }

    private IQueryable<DeviceRow> Devices()
    {
        var devices = db.Devices.Where(device => device.IntegrationId == integration);
        return among is null ? devices : devices.Where(device => among.Contains(device.RemoteId));
    }

    private sealed record TaggedLevel
    {
        public int RemoteId { get; init; }
        public RiskLevel Level { get; init; }

        /// <summary>The tag of the level; <see cref="Guid.Empty"/> where it has none, or one that is still to be made.</summary>
        public Guid Tag { get; init; }
    }

    private sealed record TagOfDevice
    {
        public int RemoteId { get; init; }
        public string Tag { get; init; } = "";
    }
}
