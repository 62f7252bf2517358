using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Events;
using Picket.WorkspaceOne.Emulator.Faults;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Life;
using Picket.WorkspaceOne.Emulator.Tags;

namespace Picket.WorkspaceOne.Emulator.State;

/// <summary>What a saved state holds. Whoever adds a store that keeps something adds a part here.</summary>
internal static class StateParts
{
    private sealed record Clock(DateTimeOffset At, double Factor);

    private sealed record Fleet(IReadOnlyList<Override> Changed, IReadOnlyList<int> Removed);

    private sealed record Life(IReadOnlyList<Due> Agenda, IReadOnlyList<int> Silent, TimeSpan Delay);

    private sealed record WipeLocks(IReadOnlyList<int> Groups, int Threshold);

    private sealed record TagState(
        IReadOnlyList<Tag> Tags,
        IReadOnlyDictionary<int, Dictionary<int, DateTime>> Carriers
    );

    /// <summary>In the order of loading: the clock first, because the others date by it; what follows from life last.</summary>
    public static IReadOnlyList<StatePart> Of(Uem uem) =>
        [
            StatePart.Of(
                "clock",
                () => new Clock(uem.Clock.GetUtcNow(), uem.Clock.Factor),
                saved => uem.Clock.Resume(saved.At, saved.Factor)
            ),
            StatePart.Of("groups", uem.Tenant.Tree.Save, uem.Tenant.Tree.Load),
            AccessState.Part(uem.Access),
            StatePart.Of("people", uem.Tenant.People.Save, uem.Tenant.People.Load),
            StatePart.Of("userGroups", uem.Tenant.UserGroups.Save, uem.Tenant.UserGroups.Load),
            StatePart.Of("fleet", () => SaveFleet(uem.Tenant), saved => LoadFleet(uem.Tenant, saved)),
            StatePart.Of("commands", () => uem.Commands.All, saved => uem.Commands.Load(saved)),
            StatePart.Of("life", () => SaveLife(uem.Life), saved => LoadLife(uem.Life, saved)),
            StatePart.Of(
                "wipeLocks",
                () => new WipeLocks(uem.WipeLock.Save(), uem.WipeLock.Threshold),
                saved =>
                {
                    uem.WipeLock.Load(saved.Groups);
                    uem.WipeLock.Threshold = saved.Threshold;
                }
            ),
            StatePart.Of("bulkLimits", () => uem.BulkLimits, saved => uem.BulkLimits.Take(saved)),
            StatePart.Of("subscriptions", () => uem.Subscriptions.All, saved => uem.Subscriptions.Load(saved)),
            StatePart.Of(
                "tags",
                () =>
                {
                    var (tags, carriers) = uem.Tags.Save();
                    return new TagState(tags, carriers);
                },
                saved => uem.Tags.Load(saved.Tags, saved.Carriers)
            ),
            StatePart.Of("smartGroups", uem.SmartGroups.Save, uem.SmartGroups.Load),
            StatePart.Of("apps", uem.Apps.Save, uem.Apps.Load),
            StatePart.Of("appGroups", uem.AppGroups.Save, uem.AppGroups.Load),
            StatePart.Of("compliancePolicies", uem.CompliancePolicies.Save, uem.CompliancePolicies.Load),
            StatePart.Of("profiles", uem.Profiles.Save, uem.Profiles.Load),
            StatePart.Of("registrations", uem.Registrations.Save, uem.Registrations.Load),
            StatePart.Of("customAttributes", uem.CustomAttributes.Save, uem.CustomAttributes.Load),
            StatePart.Of("quota", uem.Quota.Save, uem.Quota.Load),
            StatePart.Of("faults", () => uem.Faults.Script, saved => uem.Faults.Script = saved),
        ];

    private static Fleet SaveFleet(Tenant tenant)
    {
        var (changed, removed) = tenant.Fleet.Save();
        return new(changed, removed);
    }

    private static void LoadFleet(Tenant tenant, Fleet saved) => tenant.Fleet.Load(saved.Changed, saved.Removed);

    private static Life SaveLife(DeviceLife life)
    {
        var (agenda, silent) = life.Save();
        return new(agenda, silent, life.Delay);
    }

    private static void LoadLife(DeviceLife life, Life saved)
    {
        life.Delay = saved.Delay;
        life.Load(saved.Agenda, saved.Silent);
    }
}
