using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Compliance policies. The API has no route that makes one, so they are the seed's, as an operator changed them.</summary>
internal static class ComplianceRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/compliancepolicy/search", (1, Search));
        routes.Get("mdm/compliancepolicies", (1, Successor));
    }

    private static Answer Search(ApiCall call) =>
        call.GroupOrOwn("organizationgroupid") is null
            ? Refusals.ResourceGroupOutOfScope(call.Query("organizationgroupid")!, 404, 6)
            : Paging
                .Of(call, call.Uem.CompliancePolicies.All)
                .Envelope(
                    "CompliancePolicy",
                    (writer, one) =>
                    {
                        var (policy, change) = one;
                        var root = call.Tenant.Tree.Customer;
                        var (assigned, compliant) = Count(call, policy, change);
                        writer.WriteNumber("DevicePolicyId"u8, policy.Id);
                        writer.WriteString("Name"u8, policy.Name);
                        writer.WriteString("Description"u8, "");
                        writer.WriteString("Platform"u8, Platforms.Name(policy.Platform));
                        writer.WriteBoolean("IsActive"u8, change.IsActive);
                        writer.WriteNumber("AssignedDevices"u8, assigned);
                        writer.WriteNumber("CompliantDevices"u8, compliant);
                        writer.WriteNumber("NonCompliantDevices"u8, assigned - compliant);
                        writer.WriteNumber("RootLocationGroupId"u8, root.Id);
                        writer.WriteString("RootLocationGroupName"u8, root.Name);
                    }
                );

    private static Answer Successor(ApiCall call)
    {
        if (call.GroupOrOwnByUuid("organizationgroupuuid") is null)
        {
            return GroupRoutes.NoneOfUuid;
        }

        var found = call
            .Uem.CompliancePolicies.All.Where(one =>
                call.Query("searchtext") is not { } text
                || one.Policy.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        var page = Paging.Of(call, found);
        return Answer.Object(writer =>
        {
            writer.Rows("compliancePolicy"u8, page.Rows, (row, one) => Write(row, call, one.Policy, one.Change));
            writer.WriteNumber("page"u8, page.Number);
            writer.WriteNumber("pagesize"u8, page.Size);
            writer.WriteNumber("total"u8, page.Total);
        });
    }

    private static void Write(
        Utf8JsonWriter writer,
        ApiCall call,
        CompliancePolicy policy,
        CompliancePolicyChange change
    )
    {
        var root = call.Tenant.Tree.Customer;
        var (assigned, compliant) = Count(call, policy, change);
        writer.WriteNumber("devicePolicyId"u8, policy.Id);
        writer.WriteString("name"u8, policy.Name);
        writer.WriteString("description"u8, "");
        writer.WriteString("platform"u8, Platforms.Name(policy.Platform));
        writer.WriteBoolean("isActive"u8, change.IsActive);
        writer.WriteNumber("assignedDevices"u8, assigned);
        writer.WriteNumber("compliantDevices"u8, compliant);
        writer.WriteNumber("nonCompliantDevices"u8, assigned - compliant);
        writer.WriteString("organizationGroupUuid"u8, root.Uuid);
        writer.WriteString("rootLocationGroupName"u8, root.Name);
    }

    private static (int Assigned, int Compliant) Count(
        ApiCall call,
        CompliancePolicy policy,
        CompliancePolicyChange change
    )
    {
        var assigned = new DeviceFilter(call.Scope.Index)
        {
            Platform = Platforms.Name(policy.Platform),
            EnrollmentStatus = "Enrolled",
        };
        var fleet = call.Tenant.Fleet;
        var count = change.Assigned ?? fleet.List(assigned).Length;
        return (count, Math.Min(count, fleet.List(assigned with { Compliance = "Compliant" }).Length));
    }
}
