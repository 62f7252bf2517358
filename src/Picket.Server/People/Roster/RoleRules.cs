using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>What a role has to be, whoever gives it.</summary>
internal static class RoleRules
{
    public static async Task<Dictionary<string, string[]>> MistakesAsync(
        PicketDbContext db,
        PersonRole role,
        Guid? integration,
        CancellationToken cancellation
    )
    {
        var mistakes = new Dictionary<string, string[]>();
        if (!Enum.IsDefined(role))
        {
            mistakes["role"] = [$"The roles are {string.Join(", ", Enum.GetNames<PersonRole>())}."];
        }

        if (role == PersonRole.Owner && integration is not null)
        {
            mistakes["integrationId"] = ["An owner owns the whole server: give the role at all integrations."];
        }
        else if (integration is { } id && !await db.Integrations.AnyAsync(row => row.Id == id, cancellation))
        {
            mistakes["integrationId"] = [$"There is no integration {id}."];
        }

        return mistakes;
    }
}
