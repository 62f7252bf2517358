using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>An internal app read by itself: other names than in listings, and flags as text.</summary>
internal static class InternalAppDetails
{
    public static void Write(
        Utf8JsonWriter writer,
        ApiCall call,
        CatalogApp app,
        (int Assigned, int Installed, int NotInstalled) counts
    )
    {
        var group = call.Tenant.Tree.At(app.Group);
        writer.WriteNumber("id"u8, app.Id);
        writer.WriteString("uuid"u8, app.Uuid);
        writer.WriteString("ApplicationName"u8, app.Name);
        writer.WriteString("AppId"u8, app.BundleId);
        writer.WriteString("ActualFileVersion"u8, app.Version);
        writer.WriteString("AirwatchAppVersion"u8, app.Version);
        writer.WriteString("Platform"u8, Platforms.Name(app.Platform));
        writer.WriteString("Status"u8, app.Status);
        writer.WriteString("ManagedBy"u8, group.Name);
        writer.WriteString("ManagedByUuid"u8, group.Uuid);
        writer.WriteNumber("DevicesAssignedCount"u8, counts.Assigned);
        writer.WriteNumber("DevicesInstalledCount"u8, counts.Installed);
        writer.WriteNumber("DevicesNotInstalledCount"u8, counts.NotInstalled);
        var assigned =
            from rule in app.Rules.Select((rule, at) => (Json: rule, Rank: at))
            from uuid in AppRule.SmartGroups(rule.Json)
            select (rule.Json, rule.Rank, Uuid: uuid);
        writer.Rows("Assignments"u8, assigned, (row, one) => WriteAssignment(row, call, one.Json, one.Rank, one.Uuid));
    }

    private static void WriteAssignment(Utf8JsonWriter writer, ApiCall call, JsonElement rule, int rank, Guid uuid)
    {
        var group = call.Uem.SmartGroups.ByUuid(uuid);
        writer.WriteNumber("SmartGroupId"u8, group?.Id ?? 0);
        writer.WriteString("SmartGroupName"u8, group?.Name ?? "");
        writer.WriteString("SmartGroupUuid"u8, uuid);
        writer.WriteNumber("Rank"u8, rank);
        writer.WriteString("PushMode"u8, AppRule.PushMode(rule) == AppRule.Auto ? "Auto" : "OnDemand");
        writer.WriteBoolean(
            "VisibleInAppCatalog"u8,
            rule.Member("distribution")?.Truth("display_in_app_catalog") ?? true
        );
        writer.WriteString("RemoveOnUnEnroll"u8, Text(rule, "remove_on_unenroll"));
        writer.WriteString("PreventRemoval"u8, Text(rule, "prevent_removal"));
    }

    private static string Text(JsonElement rule, string flag) =>
        rule.Member("restriction")?.Truth(flag) is true ? "Enabled" : "Disabled";
}
