using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>An app of the catalogue as listings and single reads show it.</summary>
internal static class AppRows
{
    public static void Write(
        Utf8JsonWriter writer,
        ApiCall call,
        CatalogApp app,
        (int Assigned, int Installed, int NotInstalled)? counts
    )
    {
        var group = call.Tenant.Tree.At(app.Group);
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("BundleId"u8, app.BundleId);
        writer.WriteString("AppVersion"u8, app.Version);
        writer.WriteString("ActualFileVersion"u8, app.Version);
        writer.WriteString("AppType"u8, app.Kind.ToString());
        writer.WriteString("Status"u8, app.Status);
        writer.WriteNumber("Platform"u8, Platforms.Id(app.Platform));
        writer.WriteString("AssignmentStatus"u8, app.Rules.IsEmpty ? "Not Assigned" : "Assigned");
        WriteModels(writer, app);
        writer.WriteStartObject("CategoryList"u8);
        writer.WriteStartArray("Category"u8);
        writer.WriteEndArray();
        writer.WriteEndObject();
        WriteSmartGroups(writer, call, app);
        writer.WriteNumber("LocationGroupId"u8, group.Id);
        writer.WriteString("RootLocationGroupName"u8, group.Name);
        writer.WriteString("OrganizationGroupUuid"u8, group.Uuid);
        writer.WriteString("LargeIconUri"u8, "");
        writer.WriteString("MediumIconUri"u8, "");
        writer.WriteString("SmallIconUri"u8, "");
        writer.WriteNumber("PushMode"u8, app.Rules.IsEmpty ? AppRule.OnDemand : AppRule.PushMode(app.Rules[0]));
        writer.WriteString("ExternalId"u8, app.ExternalId);
        writer.WriteString("ApplicationUrl"u8, app.Url);
        if (counts is { } count)
        {
            writer.WriteNumber("AssignedDeviceCount"u8, count.Assigned);
            writer.WriteNumber("InstalledDeviceCount"u8, count.Installed);
            writer.WriteNumber("NotInstalledDeviceCount"u8, count.NotInstalled);
        }

        writer.IdValue("Id"u8, app.Id);
        writer.WriteString("Uuid"u8, app.Uuid);
    }

    public static void WriteV2(Utf8JsonWriter writer, ApiCall call, CatalogApp app)
    {
        var group = call.Tenant.Tree.At(app.Group);
        writer.WriteString("application_name"u8, app.Name);
        writer.WriteString("bundle_id"u8, app.BundleId);
        writer.WriteString("app_version"u8, app.Version);
        writer.WriteString("app_type"u8, app.Kind.ToString());
        writer.WriteString("status"u8, app.Status);
        // One row, two forms: the platform by name and the push mode by number.
        writer.WriteString("platform"u8, Platforms.UpperName(app.Platform));
        writer.WriteNumber("push_mode"u8, app.Rules.IsEmpty ? AppRule.OnDemand : AppRule.PushMode(app.Rules[0]));
        writer.WriteString("assignment_status"u8, app.Rules.IsEmpty ? "Not Assigned" : "Assigned");
        writer.WriteNumber("organization_group_id"u8, group.Id);
        writer.WriteString("organization_group_uuid"u8, group.Uuid);
        writer.WriteNumber("id"u8, app.Id);
        writer.WriteString("uuid"u8, app.Uuid);
    }

    private static void WriteModels(Utf8JsonWriter writer, CatalogApp app)
    {
        writer.WriteStartObject("SupportedModels"u8);
        writer.Rows(
            "Model"u8,
            [app],
            (row, one) =>
            {
                row.WriteNumber("ApplicationId"u8, one.Id);
                row.WriteNumber("ModelId"u8, Platforms.Id(one.Platform) == 5 ? 5 : 1);
                row.WriteString("ModelName"u8, Platforms.Id(one.Platform) == 5 ? "Android" : "iPhone");
            }
        );
        writer.WriteEndObject();
    }

    private static void WriteSmartGroups(Utf8JsonWriter writer, ApiCall call, CatalogApp app)
    {
        var wanted = app.Rules.SelectMany(AppRule.SmartGroups).ToHashSet();
        writer.Rows(
            "SmartGroups"u8,
            call.Uem.SmartGroups.All.Where(group => wanted.Contains(group.Uuid)),
            (row, group) =>
            {
                row.WriteNumber("Id"u8, group.Id);
                row.WriteString("Name"u8, group.Name);
            }
        );
    }
}
