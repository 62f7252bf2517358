using Microsoft.EntityFrameworkCore;
using Picket.Core.Policy;
using Picket.Core.Response;
using Picket.Server.Integrations;
using Picket.Server.Inventory;
using Picket.Server.Policy;
using Picket.Server.Storage;
using LedgerState = Picket.Core.Response.LedgerState;

namespace Picket.Server.Response;

/// <summary>What the brake goes by.</summary>
internal static class BrakeFacts
{
    public static TagBrake Of(IntegrationRow row) =>
        new(row.TagBrakePercent / 100, row.TagBrakeLeast)
        {
            PerRun = row.TagBrakePerRun,
            PerHour = row.TagBrakePerHour,
            GroupShare = row.TagBrakeGroupPercent / 100,
        };

    /// <summary>Devices that are enrolled.</summary>
    public static Task<int> FleetAsync(PicketDbContext db, Guid integration, CancellationToken cancellation) =>
        Fleet(db).Where(row => row.IntegrationId == integration).CountAsync(cancellation);

    /// <summary>The same, counted up to this: more lets nothing more go.</summary>
    public static async Task<int> FleetAsync(
        PicketDbContext db,
        Guid integration,
        int enough,
        CancellationToken cancellation
    ) =>
        enough == 0
            ? 0
            : await Fleet(db).Where(row => row.IntegrationId == integration).Take(enough).CountAsync(cancellation);

    /// <summary>Devices that are enrolled, of all integrations.</summary>
    public static IQueryable<DeviceRow> Fleet(PicketDbContext db) =>
        db.Devices.Where(row => row.GoneAt == null).WhereEnrolled();

    /// <summary>
    /// Devices beside those of the plan that were changed within the brake's window without a person's word. From the
    /// ledger: a device whose change is tried again is one device.
    /// </summary>
    public static async Task<IReadOnlyList<int>> RecentAsync(
        PicketDbContext db,
        Guid integration,
        TagPlan plan,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var changed = await ChangedSince(db, now - TagBrake.Window)
            .Where(change => change.Integration == integration)
            .Select(change => change.Device)
            .Distinct()
            .ToListAsync(cancellation);
        var planned = plan.Calls.SelectMany(call => call.Devices).ToHashSet();
        return changed.FindAll(device => !planned.Contains(device));
    }

    /// <summary>What was changed without a person's word, by the UEM's numbers; one device may come more than once.</summary>
    public static IQueryable<TagChange> ChangedSince(PicketDbContext db, DateTimeOffset since) =>
        from entry in db.Ledger
        join device in db.LedgerDevices on entry.Id equals device.EntryId
        where
            entry.SentAt >= since
            && entry.ApprovedBy == null
            && entry.OwnedTagId != null
            && device.State != LedgerState.Failed
            && device.State != LedgerState.Dropped
        select new TagChange { Integration = entry.IntegrationId, Device = device.RemoteId };

    /// <summary>
    /// How much of each organization group would have changed, with all that is below it. The integration's own group is
    /// the fleet, which the brake looks at anyway.
    /// </summary>
    /// <param name="changed">Numbers of the devices.</param>
    public static async Task<IReadOnlyList<TagGroupChange>> GroupsAsync(
        PicketDbContext db,
        Guid integration,
        IReadOnlySet<int> changed,
        CancellationToken cancellation
    )
    {
        var places = (await DevicePlaces.LoadTreesAsync(db, [integration], cancellation))
            .Paths()
            .ToDictionary(at => at.Group, at => at.Path.Groups);
        var devices = await Fleet(db)
            .Where(row => row.IntegrationId == integration && row.OrganizationGroupId != null)
            .Select(row => new { row.RemoteId, Group = row.OrganizationGroupId!.Value })
            .ToListAsync(cancellation);
        return
        [
            .. from device in devices
            where places.ContainsKey(device.Group)
            from depth in Enumerable.Range(1, places[device.Group].Count - 1)
            group device by string.Join(" / ", places[device.Group].Take(depth + 1).Select(above => above.Name)) into of
            orderby of.Key
            select new TagGroupChange(of.Key, of.Count(device => changed.Contains(device.RemoteId)), of.Count()),
        ];
    }

    /// <summary>
    /// How much of the devices of each policy that sets limits would change. The nearest such policy of a device decides; of a
    /// device that is in no inventory none does.
    /// </summary>
    /// <param name="planned">Numbers of the devices that the run would change.</param>
    /// <param name="recent">Numbers of others that changed within the hour.</param>
    public static async Task<IReadOnlyList<TagPolicyChange>> PoliciesAsync(
        PicketDbContext db,
        PolicyBook book,
        Guid integration,
        IReadOnlySet<int> planned,
        IReadOnlyCollection<int> recent,
        CancellationToken cancellation
    )
    {
        var limits = book.Document.Policies.Where(policy => policy.Values.Brake is not null).ToList();
        if (limits.Count == 0 || planned.Count == 0)
        {
            return [];
        }

        // A share is of all its devices, so all have to be placed; else those that change do.
        var all = limits.Exists(policy => policy.Values.Brake!.Percent is not null);
        int[] changed = [.. planned, .. recent];
        var devices = await Fleet(db)
            .Where(row => row.IntegrationId == integration && (all || changed.Contains(row.RemoteId)))
            .AsNoTracking()
            .ToListAsync(cancellation);
        var places = await DevicePlaces.LoadAsync(db, integration, devices, book, cancellation);
        var beside = recent.ToHashSet();
        return
        [
            .. from device in devices
            let policy = book.For(places.SubjectOf(device)).Braking
            where policy is not null
            group device.RemoteId by policy into of
            orderby of.Key.Name
            select new TagPolicyChange(
                of.Key.Name,
                of.Key.Values.Brake!,
                of.Count(planned.Contains),
                of.Count(beside.Contains),
                of.Count()
            ) into change
            where change.Changed > 0
            select change,
        ];
    }
}

/// <summary>A device whose tags were changed.</summary>
internal sealed class TagChange
{
    public required Guid Integration { get; init; }
    public required int Device { get; init; }
}
