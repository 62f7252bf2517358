using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Devices;
using Picket.Core.Policy;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Policy;

/// <summary>Reads versions, exceptions, and which policy holds for a device.</summary>
internal sealed class PolicyQueries(PicketDatabase database, PolicyStore policies)
{
    public async Task<PolicyVersionView> InForceAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db
            .PolicyVersions.AsNoTracking()
            .OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancellation);
        return row is null
            ? PolicyViews.BuiltIn(inForce: true)
            : await ViewAsync(db, row, inForce: true, cancellation) with
            {
                Tags = await TagsAsync(db, cancellation),
            };
    }

    private async Task<IReadOnlyList<PolicyTagView>> TagsAsync(PicketDbContext db, CancellationToken cancellation)
    {
        var carried = await (
            from held in db.DeviceTags
            join tag in db.OwnedTags on held.OwnedTagId equals tag.Id
            where db.PolicyTags.Any(named => named.Name == tag.Name)
            group held by tag.Name into of
            select new { Name = of.Key, Count = of.Count() }
        ).ToDictionaryAsync(tag => tag.Name, tag => tag.Count, cancellation);
        return
        [
            .. (await policies.CurrentAsync(db, cancellation)).Book.Document.TagSets.SelectMany(set =>
                set.Lines.Select(line => new PolicyTagView(
                    set.Name,
                    line.Tag,
                    line.Rule,
                    carried.GetValueOrDefault(line.Tag)
                ))
            ),
        ];
    }

    /// <returns>Null when there is no such version, or it is not kept any more.</returns>
    public async Task<PolicyVersionView?> VersionAsync(int number, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var last = await db.PolicyVersions.MaxAsync(row => (int?)row.Number, cancellation) ?? 0;
        if (number == 0)
        {
            return PolicyViews.BuiltIn(inForce: last == 0);
        }

        var row = await db
            .PolicyVersions.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Number == number, cancellation);
        return row is null ? null : await ViewAsync(db, row, number == last, cancellation);
    }

    public async Task<Page<PolicyVersionView>> VersionsAsync(string? cursor, int? limit, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var last = await db.PolicyVersions.MaxAsync(row => (int?)row.Number, cancellation) ?? 0;
        var page = await db
            .PolicyVersions.AsNoTracking()
            .ToPageAsync(row => row.Id, Keyset.Parse(cursor), limit, row => row, cancellation, newestFirst: true);
        var names = await AuditNames.OfAsync(db, page.Items.Select(row => row.AppliedBy), cancellation);
        return new Page<PolicyVersionView>(
            [
                .. page.Items.Select(row =>
                    PolicyViews.Of(row, row.Number == last, names.GetValueOrDefault(row.AppliedBy), withText: false)
                ),
            ],
            page.Next
        );
    }

    /// <summary>Those that end first at the top.</summary>
    public async Task<IReadOnlyList<PolicyExceptionView>> ExceptionsAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var inForce = await policies.CurrentAsync(db, cancellation);
        var counts = await db
            .Findings.Where(row => row.ClearedAt == null && row.Exception != null)
            .GroupBy(row => row.Exception!)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        return
        [
            .. inForce
                .Book.Document.Exceptions.OrderBy(exception => exception.Ends)
                .ThenBy(exception => exception.Name, StringComparer.Ordinal)
                .Select(each => PolicyViews.Of(each, policies.Today, counts.GetValueOrDefault(each.Name))),
        ];
    }

    /// <returns>Null when there is no such device.</returns>
    public async Task<DevicePolicyView?> OfDeviceAsync(Visible visible, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var row = await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.Id == id, cancellation);
        if (row is null || !visible.Shows(row.IntegrationId))
        {
            return null;
        }

        var inForce = await policies.CurrentAsync(db, cancellation);
        var places = await DevicePlaces.LoadAsync(db, row.IntegrationId, [row], inForce.Book, cancellation);
        var subject = places.SubjectOf(row);
        var origin = inForce.Book.Explain(subject);
        return PolicyViews.Of(inForce, origin, subject, policies.Today, visible.Integrations is null);
    }

    private static async Task<PolicyVersionView> ViewAsync(
        PicketDbContext db,
        PolicyVersionRow row,
        bool inForce,
        CancellationToken cancellation
    )
    {
        var names = await AuditNames.OfAsync(db, [row.AppliedBy], cancellation);
        return PolicyViews.Of(row, inForce, names.GetValueOrDefault(row.AppliedBy), withText: true);
    }
}
