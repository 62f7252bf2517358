using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Who gets an app: the rules of version 2, which a PUT replaces as a whole, and the forms before them.</summary>
internal static class AssignmentRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Get("mam/apps/{id}/assignment-rules", (2, Read));
        routes.Put("mam/apps/{id}/assignment-rules", (2, Replace));
        routes.Get("mam/apps/{id}/assignment-rule", (1, Read));
        routes.Put("mam/apps/{id}/assignment-rule", (1, Replace));
        routes.Get("mam/apps/{id}/app-config-template", (1, Template), (2, Template));
        routes.Post("mam/apps/internal/{id}/assignments", (1, Assign));
        routes.Put("mam/apps/internal/{id}/assignments", (1, Change));
        routes.Delete("mam/apps/internal/{id}/assignments", (1, Unassign));
        foreach (var (kind, family) in new[] { (AppKind.Public, "public"), (AppKind.Internal, "internal") })
        {
            routes.Post($"mam/apps/{family}/{{id}}/smartgroups/{{group}}", (1, call => AssignOne(call, kind)));
            routes.Delete($"mam/apps/{family}/{{id}}/smartgroups/{{group}}", (1, call => UnassignOne(call, kind)));
        }
    }

    private static Answer Read(ApiCall call) =>
        call.RouteGuid("id") is null ? Answer.NotFoundPage
        : AppRoutes.FindByUuid(call) is not { } app
            ? Answer.Error(404, 7000, "Application not found or user does not have access to it.")
        : Answer.Object(writer =>
        {
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
                    HasFlexibleRules = rules.Count > 0,
                }
        );
        return Answer.Empty(StatusCodes.Status202Accepted);
    }

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
            : null;
    }

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

    /// <summary>
    /// Leaving DeploymentParameters out crashes the real server after the assignment is made, so that a retry hears that
    /// it is assigned already.
    /// </summary>
    private static Answer Assign(ApiCall call) =>
        OnInternal(
            call,
            (app, groups) =>
            {
                if (groups.FirstOrDefault(group => IsAssigned(app, group)) is { } taken)
                {
                    return AlreadyAssigned(app, taken);
                }

                Add(call, app, groups, call.Body.Member("DeploymentParameters"));
                return call.Body.Member("DeploymentParameters") is null
                    ? Refusals.Crash
                    : Answer.Empty(StatusCodes.Status201Created);
            }
        );

    private static Answer Change(ApiCall call) =>
        OnInternal(
            call,
            (app, groups) =>
            {
                Remove(call, app, groups.Where(group => IsAssigned(app, group)));
                Add(call, app, groups, call.Body.Member("DeploymentParameters"));
                return Answer.Nothing;
            }
        );

    private static Answer Unassign(ApiCall call) =>
        OnInternal(
            call,
            (app, groups) =>
            {
                Remove(call, app, groups);
                return Answer.Nothing;
            }
        );

    private static Answer OnInternal(ApiCall call, Func<CatalogApp, List<SmartGroup>, Answer> act)
    {
        if (call.RouteInt("id") is null)
        {
            return Answer.NotFoundPage;
        }

        if (AppRoutes.Find(call, AppKind.Internal) is not { } app)
        {
            return AppRoutes.Missing;
        }

        var ids = call
            .Body.Items("SmartGroupIds")
            .Select(id => int.TryParse(id.ToString(), out var number) ? number : 0);
        var groups = ids.Select(id => SmartGroupRoutes.Find(call, id)).ToList();
        return groups.Count == 0
                ? Answer.Error(
                    422,
                    7002,
                    "No smart groups have been assigned to the app. Please add at least one smart group."
                )
            : groups.Contains(null) ? SmartGroupRoutes.NotFound(string.Join(',', ids), 400)
            : act(app, [.. groups.OfType<SmartGroup>()]);
    }

    private static Answer AssignOne(ApiCall call, AppKind kind) =>
        OnPair(
            call,
            kind,
            (app, group) =>
            {
                if (IsAssigned(app, group))
                {
                    return AlreadyAssigned(app, group);
                }

                Add(call, app, [group], null);
                return Answer.Empty(StatusCodes.Status201Created);
            },
            Answer.Error(
                403,
                7402,
                $"Public Application with Id : {call.Route("id")} does not exist or cannot be assigned to the listed smartgroups."
            ),
            Answer.Error(
                403,
                7401,
                $"SmartGroup with Id {call.Route("group")} not found or user does not have access to it."
            )
        );

    private static Answer UnassignOne(ApiCall call, AppKind kind) =>
        OnPair(
            call,
            kind,
            (app, group) =>
            {
                if (!IsAssigned(app, group))
                {
                    return Answer.Error(
                        400,
                        400,
                        $"SmartGroup with Id : {group.Id} is not assigned to the Application id : {app.Id}"
                    );
                }

                Remove(call, app, [group]);
                return Answer.Nothing;
            },
            AppRoutes.NotFound,
            SmartGroupRoutes.NotFound(call.Route("group"), 400)
        );

    private static Answer OnPair(
        ApiCall call,
        AppKind kind,
        Func<CatalogApp, SmartGroup, Answer> act,
        Answer noApp,
        Answer noGroup
    ) =>
        call.RouteInt("id") is null || call.RouteInt("group") is not { } number ? Answer.NotFoundPage
        : AppRoutes.Find(call, kind) is not { } app ? noApp
        : SmartGroupRoutes.Find(call, number) is not { } group ? noGroup
        : act(app, group);

    private static Answer AlreadyAssigned(CatalogApp app, SmartGroup group) =>
        Answer.Error(400, 400, $"SmartGroup with Id : {group.Id} is already assigned to the Application id : {app.Id}");

    private static bool IsAssigned(CatalogApp app, SmartGroup group) =>
        app.Rules.Any(rule => AppRule.SmartGroups(rule).Contains(group.Uuid));

    private static void Add(ApiCall call, CatalogApp app, IEnumerable<SmartGroup> groups, JsonElement? deployment) =>
        call.Uem.Apps.Change(
            app,
            had =>
                had with
                {
                    Rules =
                    [
                        .. had.Rules,
                        .. groups.Select(
                            (group, at) =>
                                AppRule.FromDeployment(
                                    group.Uuid,
                                    had.Rules.Length + at,
                                    deployment,
                                    call.Uem.Time.GetUtcNow().UtcDateTime
                                )
                        ),
                    ],
                }
        );

    private static void Remove(ApiCall call, CatalogApp app, IEnumerable<SmartGroup> groups)
    {
        var gone = groups.Select(group => group.Uuid).ToHashSet();
        call.Uem.Apps.Change(
            app,
            had => had with { Rules = [.. had.Rules.Where(rule => !AppRule.SmartGroups(rule).Any(gone.Contains))] }
        );
    }
}
