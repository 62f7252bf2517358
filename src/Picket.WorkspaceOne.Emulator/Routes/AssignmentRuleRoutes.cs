using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Who gets an app, by the rules of version 2: a PUT replaces them as a whole.</summary>
internal static class AssignmentRuleRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/{id}/assignment-rules", (2, Read));
        routes.Put("mam/apps/{id}/assignment-rules", (2, Replace));
        routes.Get("mam/apps/{id}/assignment-rule", (1, Read));
        routes.Put("mam/apps/{id}/assignment-rule", (1, Replace));
        routes.Get("mam/apps/{id}/app-config-template", (1, Template), (2, Template));
    }

    private static Answer Read(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : AppRoutes.FindByUuid(call) is not { } app
            ? Answer.Error(404, 7000, "Application not found or user does not have access to it.")
        : Answer.Object(writer =>
        {
            foreach (var (name, value) in app.OtherRules)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteStartArray("assignments"u8);
            foreach (var rule in app.Rules)
            {
                AppRule.Write(writer, rule);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("excluded_smart_groups"u8);
            foreach (var group in app.Excluded)
            {
                writer.WriteStringValue(group);
            }

            writer.WriteEndArray();
        });

    /// <summary>What the body leaves out is gone afterwards; an empty object takes every assignment away.</summary>
    private static Answer Replace(ApiCall call)
    {
        if (call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (AppRoutes.FindByUuid(call) is not { } app)
        {
            return Answer.Error(404, 7000, "Application not found");
        }

        var rules = call.Body.Items("assignments");
        var excluded = call
            .Body.Texts("excluded_smart_groups")
            .Select(text => Guid.TryParse(text, out var uuid) ? uuid : default)
            .ToList();
        if (Problem(call, rules, excluded) is { } refusal)
        {
            return refusal;
        }

        call.Uem.Apps.Change(
            app,
            had =>
                had with
                {
                    Rules = [.. rules.Select(rule => rule.Clone())],
                    Excluded = [.. excluded],
                    OtherRules = Others(call.Body),
                    HasFlexibleRules = rules.Count > 0,
                }
        );
        return Answer.Empty(StatusCodes.Status202Accepted);
    }

    private static ImmutableSortedDictionary<string, JsonElement> Others(JsonElement body) =>
        body.ValueKind is not JsonValueKind.Object
            ? ImmutableSortedDictionary<string, JsonElement>.Empty
            : body.EnumerateObject()
                .Where(member => !member.NameEquals("assignments"u8) && !member.NameEquals("excluded_smart_groups"u8))
                .ToImmutableSortedDictionary(member => member.Name, member => member.Value.Clone());

    private static Answer? Problem(ApiCall call, IReadOnlyList<JsonElement> rules, List<Guid> excluded)
    {
        var assigned = rules.SelectMany(AppRule.SmartGroups).ToList();
        var known = SmartGroupRoutes.Visible(call).Select(group => group.Uuid).ToHashSet();
        return rules.Count == 0 && excluded.Count > 0
                ? Answer.Error(422, 1012, "Assignments should be present if excluded smartgroups are provided")
            : rules.Any(rule => rule.Int("priority") is null)
                ? Answer.Error(422, 1012, "The Priority field is required.")
            : rules.Where((rule, at) => rule.Int("priority") != at).Any()
                ? Answer.Error(
                    400,
                    6,
                    "Priority of the assignments should be in ascending order with priority starting from 0."
                )
            : rules.Any(rule => AppRule.SmartGroups(rule).Count == 0)
                ? Answer.Error(400, 6, "Smart groups should not be empty for assignments.")
            : assigned.Concat(excluded).Any(uuid => !known.Contains(uuid))
                ? Answer.Error(400, 6, "Invalid smart groups added.")
            : assigned.Intersect(excluded).Any()
                ? Answer.Error(400, 6, "The assigned and excluded smartgroups should not be same.")
            : rules.Any(HasRepeatedKeys) ? Answer.Error(400, 6, "App config keys should not be repeated.")
            : rules.SelectMany(Configuration).Any(item => string.IsNullOrWhiteSpace(item.Text("key")))
                ? Answer.Error(400, 6, "Enter valid app config keys.")
            : rules.SelectMany(Configuration).Any(item => !FitsItsType(item))
                ? Answer.Error(400, 6, "Incorrect app config value provided for the given type.")
            : null;
    }

    private static IReadOnlyList<JsonElement> Configuration(JsonElement rule) =>
        rule.Items("application_configuration");

    /// <summary>A name in braces may stand for anything: it is filled in for each device.</summary>
    private static bool FitsItsType(JsonElement item) =>
        (item.Text("type")?.ToUpperInvariant(), item.Text("value") ?? "") switch
        {
            (_, ['{', .., '}']) => true,
            ("INTEGER", var value) => long.TryParse(value, CultureInfo.InvariantCulture, out _),
            ("BOOLEAN", var value) => bool.TryParse(value, out _) || item.Truth("value") is not null,
            _ => true,
        };

    private static bool HasRepeatedKeys(JsonElement rule) =>
        rule.Items("application_configuration").CountBy(item => item.Text("key") ?? "").Any(pair => pair.Value > 1);

    /// <summary>Which keys an app's configuration knows. What each app declares is its maker's business, so few here.</summary>
    private static Answer Template(ApiCall call)
    {
        if (call.RouteGuid("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (AppRoutes.FindByUuid(call) is null)
        {
            return Answer.Error(404, 7000, "Application not found");
        }

        return Answer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (
                var (key, type) in new[] { ("ServerUrl", "STRING"), ("DeviceId", "STRING"), ("Verbose", "BOOLEAN") }
            )
            {
                writer.WriteStartObject();
                writer.WriteString("key"u8, key);
                writer.WriteString("type"u8, type);
                writer.WriteStartArray("nested_configurations"u8);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
