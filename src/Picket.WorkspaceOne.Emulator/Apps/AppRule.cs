using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Apps;

/// <summary>Reads and makes assignment rules, which are kept in the JSON form of version 2.</summary>
internal static class AppRule
{
    /// <summary>Auto and on demand, as version 1 numbers them.</summary>
    public const int Auto = 0;
    public const int OnDemand = 1;

    public static IReadOnlyList<Guid> SmartGroups(JsonElement rule) =>
        rule.Member("distribution") is { } distribution
            ? [.. distribution.Texts("smart_groups").Select(text => Guid.TryParse(text, out var uuid) ? uuid : default)]
            : [];

    public static int PushMode(JsonElement rule) =>
        rule.Member("distribution")?.Text("app_delivery_method") == "AUTO" ? Auto : OnDemand;

    /// <summary>What the older form says, as a rule for one smart group.</summary>
    public static JsonElement FromDeployment(Guid smartGroup, int priority, JsonElement? deployment, DateTime now)
    {
        var parameters = deployment ?? default;
        return JsonSerializer.SerializeToElement(
            new Dictionary<string, object>
            {
                ["priority"] = priority,
                ["distribution"] = new Dictionary<string, object>
                {
                    ["name"] = "Assignment",
                    ["smart_groups"] = new[] { smartGroup },
                    ["app_delivery_method"] = IsAuto(parameters.Text("PushMode")) ? "AUTO" : "ON_DEMAND",
                    ["effective_date"] = parameters.Text("EffectiveDate") ?? now.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
                    ["display_in_app_catalog"] = parameters.Truth("VisibleInAppCatalog") ?? true,
                },
                ["restriction"] = new Dictionary<string, object>
                {
                    ["remove_on_unenroll"] = parameters.Truth("RemoveOnUnEnroll") ?? false,
                    ["prevent_removal"] = parameters.Truth("PreventRemoval") ?? false,
                    ["managed_access"] = parameters.Truth("AdaptiveManagement") ?? false,
                    ["prevent_application_backup"] = parameters.Truth("ApplicationBackup") is false,
                    ["make_app_mdm_managed"] = parameters.Truth("AllowManagement") ?? false,
                    ["desired_state_management"] = parameters.Truth("MacOsDesiredStateManagement") ?? false,
                },
                ["application_configuration"] = parameters
                    .Items("ApplicationConfigurations")
                    .Select(item => new Dictionary<string, string?>
                    {
                        ["key"] = item.Text("Key"),
                        ["type"] = item.Text("Type")?.ToUpperInvariant(),
                        ["value"] = item.Text("Value"),
                    }),
            }
        );
    }

    /// <summary>A rule as it is read back: members that the caller left out are there with their defaults.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement rule)
    {
        writer.WriteStartObject();
        foreach (var member in rule.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        foreach (var list in new[] { "app_profiles_mapping", "application_attributes", "application_configuration" })
        {
            if (rule.Member(list) is null)
            {
                writer.WriteStartArray(list);
                writer.WriteEndArray();
            }
        }

        foreach (
            var flag in new[]
            {
                "is_android_enterprise_config_template",
                "is_apple_education_assignment",
                "is_dynamic_template_saved",
            }
        )
        {
            if (rule.Member(flag) is null)
            {
                writer.WriteBoolean(flag, false);
            }
        }

        writer.WriteEndObject();
    }

    private static bool IsAuto(string? mode) => mode?.ToUpperInvariant() is "AUTO" or "0";
}
