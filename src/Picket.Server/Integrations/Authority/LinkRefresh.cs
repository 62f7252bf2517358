using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Picket.Core.Identity;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Integrations;

/// <summary>
/// After the administrators of an integration were listed whole, shows what that says of those who are linked: gone, or
/// with other roles. The listing does not tell who is active, so that stays as it was last read.
/// </summary>
public sealed class LinkRefresh(PicketDatabase database, TimeProvider time)
{
    public async Task RefreshAsync(Guid integration, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var links = await db.AdminLinks.Where(row => row.IntegrationId == integration).ToListAsync(cancellation);
        if (links.Count == 0)
        {
            return;
        }

        var target = ChangeGate.Target(
            await db.Integrations.AsNoTracking().SingleAsync(row => row.Id == integration, cancellation)
        );
        var keys = links.Select(link => link.AdminUuid.ToString()).ToList();
        var listed = await db
            .Administrators.AsNoTracking()
            .Where(row => row.IntegrationId == integration && keys.Contains(row.RemoteKey))
            .ToDictionaryAsync(row => row.RemoteKey, cancellation);
        foreach (var link in links)
        {
            // Whom this listing never showed is managed elsewhere: only a search by name finds them.
            if (listed.TryGetValue(link.AdminUuid.ToString(), out var row) && Reading(row, link) is { } reading)
            {
                var decision = ChangeAuthority.Decide(new ChangeActor.Person(link.AdminUuid), target, reading);
                (link.Refusal, link.Reason, link.ReadAt) = (decision.Refusal, decision.Reason, time.GetUtcNow());
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Null where the listing adds nothing: an account that was not active when it was last read by name.</summary>
    private static AdminReading? Reading(AdministratorRow row, AdminLinkRow link)
    {
        if (row.GoneAt is not null)
        {
            return new AdminReading.Absent();
        }

        var roles = JsonSerializer.Deserialize<List<ListedRole>>(row.Roles) ?? [];
        return link.Refusal == ChangeRefusal.AccountNotActive
            ? null
            : new AdminReading.Found(
                new AdminAccount(
                    link.AdminUuid,
                    row.UserName ?? "",
                    Active: true,
                    row.OrganizationGroupUuid,
                    [
                        .. roles.Select(role => new AdminRole(
                            role.Name ?? "?",
                            role.OrganizationGroupUuid,
                            null,
                            role.IsActive is not false
                        )),
                    ]
                )
            );
    }

    private sealed record ListedRole(string? Name, Guid? OrganizationGroupUuid, bool? IsActive);
}
