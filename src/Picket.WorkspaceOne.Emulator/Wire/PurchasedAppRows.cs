using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>An app bought in volume as the search and the two versions of its details show it.</summary>
internal static class PurchasedAppRows
{
    public static void Write(Utf8JsonWriter writer, ApiCall call, CatalogApp app)
    {
        var group = call.Tenant.Tree.At(app.Group);
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("BundleId"u8, app.BundleId);
        writer.WriteString("ExternalId"u8, app.ExternalId);
        writer.WriteString("AppVersion"u8, app.Version);
        writer.WriteString("AppType"u8, "Purchased");
        writer.WriteString("Status"u8, app.Status);
        writer.WriteNumber("Platform"u8, Platforms.Id(app.Platform));
        writer.WriteString("AssignmentStatus"u8, app.Allocated.IsEmpty ? "Not Assigned" : "Assigned");
        writer.WriteNumber("LocationGroupId"u8, group.Id);
        writer.WriteString("RootOrganizationGroupName"u8, group.Name);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteStartObject("ManagedDistribution"u8);
        WriteCounts(writer, app.Licences, app.Unallocated);
        writer.WriteString("AppLicenseEligibility"u8, app.DeviceLicences ? "Device" : "VPPUser");
        writer.WriteEndObject();
        writer.WriteStartObject("RedeemableCodes"u8);
        WriteCounts(writer, 0, 0);
        writer.WriteEndObject();
        WriteAssignments(writer, app);
        WriteDeployment(writer);
        writer.IdValue("Id"u8, app.Id);
        writer.WriteString("Uuid"u8, app.Uuid);
    }

    public static void WriteDetails(Utf8JsonWriter writer, ApiCall call, CatalogApp app)
    {
        WriteAssignments(writer, app);
        WriteDeployment(writer);
        WriteLicences(writer, app);
        writer.WriteNumber("ManagedBy"u8, call.Tenant.Tree.At(app.Group).Id);
    }

    public static void WriteDetailsV2(Utf8JsonWriter writer, ApiCall call, CatalogApp app)
    {
        writer.WriteString("uuid"u8, app.Uuid);
        writer.WriteString("name"u8, app.Name);
        writer.WriteString("identifier"u8, app.BundleId);
        writer.WriteString("adam_id"u8, app.ExternalId);
        writer.WriteString("product_type"u8, "App");
        writer.WriteString("vpp_app_eligibility"u8, app.DeviceLicences ? "Device" : "VPPUser");
        writer.WriteString("organization_group_uuid"u8, call.Tenant.Tree.At(app.Group).Uuid);
        writer.Rows(
            "assignments"u8,
            app.Allocated,
            (row, allocation) =>
            {
                var group = call.Uem.SmartGroups.All.FirstOrDefault(one => one.Id == allocation.Key);
                row.WriteString("smart_group_uuid"u8, group?.Uuid ?? Guid.Empty);
                row.WriteNumber("allocated"u8, allocation.Value);
                row.WriteNumber("redeemed"u8, 0);
                row.WriteBoolean("is_active"u8, true);
            }
        );
        writer.WriteStartObject("licenses_summary"u8);
        writer.WriteNumber("total"u8, app.Licences);
        writer.WriteNumber("allocated"u8, app.Licences - app.Unallocated);
        writer.WriteNumber("unallocated"u8, app.Unallocated);
        writer.WriteNumber("redeemed"u8, 0);
        writer.WriteNumber("on_hold"u8, 0);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, int purchased, int available)
    {
        writer.WriteNumber("Purchased"u8, purchased);
        writer.WriteNumber("Burned"u8, 0);
        writer.WriteNumber("OnHold"u8, 0);
        writer.WriteNumber("Available"u8, available);
    }

    private static void WriteAssignments(Utf8JsonWriter writer, CatalogApp app) =>
        writer.Rows(
            "Assignments"u8,
            app.Allocated,
            (row, allocation) =>
            {
                row.WriteNumber("SmartGroupId"u8, allocation.Key);
                row.WriteNumber("Allocated"u8, allocation.Value);
                row.WriteNumber("Redeemed"u8, 0);
                row.WriteNumber("Users"u8, 0);
                row.WriteString("AssignmentRuleType"u8, "License");
                row.WriteString("Status"u8, "Active");
            }
        );

    private static void WriteDeployment(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("Deployment"u8);
        writer.WriteString("AssignmentType"u8, "Auto");
        writer.WriteBoolean("RemoveOnUnenroll"u8, true);
        writer.WriteBoolean("PreventApplicationBackup"u8, false);
        writer.WriteBoolean("UseVPN"u8, false);
        writer.WriteEndObject();
    }

    private static void WriteLicences(Utf8JsonWriter writer, CatalogApp app)
    {
        writer.WriteStartObject("Licenses"u8);
        writer.WriteNumber("TotalLicenses"u8, app.Licences);
        writer.WriteNumber("Allocated"u8, app.Licences - app.Unallocated);
        writer.WriteNumber("Unallocated"u8, app.Unallocated);
        writer.WriteNumber("Redeemed"u8, 0);
        writer.WriteNumber("ExternallyRedeemed"u8, 0);
        writer.WriteNumber("OnHold"u8, 0);
        writer.WriteEndObject();
    }
}
