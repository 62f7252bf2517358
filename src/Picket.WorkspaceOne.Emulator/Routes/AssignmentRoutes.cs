using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.SmartGroups;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Who gets an app, one smart group at a time: the forms before <see cref="AssignmentRuleRoutes"/>.</summary>
internal static class AssignmentRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Post("mam/apps/internal/{id}/assignments", (1, Assign));
        routes.Put("mam/apps/internal/{id}/assignments", (1, Change));
        routes.Delete("mam/apps/internal/{id}/assignments", (1, Unassign));
        foreach (var (kind, family) in new[] { (AppKind.Public, "public"), (AppKind.Internal, "internal") })
        {
            routes.Post($"mam/apps/{family}/{{id}}/smartgroups/{{group}}", (1, call => AssignOne(call, kind)));
            routes.Delete($"mam/apps/{family}/{{id}}/smartgroups/{{group}}", (1, call => UnassignOne(call, kind)));
        }
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
