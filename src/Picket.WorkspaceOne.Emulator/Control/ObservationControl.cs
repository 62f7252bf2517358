using System.Globalization;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>What came in, what the tags are, and what shall go wrong.</summary>
internal static class ObservationControl
{
    private sealed record QuotaChange(int? Daily, int? PerMinute, bool Reset);

    public static void Map(ControlTable routes, Uem uem)
    {
        routes.Get("state", _ => State(uem));
        routes.Get("requests", http => Requests(http, uem));
        routes.Delete(
            "requests",
            _ =>
            {
                uem.Log.Clear();
                return null;
            }
        );
        routes.Get("tags", _ => TagState(uem));
        routes.Get("faults", _ => new { uem.Faults.Script, uem.Faults.Hits });
        routes.Put<FaultScript>("faults", (_, script) => uem.Faults.Script = script);
        routes.Delete("faults", _ => uem.Faults.Script = new FaultScript());
        routes.Put<QuotaChange>("quota", (_, change) => Apply(uem, change));
    }

    private static object State(Uem uem) =>
        new
        {
            devices = uem.Tenant.Fleet.Remaining,
            users = uem.Tenant.People.UserCount,
            organizationGroups = uem.Tenant.Tree.All.Count(),
            smartGroups = uem.SmartGroups.All.Count,
            changedDevices = uem.Tenant.Fleet.Changed,
            calls = uem.Log.Total,
            callsByRoute = uem.Log.ByRoute,
            quotaUsed = uem.Quota.Used,
            faultHits = uem.Faults.Hits,
            workingSet = Environment.WorkingSet,
        };

    private static object Requests(HttpContext http, Uem uem)
    {
        var since = long.TryParse(http.Request.Query["since"], CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        return uem.Log.Entries.Where(entry => entry.Number > since);
    }

    private static object TagState(Uem uem) =>
        uem.Tags.All.Select(tag => new
        {
            tag.Id,
            tag.Uuid,
            tag.Name,
            organizationGroup = uem.Tenant.Tree.At(tag.Group).Id,
            devices = uem
                .Tags.Carriers(tag)
                .Where(carrier => uem.Tenant.Fleet.Exists(carrier.Device))
                .Select(carrier => uem.Tenant.Ids.DeviceId(carrier.Device)),
        });

    private static object? Apply(Uem uem, QuotaChange change)
    {
        uem.Quota.Daily = change.Daily ?? uem.Quota.Daily;
        uem.Quota.PerMinute = change.PerMinute ?? uem.Quota.PerMinute;
        if (change.Reset)
        {
            uem.Quota.Reset();
        }

        return new { uem.Quota.Daily, uem.Quota.PerMinute };
    }
}
