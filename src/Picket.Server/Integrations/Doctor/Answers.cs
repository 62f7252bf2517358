using Picket.Core.Identity;
using Picket.Core.Preparation;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Diagnostics;

namespace Picket.Server.Integrations;

/// <summary>The client's words in those of the diagnosis.</summary>
internal static class Answers
{
    public static RemoteAnswer Of(ProbeAnswer probe) =>
        new(
            (int?)probe.HttpStatus,
            probe.ErrorCode,
            probe.Message,
            probe.ContentType,
            probe.ApiVersion,
            probe.ServerDate,
            probe.HttpStatus is null ? probe.Message : null,
            probe.Total
        );

    public static RemoteAnswer Of(WorkspaceOneException failure) =>
        new(
            (int?)failure.Status,
            failure.ErrorCode,
            failure.Reason,
            Failure: failure.Status is null ? failure.Reason : null
        );

    /// <param name="active">The search's rows do not tell it, only how they were searched for.</param>
    public static AdminAccount Of(UemAdministrator admin, bool? active = null) =>
        new(
            admin.Uuid ?? Guid.Empty,
            admin.Username ?? "",
            active,
            admin.OrganizationGroupUuid,
            [
                .. admin.Roles.Select(role => new AdminRole(
                    role.Name ?? "?",
                    role.OrganizationGroupUuid,
                    role.LocationGroup,
                    role.IsActive is not false
                )),
            ]
        );
}
