using static Picket.Core.Preparation.PicketFeature;
using static Picket.Core.Preparation.RightAccess;
using static Picket.Core.Preparation.RightTrust;

namespace Picket.Core.Preparation;

/// <summary>
/// The catalogue's rows. The seed's table named them without their cells; "Read for all of Accounts" is its own hint, the
/// rest is inferred. Several rows share a probe: one refusal cannot tell them apart, and the doctor then names them all.
/// </summary>
internal static class RightsRows
{
    private const string Rest = "API > REST > ";
    private const string UserAccounts = "Accounts > Users > Accounts > ";

    internal static readonly IReadOnlyList<RightRow> All =
    [
        // Accounts
        Row("admin-groups", "Accounts > Administrators > Admin Groups", Read, Inventory, Inferred, null),
        Row(
            "add-device",
            UserAccounts + "Add Device",
            Read,
            Registration,
            Inferred,
            null,
            "system/users/registereddevices/search"
        ),
        Row(
            "add-device-edit",
            UserAccounts + "Add Device",
            Edit,
            Registration,
            Inferred,
            null,
            "system/users/{id}/registerdevice"
        ),
        Row("batch-import", UserAccounts + "Batch Import", Read, Unused, Inferred, null),
        Row("batch-import-edit", UserAccounts + "Batch Import", Edit, Unused, Inferred, null),
        Row(
            "user-detail",
            UserAccounts + "User Detail",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.Users,
            "system/users/search"
        ),
        Row(
            "user-groups",
            "Accounts > Users > User Groups",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.UserGroups,
            "system/usergroups/search"
        ),
        Row("settings-system", "Settings > System", Read, Inventory, Inferred, null),
        // API > REST, reading
        Row("rest-admins", Rest + "Admins", Read, Inventory, Inferred, DoctorProbes.Self, "system/admins/search"),
        Row(
            "rest-apps",
            Rest + "Apps",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.Apps,
            "mam/apps/search",
            "mdm/devices/{id}/apps"
        ),
        Row(
            "rest-devices",
            Rest + "Devices",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.Devices,
            "mdm/devices/search",
            "mdm/devices/{id}/security"
        ),
        Row(
            "rest-groups",
            Rest + "Groups",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.Group,
            "system/groups/{uuid}",
            "system/groups/{id}/children"
        ),
        Row(
            "rest-smart-groups",
            Rest + "Smart Groups",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.SmartGroups,
            "mdm/smartgroups/search",
            "mdm/smartgroups/{id}/devices"
        ),
        Row("rest-users", Rest + "Users", Read, Inventory, Inferred, DoctorProbes.Users, "system/users/search"),
        Row(
            "rest-user-groups",
            Rest + "User Groups",
            Read,
            Inventory,
            Inferred,
            DoctorProbes.UserGroups,
            "system/usergroups/search",
            "system/usergroups/{id}/users"
        ),
        // API > REST, writing
        Row("rest-admins-edit", Rest + "Admins", Edit, Unused, Inferred, null),
        Row("rest-apps-edit", Rest + "Apps", Edit, AppDeployment, Inferred, null, "mam/apps/{uuid}/assignment-rules"),
        Row(
            "rest-devices-edit",
            Rest + "Devices",
            Edit,
            EnterpriseWipe,
            Inferred,
            null,
            "mdm/devices/{id}/commands",
            "mdm/devices/{id}/messages/push",
            "mdm/devices/{id}/messages/email"
        ),
        Row("rest-groups-edit", Rest + "Groups", Edit, Unused, Inferred, null),
        Row("rest-smart-groups-edit", Rest + "Smart Groups", Edit, AppDeployment, Inferred, null, "mdm/smartgroups"),
        Row("rest-users-edit", Rest + "Users", Edit, Registration, Inferred, null, "system/users/adduser"),
        Row(
            "rest-user-groups-edit",
            Rest + "User Groups",
            Edit,
            Registration,
            Inferred,
            null,
            "system/usergroups/createcustomusergroup",
            "system/usergroups/{id}/user/{user}/addusertogroup"
        ),
        // Apps & Books
        Row("application-publish", "Apps & Books > Application Publish", Read, AppDeployment, Inferred, null),
        Row(
            "application-publish-edit",
            "Apps & Books > Application Publish",
            Edit,
            AppDeployment,
            Inferred,
            null,
            "mam/apps/{uuid}/assignment-rules"
        ),
        Row(
            "public-apps",
            "Apps & Books > Public Apps",
            Read,
            AppDeployment,
            Inferred,
            DoctorProbes.PublicApps,
            "mam/apps/search"
        ),
        Row("public-apps-edit", "Apps & Books > Public Apps", Edit, AppDeployment, Inferred, null, "mam/apps/public"),
        Row(
            "purchased-apps",
            "Apps & Books > Purchased Applications",
            Read,
            AppDeployment,
            Inferred,
            DoctorProbes.PurchasedApps,
            "mam/apps/purchased/search"
        ),
        Row(
            "purchased-apps-edit",
            "Apps & Books > Purchased Applications",
            Edit,
            AppDeployment,
            Inferred,
            null,
            "mam/apps/purchased/{id}/assignment"
        ),
        // Device Management
        Row(
            "enterprise-wipe",
            "Device Management > Device Details > Enterprise Wipe",
            Edit,
            EnterpriseWipe,
            Inferred,
            null,
            "mdm/devices/{id}/commands"
        ),
        // Not in the seed's role: tagging stays off until these are granted. Two other vendors publish them.
        Row(
            "tags",
            "Settings > Tags",
            Read,
            Tagging,
            Documented,
            DoctorProbes.Tags,
            "mdm/tags/search",
            "mdm/tags/{id}/devices"
        ),
        Row("tags-edit", "Settings > Tags", Edit, Tagging, Documented, null, "mdm/tags/addtag", "mdm/tags/{id}/update"),
        Row(
            "bulk-management",
            "Device Management > Bulk Management",
            Edit,
            Tagging,
            Documented,
            null,
            "mdm/tags/{id}/adddevices",
            "mdm/tags/{id}/removedevices"
        ) with
        {
            UsedWith = ["tags-edit"],
        },
    ];

    private static RightRow Row(
        string id,
        string path,
        RightAccess access,
        PicketFeature feature,
        RightTrust trust,
        DoctorProbe? probe,
        params string[] routes
    ) => new(id, path, access, feature, routes, trust, probe);
}
