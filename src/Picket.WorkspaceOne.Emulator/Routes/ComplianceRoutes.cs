using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Compliance policies. The API has no route that makes one, so they are the seed's.</summary>
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
                .Of(call, CompliancePolicies.All)
                .Envelope(
                    "CompliancePolicy",
                    (writer, policy) =>
                    {
                        var root = call.Tenant.Tree.Customer;
                        var (assigned, compliant) = Count(call, policy);
                        writer.WriteNumber("DevicePolicyId"u8, policy.Id);
                        writer.WriteString("Name"u8, policy.Name);
                        writer.WriteString("Description"u8, "");
                        writer.WriteString("Platform"u8, Platforms.Name(policy.Platform));
                        writer.WriteBoolean("IsActive"u8, true);
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

        var found = CompliancePolicies
            .All.Where(policy =>
                call.Query("searchtext") is not { } text
                || policy.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        var page = Paging.Of(call, found);
        return Answer.Object(writer =>
        {
            writer.Rows("compliancePolicy"u8, page.Rows, (row, policy) => Write(row, call, policy));
            writer.WriteNumber("page"u8, page.Number);
            writer.WriteNumber("pagesize"u8, page.Size);
            writer.WriteNumber("total"u8, page.Total);
        });
    }

    private static void Write(Utf8JsonWriter writer, ApiCall call, CompliancePolicy policy)
    {
        var root = call.Tenant.Tree.Customer;
        var (assigned, compliant) = Count(call, policy);
        writer.WriteNumber("devicePolicyId"u8, policy.Id);
        writer.WriteString("name"u8, policy.Name);
        writer.WriteString("description"u8, "");
        writer.WriteString("platform"u8, Platforms.Name(policy.Platform));
        writer.WriteBoolean("isActive"u8, true);
        writer.WriteNumber("assignedDevices"u8, assigned);
        writer.WriteNumber("compliantDevices"u8, compliant);
        writer.WriteNumber("nonCompliantDevices"u8, assigned - compliant);
        writer.WriteString("organizationGroupUuid"u8, root.Uuid);
        writer.WriteString("rootLocationGroupName"u8, root.Name);
    }

    private static (int Assigned, int Compliant) Count(ApiCall call, CompliancePolicy policy)
    {
        var assigned = new DeviceFilter(call.Scope.Index)
        {
            Platform = Platforms.Name(policy.Platform),
            EnrollmentStatus = "Enrolled",
        };
        var fleet = call.Tenant.Fleet;
        return (fleet.List(assigned).Length, fleet.List(assigned with { Compliance = "Compliant" }).Length);
    }
}
