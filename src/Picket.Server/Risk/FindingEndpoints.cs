using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Risk;

internal static class FindingEndpoints
{
    public static void MapFindings(this WebApplication app)
    {
        app.MapGet(Routes.Findings, ListAsync);
        app.MapGet(Routes.FindingKinds, Kinds);
    }

    private static Ok<Page<FindingKindView>> Kinds() =>
        TypedResults.Ok(new Page<FindingKindView>([.. FindingKinds.All.Select(FindingKindViews.Of)], Next: null));

    /// <summary>Findings that are true now, or those that ended. Those of a device end when it leaves the fleet.</summary>
    private static async Task<Results<Ok<Page<FindingView>>, ValidationProblem>> ListAsync(
        [AsParameters] FindingFilter filter,
        PicketDbContext db,
        ClaimsPrincipal user,
        CancellationToken cancellation
    )
    {
        if (FindingKindNames.Refuse(filter.Kind, "kind") is { } unknown)
        {
            return unknown;
        }

        var page = await Filtered(db, filter)
            .WhereVisible(user.Visible(), row => row.IntegrationId)
            .ToPageAsync(row => row.Id, Keyset.Parse(filter.Cursor), filter.Limit, row => row, cancellation);
        var ids = page.Items.Select(row => row.DeviceId).Distinct().ToList();
        var names = await db
            .Devices.Where(device => ids.Contains(device.Id))
            .Select(device => new
            {
                device.Id,
                device.FriendlyName,
                device.SerialNumber,
                device.RemoteId,
            })
            .ToDictionaryAsync(
                device => device.Id,
                device => DeviceViews.Name(device.FriendlyName, device.SerialNumber, device.RemoteId),
                cancellation
            );
        var views = page.Items.Select(row => FindingViews.Of(row, names.GetValueOrDefault(row.DeviceId, "")));
        return TypedResults.Ok(new Page<FindingView>([.. views], page.Next));
    }

    private static IQueryable<FindingRow> Filtered(PicketDbContext db, FindingFilter filter)
    {
        var rows = db.Findings.AsNoTracking().Where(row => row.ClearedAt == null);
        if (filter.Ended is true)
        {
            rows = db.Findings.AsNoTracking().Where(row => row.ClearedAt != null);
        }

        if (filter.Kind is { } kind)
        {
            rows = rows.Where(row => row.Kind == kind);
        }

        if (filter.Level is { } asked)
        {
            var level = Enum.Parse<RiskLevel>(asked.ToString());
            rows = rows.Where(row => row.Level == level);
        }

        if (filter.DeviceId is { } device)
        {
            rows = rows.Where(row => row.DeviceId == device);
        }

        if (filter.Exception is { } exception)
        {
            rows = rows.Where(row => row.Exception == exception);
        }

        return filter.IntegrationId is { } integration ? rows.Where(row => row.IntegrationId == integration) : rows;
    }
}
