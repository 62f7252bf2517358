using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Fleet;
using Picket.WorkspaceOne.Emulator.Profiles;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Configuration profiles, read and deleted, and the one answer of scripts that is known.</summary>
internal static class ProfileRoutes
{
    private const int LargestPageV3 = 50;

    /// <summary>The enums of a device's profile as numbers: installed and confirmed, assigned by itself.</summary>
    private const int ConfirmedInstall = 3;
    private const int Auto = 1;

    public static void Add(RouteTable routes)
    {
        routes.Get("mdm/profiles/search", (1, SearchV1), (2, SearchV2));
        routes.Post("mdm/profiles/search", (3, SearchV3));
        routes.Get("mdm/profiles/{id}", (2, ById));
        routes.Delete("mdm/profiles/{id}", (1, Delete));
        // Nothing of scripts is emulated but how a missing one answers: as a crash.
        routes.Get("mdm/scripts/{id}", (1, _ => Refusals.Crash));
    }

    public static Answer OfDevice(ApiCall call, Device device)
    {
        var own = device.IsEnrolled ? Of(call, device.Platform).ToList() : [];
        var page = Paging.Of(call, own);
        return own.Count == 0
            ? Answer.Nothing
            : Answer.Object(writer =>
            {
                writer.Reference("DeviceId"u8, device.Id, device.FriendlyName, device.Uuid);
                writer.Rows("DeviceProfiles"u8, page.Rows, (row, profile) => WriteOfDevice(row, call, profile));
                writer.WriteNumber("Page"u8, page.Number);
                writer.WriteNumber("PageSize"u8, page.Size);
                writer.WriteNumber("Total"u8, page.Total);
            });
    }

    private static void WriteOfDevice(Utf8JsonWriter writer, ApiCall call, Profile profile)
    {
        var root = call.Tenant.Tree.Customer;
        writer.IdValue("Id"u8, profile.Id);
        writer.WriteString("Name"u8, profile.Name);
        writer.WriteString("Description"u8, "");
        writer.WriteNumber("Status"u8, ConfirmedInstall);
        writer.WriteNumber("CurrentVersion"u8, profile.Version);
        writer.WriteNumber("InstalledProfileVersion"u8, profile.Version);
        writer.WriteNumber("AssignmentType"u8, Auto);
        writer.Reference("LocationGroupId"u8, root.Id, root.Name, root.Uuid);
        writer.WriteString("Uuid"u8, profile.Uuid);
    }

    private static Answer SearchV1(ApiCall call) =>
        call.GroupOrOwn("organizationgroupid") is not { } group
            ? Refusals.GroupOutOfScope(call.Query("organizationgroupid")!)
            : Paging
                .Of(call, Matching(call, group, call.Query("profilename")))
                .EnvelopeOrNothing(
                    "Profiles",
                    (writer, profile) =>
                    {
                        writer.IdValue("Id"u8, profile.Id);
                        writer.WriteString("ProfileName"u8, profile.Name);
                        writer.WriteString("Platform"u8, Platforms.Name(profile.Platform));
                        writer.WriteString("Status"u8, "Active");
                        writer.WriteString("ManagedBy"u8, call.Tenant.Tree.Customer.Name);
                        writer.WriteString("Uuid"u8, profile.Uuid);
                    }
                );

    private static Answer SearchV2(ApiCall call)
    {
        var group = call.QueryGuid("organizationgroupuuid") is { } uuid
            ? call.VisibleGroup(uuid)
            : call.GroupOrOwn("organizationgroupid");
        if (group is null)
        {
            return Refusals.GroupOutOfScope(call.Query("organizationgroupid") ?? "");
        }

        var page = Paging.Of(call, Matching(call, group, call.Query("searchtext")));
        return page.Rows.Count == 0
            ? Answer.Nothing
            : Answer.Object(writer =>
            {
                writer.Rows("ProfileList"u8, page.Rows, (row, profile) => WriteV2(row, call, profile));
                writer.WriteNumber("TotalResults"u8, page.Total);
            });
    }

    private static void WriteV2(Utf8JsonWriter writer, ApiCall call, Profile profile)
    {
        var root = call.Tenant.Tree.Customer;
        writer.WriteNumber("ProfileId"u8, profile.Id);
        writer.WriteString("ProfileUuid"u8, profile.Uuid);
        writer.WriteString("ProfileName"u8, profile.Name);
        writer.WriteString("ProfileStatus"u8, "Active");
        writer.WriteString("ProfileType"u8, "Device");
        writer.WriteString("Platform"u8, Platforms.Name(profile.Platform));
        writer.WriteString("AssignmentType"u8, "Auto");
        writer.WriteString("ManagedBy"u8, root.Name);
        writer.WriteNumber("OrganizationGroupId"u8, root.Id);
        writer.WriteString("OrganizationGroupUuid"u8, root.Uuid);
    }

    /// <summary>Pages begin with 1 and hold at most 50.</summary>
    private static Answer SearchV3(ApiCall call)
    {
        var number = call.Body.Int("page_number") ?? 1;
        var size = call.Body.Int("page_size") ?? LargestPageV3;
        if (size is < 1 or > LargestPageV3)
        {
            return Answer.Error(422, 1012, "Page size must be between 1 to 50.");
        }

        if (number < 1)
        {
            return Answer.Error(422, 1012, "Page number must be greater than 1.");
        }

        if (call.Body.Uuid("organization_group_uuid") is not { } uuid || call.VisibleGroup(uuid) is not { } group)
        {
            return Answer.Error(404, 5054, "No organization group found for the given organization group UUID.");
        }

        var found = Matching(call, group, call.BodyText("search_text"));
        return Answer.Object(writer =>
        {
            writer.Rows(
                "profiles"u8,
                found.Skip((number - 1) * size).Take(size),
                (row, profile) =>
                {
                    row.WriteString("uuid"u8, profile.Uuid);
                    row.WriteString("name"u8, profile.Name);
                    row.WriteString("platform"u8, Platforms.UpperName(profile.Platform));
                    row.WriteString("status"u8, "ACTIVE");
                    row.WriteString("assignment_type"u8, "AUTO");
                    row.WriteString("managed_by"u8, call.Tenant.Tree.Customer.Name);
                    row.WriteString("organization_group_uuid"u8, call.Tenant.Tree.Customer.Uuid);
                }
            );
            writer.WriteNumber("total_count"u8, found.Count);
        });
    }

    private static Answer ById(ApiCall call) =>
        call.RouteInt("id") is not { } id ? Answer.NotFoundPage
        : call.Uem.Profiles.ById(id) is not { } profile ? Answer.Error(400, 400, $"Invalid Profile {id}.")
        : Answer.Object(writer =>
        {
            writer.WriteStartObject("General"u8);
            writer.WriteNumber("ProfileId"u8, profile.Id);
            writer.WriteString("ProfileUuid"u8, profile.Uuid);
            writer.WriteString("Name"u8, profile.Name);
            writer.WriteNumber("Version"u8, profile.Version);
            writer.WriteBoolean("IsActive"u8, true);
            writer.WriteString("AssignmentType"u8, "Auto");
            writer.WriteNumber("ManagedLocationGroupID"u8, call.Tenant.Tree.Customer.Id);
            writer.WriteEndObject();
        });

    private static Answer Delete(ApiCall call)
    {
        if (call.RouteInt("id") is not { } id)
        {
            return Answer.NotFoundPage;
        }

        if (call.Uem.Profiles.ById(id) is not { } profile)
        {
            return Answer.Error(400, 400, "Profile not found or User does not have access to the Profile.");
        }

        call.Uem.Profiles.Delete(profile);
        return Answer.Empty();
    }

    /// <summary>All profiles belong to the topmost group, so a search of any other finds none.</summary>
    private static List<Profile> Matching(ApiCall call, OrganizationGroup group, string? name) =>
        group.ParentIndex is not null
            ? []
            :
            [
                .. call
                    .Uem.Profiles.All.Where(profile =>
                        name is null || profile.Name.Contains(name, StringComparison.OrdinalIgnoreCase)
                    )
                    .Where(profile =>
                        call.Query("platform") is not { } wanted || Platforms.Is(wanted, profile.Platform)
                    ),
            ];

    private static IEnumerable<Profile> Of(ApiCall call, DevicePlatform platform) =>
        call.Uem.Profiles.All.Where(profile => Platforms.Id(profile.Platform) == Platforms.Id(platform));
}
