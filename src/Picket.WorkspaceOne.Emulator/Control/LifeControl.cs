using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>The clock, and what happens to devices.</summary>
internal static class LifeControl
{
    private sealed record ClockChange(
        double? Factor,
        DateTimeOffset? To,
        double? Seconds,
        double? DelaySeconds,
        double? MembershipDelaySeconds
    );

    private sealed record WipeLockChange(string? OrganizationGroup, bool? Locked, int? Limit);

    private sealed record LimitChange(int? EnterpriseWipe, int? LockDevice, int? SendMessage);

    private sealed record PolicyChange(int Id, string? Name, bool? IsActive, int? Assigned, bool? IsDeleted);

    public static void Map(ControlTable routes, Uem uem)
    {
        routes.Put<PolicyChange>("compliance-policies", (_, change) => Apply(uem, change));
        routes.Get("clock", _ => Clock(uem));
        routes.Put<ClockChange>("clock", (_, change) => Apply(uem, change));
        routes.Post<ClockChange>("clock/step", (_, change) => Apply(uem, change));
        routes.Post<Happening>("happen", (_, happening) => Happenings.Happen(uem, happening));
        routes.Get("commands", http => Commands(http, uem));
        routes.Get("deliveries", _ => uem.Post.Deliveries);
        routes.Put<WipeLockChange>("wipe-lock", (_, change) => Apply(uem, change));
        routes.Put<LimitChange>("bulk-limits", (_, change) => Apply(uem, change));
    }

    private static object Clock(Uem uem) =>
        new
        {
            now = uem.Clock.GetUtcNow(),
            uem.Clock.Factor,
            delaySeconds = uem.Life.Delay.TotalSeconds,
            membershipDelaySeconds = uem.SmartGroups.Delay.TotalSeconds,
            life = uem.Tenant.Fleet.Life.Pace,
        };

    private static object Apply(Uem uem, ClockChange change)
    {
        if (change.DelaySeconds is { } delay)
        {
            uem.Life.Delay =
                delay >= 0 ? TimeSpan.FromSeconds(delay) : throw new FormatException("A delay is not negative.");
        }

        if (change.MembershipDelaySeconds is { } membership)
        {
            uem.SmartGroups.Delay =
                membership >= 0
                    ? TimeSpan.FromSeconds(membership)
                    : throw new FormatException("A delay is not negative.");
        }

        uem.Clock.Factor = change.Factor ?? uem.Clock.Factor;
        if (change.To is { } to)
        {
            uem.Clock.MoveTo(to);
        }

        if (change.Seconds is { } seconds)
        {
            uem.Clock.Step(TimeSpan.FromSeconds(seconds));
        }

        return Clock(uem);
    }

    private static object Commands(HttpContext http, Uem uem) =>
        http.Request.Query["device"] is [{ Length: > 0 } device, ..]
            ? uem.Commands.Of(Happenings.Find(uem.Tenant.Fleet, device))
            : uem.Commands.All;

    private static object Apply(Uem uem, PolicyChange change)
    {
        uem.CompliancePolicies.Change(
            change.Id,
            new(change.Name, change.IsActive ?? true, change.Assigned, change.IsDeleted ?? false)
        );
        return new { changed = uem.CompliancePolicies.Save() };
    }

    private static object Apply(Uem uem, WipeLockChange change)
    {
        uem.WipeLock.Threshold = change.Limit ?? uem.WipeLock.Threshold;
        var group = change.OrganizationGroup is { } text
            ? uem.Tenant.Tree.Find(text) ?? throw new KeyNotFoundException($"There is no organization group {text}.")
            : uem.Tenant.Tree.Customer;
        if (change.Locked is { } locked)
        {
            uem.WipeLock.Set(group.Index, locked);
        }

        return new { locked = uem.WipeLock.IsLocked(group.Index), limit = uem.WipeLock.Threshold };
    }

    private static BulkLimits Apply(Uem uem, LimitChange change)
    {
        var limits = uem.BulkLimits;
        limits.EnterpriseWipe = change.EnterpriseWipe ?? limits.EnterpriseWipe;
        limits.LockDevice = change.LockDevice ?? limits.LockDevice;
        limits.SendMessage = change.SendMessage ?? limits.SendMessage;
        return limits;
    }
}
