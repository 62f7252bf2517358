using Picket.Api;
using Picket.Core.Identity;

namespace Picket.Server.People;

internal static class PersonViews
{
    public static RoleGiven Of(Grant grant) => new(Enum.Parse<PersonRole>(grant.Role.ToString()), grant.Integration);

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
