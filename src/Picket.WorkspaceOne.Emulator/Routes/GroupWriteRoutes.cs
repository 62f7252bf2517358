using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Organization groups made, changed and deleted: by number in v1, by uuid from v2 on.</summary>
internal static class GroupWriteRoutes
{
    private const int LongestName = 50;

    public static void Add(RouteTable routes)
    {
        routes.Post("system/groups/{id}", (1, CreateV1), (2, CreateV2), (3, CreateV3));
        routes.Put(
            "system/groups/{id}",
            (1, call => Update(call, ById(call))),
            (2, call => Update(call, ByUuid(call)))
        );
        routes.Delete(
            "system/groups/{id}",
            (1, call => Delete(call, ById(call))),
            (2, call => Delete(call, ByUuid(call)))
        );
    }

    private static Answer CreateV1(ApiCall call) =>
        Create(
            call,
            group =>
                Answer.Object(writer =>
                {
                    writer.WriteNumber("Value"u8, group.Id);
                    writer.WriteString("uuid"u8, group.Uuid);
                })
        );

    private static Answer CreateV2(ApiCall call) =>
        Create(
            call,
            group =>
                Answer.Object(writer =>
                {
                    WriteIds(writer, group);
                    if (call.Body.Truth("EnableRestApiAccess") is true)
                    {
                        WriteAccess(writer, EnableApi(call, group));
                    }
                })
        );

    /// <summary>Not in the specification; the vendor's own client asks for it and gets 201.</summary>
    private static Answer CreateV3(ApiCall call) =>
        Create(call, group => Answer.Object(writer => WriteIds(writer, group), StatusCodes.Status201Created));

    private static Answer Create(ApiCall call, Func<OrganizationGroup, Answer> answer)
    {
        if (call.RouteInt("id") is not { } parentId)
        {
            return Answer.NotFoundPage;
        }

        if (call.VisibleGroup(parentId) is not { } parent)
        {
            return Refusals.ResourceGroupOutOfScope(parentId);
        }

        var type = call.BodyText("LocationGroupType") ?? "Container";
        if (type is "Customer" or "Partner")
        {
            return Answer.Error(
                403,
                5093,
                $"Admin Is Not Authorized - Admin does not have permission to create {type} type Organization Group."
            );
        }

        return NameProblem(call.BodyText("Name") ?? "") is { } problem
            ? Answer.Error(400, 6, problem)
            : answer(Make(call, parent, type));
    }

    private static OrganizationGroup Make(ApiCall call, OrganizationGroup parent, string type) =>
        call.Tenant.Fleet.ChangeTree(tree =>
        {
            var made = tree.Create(parent, call.BodyText("Name")!, call.BodyText("GroupId") ?? "", type) with
            {
                CreatedAt = call.Uem.Time.GetUtcNow().UtcDateTime,
                Country = call.BodyText("Country") ?? parent.Country,
            };
            tree.Replace(made);
            return made;
        });

    private static Answer Update(ApiCall call, OrganizationGroup? group)
    {
        if (group is null)
        {
            return Missing(call);
        }

        var name = call.BodyText("Name") ?? group.Name;
        var type = call.BodyText("LocationGroupType") ?? group.Type;
        if (type != group.Type && type is "Customer" or "Partner" && group.Type is not ("Customer" or "Partner"))
        {
            return Answer.Error(400, 6, "Organization Group type update to Partner and Customer is not allowed.");
        }

        if (NameProblem(name) is { } problem)
        {
            return Answer.Error(400, 6, problem);
        }

        var changed = group with
        {
            Name = name,
            Type = type,
            GroupId = call.BodyText("GroupId") ?? group.GroupId,
            Country = call.BodyText("Country") ?? group.Country,
        };
        call.Tenant.Fleet.ChangeTree(tree =>
        {
            tree.Replace(changed);
            return changed;
        });
        return Answer.Nothing;
    }

    private static Answer Delete(ApiCall call, OrganizationGroup? group)
    {
        if (group is null)
        {
            return Missing(call);
        }

        if (group.ParentIndex is null || group.Index == call.Scope.Index)
        {
            return Answer.Error(403, 11, "Organization group cannot be deleted by current user");
        }

        if (call.Tenant.People.Within(group.Index).Length is > 0 and var users)
        {
            return Answer.Error(
                422,
                200035,
                $"Organization group cannot be deleted as it has existing {users} enrollment users."
            );
        }

        call.Tenant.Fleet.RemoveGroup(group);
        return Answer.Empty();
    }

    /// <summary>A group that is gone and one that was never there look alike: seen after a second delete.</summary>
    private static Answer Missing(ApiCall call) =>
        call.RouteInt("id") is null && call.RouteGuid("id") is null
            ? Answer.NotFoundPage
            : Refusals.ResourceGroupOutOfScope(call.Route("id"));

    private static OrganizationGroup? ById(ApiCall call) =>
        call.RouteInt("id") is { } id ? call.VisibleGroup(id) : null;

    private static OrganizationGroup? ByUuid(ApiCall call) =>
        call.RouteGuid("id") is { } uuid ? call.VisibleGroup(uuid) : null;

    private static string? NameProblem(string name) =>
        name.Length == 0 ? "Organization group name cannot be empty."
        : name.Length > LongestName ? "Invalid group name length"
        : name.AsSpan().ContainsAny("<>\"") ? "OrganizationGroup name has one or more restricted characters"
        : null;

    private static void WriteIds(Utf8JsonWriter writer, OrganizationGroup group)
    {
        writer.WriteNumber("Id"u8, group.Id);
        writer.WriteString("Uuid"u8, group.Uuid);
    }

    /// <summary>Enabling makes the two keys of the group.</summary>
    private static RestApiGeneral EnableApi(ApiCall call, OrganizationGroup group)
    {
        call.Uem.Access.RestApi.SetGeneral(group.Index, had => had with { Override = true, Enabled = true });
        return call.Uem.Access.RestApi.OwnGeneral(group.Index);
    }

    private static void WriteAccess(Utf8JsonWriter writer, RestApiGeneral setting)
    {
        writer.WriteStartObject("RestApiAccess"u8);
        writer.WriteString("Status"u8, "Enabled");
        foreach (var key in setting.Keys)
        {
            var member = key.Kind == ApiKeyKind.Admin ? "DefaultAdminApiKey" : "EnrollmentUserApiKey";
            writer.WriteString(member, key.Value);
        }

        writer.WriteEndObject();
    }
}
