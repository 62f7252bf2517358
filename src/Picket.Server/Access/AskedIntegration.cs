using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Access;

/// <param name="Integration">The integration; null where the address speaks of none.</param>
/// <param name="Unknown">The address speaks of something that does not exist.</param>
internal sealed record Asked(Guid? Integration, bool Unknown = false);

/// <summary>
/// Which integration an address speaks of, of the API or of a page: by its id, or by that of a device, a run or a write
/// of it.
/// </summary>
internal sealed class AskedIntegration(PicketDatabase database)
{
    private static readonly Asked None = new(null);

    private static readonly (string Start, Func<PicketDbContext, Guid, IQueryable<Guid>> Of)[] Kinds =
    [
        ("/integrations/{", (db, id) => db.Integrations.Where(row => row.Id == id).Select(row => row.Id)),
        ("/runs/{", (db, id) => db.SyncRuns.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/sync/{", (db, id) => db.SyncRuns.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/tagging/runs/{", (db, id) => db.TagRuns.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/tagging/held/{", (db, id) => db.TagRuns.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/imports/{", (db, id) => db.Imports.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/publications/catalogue/{", (db, id) => db.Integrations.Where(row => row.Id == id).Select(row => row.Id)),
        ("/publications/{", (db, id) => db.Publications.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/publications/nudges/{", (db, id) => db.Nudges.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/nudges/{", (db, id) => db.Nudges.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/commands/{", (db, id) => db.DeviceCommands.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/ledger/{", (db, id) => db.Ledger.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/responses/{", (db, id) => db.Ledger.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/drift/{", Drift),
        ("/responses/drift/{", Drift),
        ("/users/{", (db, id) => db.Users.Where(row => row.Id == id).Select(row => row.IntegrationId)),
        ("/user-groups/{", UserGroups),
        ("/directory/user-groups/{", UserGroups),
        ("/smart-groups/{", SmartGroups),
        ("/directory/smart-groups/{", SmartGroups),
        ("/responses/differences/{", (db, id) => db.Integrations.Where(row => row.Id == id).Select(row => row.Id)),
        ("/devices/{", (db, id) => db.Devices.Where(row => row.Id == id).Select(row => row.IntegrationId)),
    ];

    private static IQueryable<Guid> Drift(PicketDbContext db, Guid id) =>
        db.Drift.Where(row => row.Id == id).Select(row => row.IntegrationId);

    private static IQueryable<Guid> UserGroups(PicketDbContext db, Guid id) =>
        db.UserGroups.Where(row => row.Id == id).Select(row => row.IntegrationId);

    private static IQueryable<Guid> SmartGroups(PicketDbContext db, Guid id) =>
        db.SmartGroups.Where(row => row.Id == id).Select(row => row.IntegrationId);

    public Task<Asked> OfAsync(HttpContext http) =>
        OfAsync((http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", http.Request.RouteValues!);

    /// <param name="template">Of an endpoint or a page.</param>
    public async Task<Asked> OfAsync(string template, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var path = template.StartsWith(Routes.Prefix, StringComparison.OrdinalIgnoreCase)
            ? template[Routes.Prefix.Length..]
            : template;
        var kind = Array.Find(Kinds, kind => path.StartsWith(kind.Start, StringComparison.OrdinalIgnoreCase));
        if (kind.Of is null)
        {
            return None;
        }

        var name = path[kind.Start.Length..].Split('}', ':')[0];
        var value = values.FirstOrDefault(value => value.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        if (!Guid.TryParse(value?.ToString(), out var id))
        {
            return new Asked(null, Unknown: true);
        }

        await using var db = database.Open();
        var found = await kind.Of(db, id).Select(integration => (Guid?)integration).SingleOrDefaultAsync();
        return new Asked(found, Unknown: found is null);
    }
}
