using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.People;

internal static class PersonViews
{
    public static PersonRole Of(Role role) => Enum.Parse<PersonRole>(role.ToString());

    public static RoleGiven Of(Grant grant) => new(Of(grant.Role), grant.Integration);

    public static Grant Grant(PersonRole role, Guid? integration) =>
        new(Enum.Parse<Role>(role.ToString()), integration);

    public static PersonView Of(PersonRow row, IEnumerable<MembershipRow> memberships) =>
        new(
            row.Id,
            row.UserName ?? "",
            row.Email ?? "",
            [.. memberships.Select(membership => Of(membership.Grant))],
            row.TwoFactorEnabled,
            row.CreatedAt,
            row.LastSignInAt,
            row.DeactivatedAt
        );
}
