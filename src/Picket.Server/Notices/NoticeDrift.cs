using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Notices;
using Picket.Server.Drift;
using Picket.Server.Integrations;
using Picket.Server.Storage;
using DriftKind = Picket.Core.Response.DriftKind;
using DriftState = Picket.Core.Response.DriftState;

namespace Picket.Server.Notices;

/// <summary>
/// What others changed about tags: by itself where a person is asked, and by tag where it is repaired at once, which is told
/// for an hour at least. No device is named: a notice leaves this server.
/// </summary>
internal static class NoticeDrift
{
    /// <summary>A repair takes seconds: without it nobody would hear of what comes back again and again.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromHours(1);

    public static async Task<IEnumerable<NoticeCondition>> ReadAsync(
        PicketDbContext db,
        IReadOnlyList<IntegrationRow> integrations,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var since = now - Told;
        var found = await (
            from drift in db.Drift.AsNoTracking()
            where
                drift.EndedAt == null && drift.State == DriftState.Open
                || drift.EndedAt >= since
                    && !drift.Asks
                    && drift.DecidedBy == null
                    && (drift.State == DriftState.Repaired || drift.State == DriftState.Gone)
            orderby drift.Id
            select new
            {
                Drift = drift,
                Tag = db.OwnedTags.Where(tag => tag.Id == drift.OwnedTagId).Select(tag => tag.Name).FirstOrDefault()
                    ?? "",
                Devices = db.DriftDevices.Count(device => device.DriftId == drift.Id),
            }
        ).ToListAsync(cancellation);
        return (
            from one in found
            join row in integrations on one.Drift.IntegrationId equals row.Id
            where row.WritingEnabled
            select new NoticeCondition(
                IsSettled(one.Drift)
                    ? $"drift:{one.Drift.OwnedTagId}:{one.Drift.Kind}:{Magnitude(one.Devices)}"
                    : $"drift:{one.Drift.Id}:{one.Drift.Asks || one.Drift.DecidedBy is not null}:{Magnitude(one.Devices)}",
                $"{NoticeKind.ChangedByOthers}",
                row.Id,
                $"{row.Name}: {What(one.Drift, one.Tag, one.Devices)}",
                Text(one.Drift),
                $"/responses/drift/{one.Drift.Id}"
            )
        ).DistinctBy(condition => condition.Key);
    }

    /// <summary>Devices that an integration leaves to another one, or that none of them writes about.</summary>
    public static async Task<IEnumerable<NoticeCondition>> SharedAsync(
        PicketDbContext db,
        IntegrationRow row,
        CancellationToken cancellation
    )
    {
        if (!row.WritingEnabled)
        {
            return [];
        }

        var notOurs = await SharedDevices.NotOursAsync(db, row, SharedDevices.Others(db, row), cancellation);
        return notOurs
            .GroupBy(device => device.Value is not null)
            .Select(some =>
                some.Key
                    ? Shared(
                        $"shared:{row.Id}",
                        $"{row.Name}: {Devices(some.Count())} are held by another integration, too",
                        "Its organization group is nearer to them, so their tags and commands are left to it. Leave the group out at one of them to end it."
                    )
                    : Shared(
                        $"shared-undecided:{row.Id}",
                        $"{row.Name}: nobody can tell which of two integrations {Devices(some.Count())} belong to",
                        "Neither organization group is nearer, or it is not known, so none of them writes about these devices. Leave the group out at one of them, or switch its writing off."
                    )
            );

        NoticeCondition Shared(string key, string title, string text) =>
            new(key, $"{NoticeKind.ChangedByOthers}", row.Id, title, text, $"/responses?integration={row.Id}");
    }

    /// <summary>Two keys of one change by others, told at another magnitude.</summary>
    public static bool IsOfSame(string key, string other) =>
        key.StartsWith("drift:", StringComparison.Ordinal)
        && key[..key.LastIndexOf(':')] == other[..Math.Max(other.LastIndexOf(':'), 0)];

    /// <summary>One device and fifty are not the same trouble; what grows from one hundred to two is.</summary>
    private static int Magnitude(int devices) => (int)Math.Log10(Math.Max(devices, 1));

    private static string Devices(int count) => count == 1 ? "1 device" : $"{count:N0} devices";

    /// <summary>
    /// It is repaired without a person; a tag that was made anew still needs one. What a person has repaired lasts until it is: it is
    /// told as over once, and not as something new in between.
    /// </summary>
    private static bool IsSettled(DriftRow drift) =>
        drift is { Asks: false, DecidedBy: null, Kind: not DriftKind.Deleted };

    private static string What(DriftRow drift, string tag, int devices)
    {
        var on = Devices(devices);
        return drift.Kind switch
        {
            DriftKind.Lost => $"somebody else took the tag \"{tag}\" off {on}",
            DriftKind.Carried => $"somebody else put the tag \"{tag}\" on {on}",
            DriftKind.Renamed => $"somebody else renamed the tag \"{tag}\" to \"{drift.NewName}\"",
            DriftKind.NotNamed => $"the smart group \"{drift.SmartGroup}\" does not name the tag \"{tag}\" any more",
            DriftKind.GroupGone => $"the smart group \"{drift.SmartGroup}\", which named the tag \"{tag}\", is gone",
            DriftKind.OldNumber =>
                $"the smart group \"{drift.SmartGroup}\" names the tag \"{tag}\" by a number that it has no more",
            DriftKind.Unused => $"no smart group names the tag \"{tag}\" any more, which {Carry(drift.Count ?? 0)}",
            DriftKind.PolicyGone => $"the compliance policy \"{drift.CompliancePolicy}\" is gone",
            DriftKind.PolicyInactive => $"the compliance policy \"{drift.CompliancePolicy}\" is inactive",
            DriftKind.PolicyRenamed =>
                $"the compliance policy \"{drift.CompliancePolicy}\" is called \"{drift.NewName}\" now",
            DriftKind.PolicyUnassigned =>
                $"the compliance policy \"{drift.CompliancePolicy}\" is assigned to no device",
            DriftKind.FewerAssignments =>
                $"the smart group \"{drift.SmartGroup}\", which names the tag \"{tag}\", has {drift.Count} assignments after {drift.Before}",
            _ => $"somebody else deleted the tag \"{tag}\"",
        };
    }

    private static string Carry(int count) => count == 1 ? "1 device carries" : $"{count:N0} devices carry";

    private static string Text(DriftRow drift) =>
        drift switch
        {
            { Trouble: { } trouble } => trouble,
            { Kind: DriftKind.GroupGone } =>
                "Or the account does not see it any more. What hung on it is not done by this tag now: make another smart group, or let it stay.",
            { Kind: DriftKind.Unused } =>
                "What should follow from the tag in the UEM does not. Have a smart group name it, or let it stay.",
            { Kind: DriftKind.PolicyGone } =>
                "Or the account does not see it any more. What it did about tags nobody does now: make another one and have it watched, or let it stay.",
            { Kind: DriftKind.PolicyRenamed } => "Look whether it is still the same, and let it stay.",
            { Kind: DriftKind.PolicyInactive or DriftKind.PolicyUnassigned } =>
                "Devices carry tags, and it does nothing about them. Look at it in the UEM, or let it stay.",
            { Kind: DriftKind.FewerAssignments } =>
                "Something was taken off the smart group in the UEM: look what, and let it stay if it is meant so.",
            { Kind: DriftKind.NotNamed or DriftKind.OldNumber, Fought: false, Asks: true } =>
                "What hangs on the smart group in the UEM does not follow the tag. Have the tag put back into it, or let it stay.",
            { Kind: DriftKind.Deleted, Asks: true } =>
                "Devices of its level are left as they are. Have it made anew, or let it stay so.",
            { Kind: DriftKind.Deleted } =>
                "Picket makes it anew, under another number: whatever named the old tag in the UEM has to name the new one. Say so when it does.",
            { Fought: true } =>
                "Picket repaired the same three times within a day, and somebody changed it again. Find out who it is; then repair it, or let it stay.",
            { Kind: DriftKind.Renamed, Asks: true } =>
                "Picket goes on with it by its number. Give it its name back, or let it have the new one.",
            { Asks: true } => "These devices are left as they are until somebody decides: repair it, or let it stay.",
            _ => "Picket repairs it by itself, as the policy says. Find out who it is: it may come again.",
        };
}
