using Microsoft.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.Inventory;

/// <summary>Names of the organization groups of some integrations, by number and by uuid.</summary>
internal sealed class GroupNames
{
    private readonly Dictionary<(Guid Integration, int Number), string?> byNumber = [];
    private readonly Dictionary<(Guid Integration, Guid Uuid), string?> byUuid = [];

    private GroupNames() { }

    public static async Task<GroupNames> OfAsync(
        PicketDbContext db,
        IEnumerable<Guid> integrations,
        CancellationToken cancellation
    )
    {
        var ids = integrations.Distinct().ToList();
        var rows = await db
            .OrganizationGroups.Where(row => ids.Contains(row.IntegrationId))
            .Select(row => new
            {
                row.IntegrationId,
                row.RemoteId,
                row.RemoteUuid,
                row.Name,
            })
            .ToListAsync(cancellation);
        var names = new GroupNames();
        foreach (var row in rows)
        {
            names.byNumber[(row.IntegrationId, row.RemoteId)] = row.Name;
            if (row.RemoteUuid is { } uuid)
            {
                names.byUuid[(row.IntegrationId, uuid)] = row.Name;
            }
        }

        return names;
    }

    public string? Of(Guid integration, int? number) =>
        number is { } known ? byNumber.GetValueOrDefault((integration, known)) : null;

    public string? Of(Guid integration, Guid? uuid) =>
        uuid is { } known ? byUuid.GetValueOrDefault((integration, known)) : null;
}
