using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Risk;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Inventory.Users;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <param name="Pages">In the order of the list.</param>
/// <param name="Note">What is not among them.</param>
internal sealed record TakenDevices(IAsyncEnumerable<IReadOnlyList<DeviceSummary>> Pages, string? Note);

/// <summary>Reads devices. Lists never count and never skip: a page costs the same wherever it lies.</summary>
public sealed class DeviceQueries(PicketDatabase database, DeviceSelection selection, AuditLog audit)
{
    /// <param name="actor">Who asks: to be named where personal apps are part of the answer.</param>
    public async Task<Page<DeviceSummary>> ListAsync(
        Visible visible,
        DeviceFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var devices = await selection.OfAsync(db, visible, filter, actor, cancellation);
        var page = await PageAsync(db, devices, Keyset.Parse(filter.Cursor), filter.Limit, cancellation);
        return page with { Note = devices.Note };
    }

    /// <summary>
    /// All that a filter asks for, to be taken away as a file. Who takes it, and how much, is in the audit before the
    /// first of them is read.
    /// </summary>
    internal async Task<TakenDevices> TakeAsync(
        Visible visible,
        DeviceFilter filter,
        string actor,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var devices = await selection.OfAsync(db, visible, filter, actor, cancellation);
        var count = await devices.Rows(db).CountAsync(cancellation);
        audit.Add(db, actor, "devices.exported", after: new { Devices = count, Filter = Told(filter) });
        await db.SaveChangesAsync(cancellation);
        return new(AllAsync(devices, cancellation), devices.Note);
    }

    /// <summary>Page by page: a reading that is as slow as whoever takes the file would keep the database from tidying up.</summary>
    private async IAsyncEnumerable<IReadOnlyList<DeviceSummary>> AllAsync(
        SelectedDevices devices,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        Page<DeviceSummary>? page = null;
        do
        {
            await using var db = database.Open();
            page = await PageAsync(db, devices, Keyset.Parse(page?.Next), Paging.MaxLimit, cancellation);
            yield return page.Items;
        } while (page.Next is not null);
    }

    /// <summary>The filter as the audit keeps it. A text that was searched for may be a name, and the audit forgets none (law 8).</summary>
    private static Dictionary<string, object> Told(DeviceFilter filter) =>
        new (string Name, object? Value)[]
        {
            (nameof(filter.IntegrationId), filter.IntegrationId),
            (nameof(filter.Level), filter.Level?.ToString()),
            (nameof(filter.Platform), filter.Platform),
            (nameof(filter.OrganizationGroup), filter.OrganizationGroup),
            (nameof(filter.WithoutGroup), filter.WithoutGroup is true ? true : null),
            (nameof(filter.TaggedAs), filter.TaggedAs?.ToString()),
            (nameof(filter.Tag), filter.Tag),
            (nameof(filter.Ownership), filter.Ownership?.ToString()),
            (nameof(filter.Finding), filter.Finding),
            (nameof(filter.App), filter.App),
            (nameof(filter.Cve), filter.Cve),
            (nameof(filter.Lacks), filter.Lacks),
            (nameof(filter.Cause), filter.Cause),
            (nameof(filter.Fact), filter.Fact),
            (nameof(filter.FactAge), filter.FactAge?.ToString()),
            (nameof(filter.Feed), filter.Feed),
            (nameof(filter.FeedEntry), filter.FeedEntry),
            (nameof(filter.UserId), filter.UserId),
            (nameof(filter.Search), string.IsNullOrWhiteSpace(filter.Search) ? null : "(not kept)"),
        }
            .Where(each => each.Value is not null)
            .ToDictionary(each => each.Name, each => each.Value!);

    private static async Task<Page<DeviceSummary>> PageAsync(
        PicketDbContext db,
        SelectedDevices devices,
        Guid? after,
        int? limit,
        CancellationToken cancellation
    )
    {
        var page = await devices.Rows(db).ToPageAsync(row => row.Id, after, limit, row => row, cancellation);
        return new Page<DeviceSummary>(await SummariesAsync(db, page.Items, cancellation), page.Next);
    }

    /// <returns>Null when there is no such device. One that left the fleet is still shown.</returns>
    public async Task<DeviceView?> GetAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.Id == id, cancellation);
        if (row is null || !visible.Shows(row.IntegrationId))
        {
            return null;
        }

        var summary = (await SummariesAsync(db, [row], cancellation))[0];
        var findings = await db
            .Findings.AsNoTracking()
            .Where(finding => finding.DeviceId == id && finding.ClearedAt == null)
            .OrderByDescending(finding => finding.Level)
            .ThenBy(finding => finding.Id)
            .ToListAsync(cancellation);
        var tags = await (
            from held in db.DeviceTags
            join tag in db.OwnedTags on held.OwnedTagId equals tag.Id
            where held.RemoteId == row.RemoteId && tag.IntegrationId == row.IntegrationId
            orderby tag.Name
            select tag.Name
        ).ToListAsync(cancellation);
        return DeviceViews.Of(row, summary, findings, tags);
    }

    /// <summary>The named devices as lists show them, by their ids; what is not visible or not there is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, DeviceSummary>> SummariesAsync(
        Visible visible,
        IReadOnlyList<Guid> ids,
        CancellationToken cancellation
    )
    {
        await using var db = database.Open();
        var rows = await db
            .Devices.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.GoneAt == null)
            .WhereVisible(visible, row => row.IntegrationId)
            .ToListAsync(cancellation);
        return (await SummariesAsync(db, rows, cancellation)).ToDictionary(device => device.Id);
    }

    private static async Task<IReadOnlyList<DeviceSummary>> SummariesAsync(
        PicketDbContext db,
        IReadOnlyList<DeviceRow> rows,
        CancellationToken cancellation
    )
    {
        var ids = rows.Select(row => row.Id).ToList();
        var found = await db
            .Findings.Where(finding => ids.Contains(finding.DeviceId) && finding.ClearedAt == null)
            .Select(finding => finding.DeviceId)
            .ToListAsync(cancellation);
        var findings = found.CountBy(id => id).ToDictionary();
        var groups = await GroupNames.OfAsync(db, rows.Select(row => row.IntegrationId), cancellation);
        var users = await UserIds.OfAsync(db, rows, cancellation);
        return
        [
            .. rows.Select(row =>
                DeviceViews.Summary(
                    row,
                    groups.Of(row.IntegrationId, row.OrganizationGroupId),
                    findings.GetValueOrDefault(row.Id)
                ) with
                {
                    UserId = users.Of(row),
                }
            ),
        ];
    }
}
