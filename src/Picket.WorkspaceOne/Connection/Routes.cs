namespace Picket.WorkspaceOne.Connection;

/// <summary>
/// Every route that this client calls. Absent on purpose: <c>POST mdm/devices/bulk</c>, which deletes devices, and
/// <c>api-keys</c>, which returns every key in clear.
/// </summary>
public static partial class Routes
{
    /// <summary>Product and version; needs key and account like any other (trust W).</summary>
    public static readonly Route SystemInfo = Get("system/info");

    /// <summary>Organization groups, v2 (trust W).</summary>
    public static readonly Route GroupSearch = Get("system/groups/search", 2);

    /// <summary>One organization group by numeric id, v1 (trust W).</summary>
    public static readonly Route Group = Get("system/groups/{id}");

    /// <summary>A group and everything below, a bare list (trust W).</summary>
    public static readonly Route GroupChildren = Get("system/groups/{id}/children");

    /// <summary>Administrators, v2 (trust W).</summary>
    public static readonly Route AdminSearch = Get("system/admins/search", 2);

    /// <summary>Enrolment users, v1 (trust S).</summary>
    public static readonly Route UserSearch = Get("system/users/search");

    /// <summary>User groups (trust S).</summary>
    public static readonly Route UserGroupSearch = Get("system/usergroups/search");

    /// <summary>Members of a user group by its numeric id (trust S; deprecated, its successor needs a uuid that the search lacks).</summary>
    public static readonly Route UserGroupMembers = Get("system/usergroups/{usergroupid}/users");

    /// <summary>Makes an enrolment user (trust S). Twice would make two, or fail.</summary>
    public static readonly Route AddUser = new(HttpMethod.Post, "system/users/adduser", 1, Repeatable: false);

    /// <summary>Changes an enrolment user (trust S): a state, so repeating it is taken for harmless (trust I).</summary>
    public static readonly Route UpdateUser = new(HttpMethod.Post, "system/users/{id}/update", 1);

    /// <summary>Announces a device of a user (trust S). Twice would announce two, or fail.</summary>
    public static readonly Route RegisterDevice = new(
        HttpMethod.Post,
        "system/users/{id}/registerdevice",
        1,
        Repeatable: false
    );

    /// <summary>Announced devices, unpaged (trust S).</summary>
    public static readonly Route RegisteredDevices = Get("system/users/registereddevices/search");

    /// <summary>User groups that are made by hand (trust S).</summary>
    public static readonly Route CustomUserGroupSearch = Get("system/usergroups/custom/search");

    /// <summary>Makes a user group (trust S). Twice would make two, or fail.</summary>
    public static readonly Route AddUserGroup = new(
        HttpMethod.Post,
        "system/usergroups/createcustomusergroup",
        1,
        Repeatable: false
    );

    /// <summary>Puts a user into a custom group (trust S): a state, so repeating it is taken for harmless (trust I).</summary>
    public static readonly Route AddUserToGroup = new(
        HttpMethod.Post,
        "system/usergroups/{usergroupid}/user/{enrollmentuserid}/addusertogroup",
        1
    );

    /// <summary>Takes a user out of a custom group (trust S): a state, so repeating it is taken for harmless (trust I).</summary>
    public static readonly Route RemoveUserFromGroup = new(
        HttpMethod.Post,
        "system/usergroups/{usergroupid}/user/{enrollmentuserid}/removeuserfromgroup",
        1
    );

    /// <summary>Names that an app's configuration may hold in braces (trust S).</summary>
    public static readonly Route LookupKeys = Get("system/lookup-value/keys/{organizationGroupUuid}");

    /// <summary>Smart groups (trust W).</summary>
    public static readonly Route SmartGroupSearch = Get("mdm/smartgroups/search");

    /// <summary>One smart group (trust W).</summary>
    public static readonly Route SmartGroup = Get("mdm/smartgroups/{id}");

    /// <summary>Makes a smart group (trust W). Twice would fail: the name is taken.</summary>
    public static readonly Route AddSmartGroup = new(HttpMethod.Post, "mdm/smartgroups", 1, Repeatable: false);

    /// <summary>Replaces a smart group as a whole (trust W). Not repeated: somebody may have changed it meanwhile.</summary>
    public static readonly Route ReplaceSmartGroup = new(HttpMethod.Put, "mdm/smartgroups/{id}", 1, Repeatable: false);

    /// <summary>Deletes a smart group that nothing uses (trust W).</summary>
    public static readonly Route DeleteSmartGroup = new(HttpMethod.Delete, "mdm/smartgroups/{id}", 1);

    /// <summary>Compliance policies (trust S).</summary>
    public static readonly Route CompliancePolicySearch = Get("mdm/compliancepolicy/search");

    /// <summary>Devices of a smart group, unpaged (trust S).</summary>
    public static readonly Route SmartGroupDevices = Get("mdm/smartgroups/{smartgroupid}/devices");

    /// <summary>Devices, v2 (trust W).</summary>
    public static readonly Route DeviceSearch = Get("mdm/devices/search", 2);

    /// <summary>One device by numeric id, v1 (trust S).</summary>
    public static readonly Route Device = Get("mdm/devices/{id}");

    /// <summary>Apps of a device (trust S).</summary>
    public static readonly Route DeviceApps = Get("mdm/devices/{deviceUuid}/apps/search");

    /// <summary>Security details of a device (trust S).</summary>
    public static readonly Route DeviceSecurity = Get("mdm/devices/{id}/security");

    /// <summary>Compliance of a device (trust S).</summary>
    public static readonly Route DeviceCompliance = Get("mdm/devices/{deviceId}/compliance");

    /// <summary>Tags of a device (trust S).</summary>
    public static readonly Route DeviceTags = Get("mdm/devices/{uuid}/tags");

    /// <summary>Largest bulk calls (trust S).</summary>
    public static readonly Route BulkSettings = Get("mdm/devices/bulksettings");

    /// <summary>Tags of an organization group, v1 (trust S, C).</summary>
    public static readonly Route TagSearch = Get("mdm/tags/search");

    /// <summary>Devices that carry a tag, unpaged (trust S).</summary>
    public static readonly Route TagDevices = Get("mdm/tags/{tagId}/devices");

    /// <summary>Makes a tag. Twice would make two, or fail.</summary>
    public static readonly Route AddTag = new(HttpMethod.Post, "mdm/tags/addtag", 1, Repeatable: false);

    /// <summary>Changes a tag's name (trust S): a state, so repeating it is harmless.</summary>
    public static readonly Route UpdateTag = new(HttpMethod.Post, "mdm/tags/{tagId}/update", 1);

    /// <summary>Sets a tag on devices: a state, so repeating it is harmless.</summary>
    public static readonly Route AddTagDevices = new(HttpMethod.Post, "mdm/tags/{tagid}/adddevices", 1);

    /// <summary>Takes a tag off devices: a state, so repeating it is harmless.</summary>
    public static readonly Route RemoveTagDevices = new(HttpMethod.Post, "mdm/tags/{tagid}/removedevices", 1);

    /// <summary>Pushes a message to a device (trust S). Twice would be two messages.</summary>
    public static readonly Route PushMessage = new(
        HttpMethod.Post,
        "mdm/devices/{id}/messages/push",
        1,
        Repeatable: false
    );

    /// <summary>Sends a mail about a device (trust S). Twice would be two mails.</summary>
    public static readonly Route MailMessage = new(
        HttpMethod.Post,
        "mdm/devices/{id}/messages/email",
        1,
        Repeatable: false
    );

    /// <summary>
    /// A command to one device by its numeric id, named in the query (trust W); 202 without a body. Twice would be two
    /// commands. Only the commands of <see cref="Operations.CommandOperations"/> are ever asked for by it.
    /// </summary>
    public static readonly Route DeviceCommand = new(
        HttpMethod.Post,
        "mdm/devices/{id}/commands",
        1,
        Repeatable: false
    );

    /// <summary>Whether wipes below a group are held back (trust S).</summary>
    public static readonly Route WipeLock = Get("system/groups/{organizationGroupUuid}/device-wipe-lock");

    /// <summary>Wipes below a group, and what became of them (trust S).</summary>
    public static readonly Route Wipes = Get("system/groups/{organizationGroupUuid}/device-wipes");

    // Filled when it is asked for: by then the fields of both files are there.
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Route> All =>
        field ??= [
            SystemInfo,
            GroupSearch,
            Group,
            GroupChildren,
            AdminSearch,
            UserSearch,
            UserGroupSearch,
            UserGroupMembers,
            AddUser,
            UpdateUser,
            RegisterDevice,
            RegisteredDevices,
            CustomUserGroupSearch,
            AddUserGroup,
            AddUserToGroup,
            RemoveUserFromGroup,
            LookupKeys,
            SmartGroupSearch,
            SmartGroup,
            AddSmartGroup,
            ReplaceSmartGroup,
            DeleteSmartGroup,
            CompliancePolicySearch,
            SmartGroupDevices,
            DeviceSearch,
            Device,
            DeviceApps,
            DeviceSecurity,
            DeviceCompliance,
            DeviceTags,
            BulkSettings,
            TagSearch,
            TagDevices,
            AddTag,
            UpdateTag,
            AddTagDevices,
            RemoveTagDevices,
            PushMessage,
            MailMessage,
            DeviceCommand,
            WipeLock,
            Wipes,
            .. OfApps,
        ];

    private static Route Get(string template, int version = 1) => new(HttpMethod.Get, template, version);
}
